"""Reviews: read by who reads the paper whole, answered by reviewers alone."""

from django.utils import timezone

from funding.models import Review, ReviewRule
from tests.access.rows_funding import OFFICE, OWN, each
from tests.access.table import Row, api, page, post
from tests.funding.scene import START, make_scene

BOTH = {**each(OWN, 200), **each(OFFICE, 200)}
REFUSED = each(OWN + OFFICE, 403)


def prepare(world):
    scene = world.things.get("scene") or make_scene(world)
    request = scene.submitted("310000.00", title_en="Reviewed")
    rule = ReviewRule.objects.create(
        starts_on=START, source="First values", status="withdrawn", withdrawn_reason="Not now.", steps=[]
    )
    world.things["review"] = Review.objects.create(
        request=request,
        version_number=1,
        rule=rule,
        step=1,
        passes="all",
        kind="privacy",
        why=[],
        asked_at=timezone.now(),
    )


def at(world):
    return {"pk": world.things["review"].pk}


def numbered(world):
    return {"number": world.things["review"].pk}


def reviewed(world):
    return {"reference": world.things["review"].request.reference}


SENT = {"verdict": "cleared", "reason": "", "expected_revision": 0}

ROWS: list[Row] = [
    page("funding:review-list"),
    page("funding:review-detail", 404, at=at, **BOTH),
    post("funding:review-answer", 404, at=at, data=SENT, **REFUSED),
    page("funding:request-reviews", 404, at=reviewed, **BOTH),
    api("GET", "/api/v1/reviews/"),
    api("GET", "/api/v1/reviews/{number}/", 404, at=numbered, **BOTH),
    api("POST", "/api/v1/reviews/{number}/answer/", 404, at=numbered, data=SENT, **REFUSED),
]
