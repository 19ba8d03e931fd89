"""Look-alikes for who reads every request; findings for who sees both; the what-if bench and its notes."""

from decimal import Decimal

from django.utils import timezone

from funding.models import LinkFinding, LookalikeQuestion, LookalikeRule
from funding.rules.tiers import TierLine
from funding.rules.whatif import Assumption
from funding.services import save_whatif_note
from tests.access.rows_funding import OFFICE, OWN, each
from tests.access.table import Row, api, page, post
from tests.funding.scene import START, make_scene

READERS = each(OFFICE, 200)
ASSUMED = {
    "department_upper": "600000.00",
    "department_included": "no",
    "working_group_upper": "20000000.00",
    "working_group_included": "yes",
    "linking_months": "12",
}
SENT = {"department_upper": "600000.00", "working_group_upper": "20000000.00"}


def prepare(world):
    """A question about two requests of department A, a cut that waits for a second person, and a note."""
    scene = world.things.get("scene") or make_scene(world)
    one, two = (scene.submitted(amount, title_en="Chatbot") for amount in ("320000.00", "330000.00"))
    rule = LookalikeRule.objects.create(
        starts_on=START, source="First values", status="withdrawn", withdrawn_reason="Not now."
    )
    now, team = timezone.now(), world["team"].person
    world.things |= {
        "alike": (one, two),
        "question": LookalikeQuestion.objects.create(
            first=one,
            second=two,
            rule=rule,
            score=80,
            working=[{"what": "wording", "found": "80/0", "points": 40, "most": 50}],
            line="500000.00",
            together_amount="650000.00",
            together_tier="working_group",
            asked_at=now,
            due_on=now.date(),
        ),
        "finding": LinkFinding.objects.create(
            kind="cuts", status="proposed", first=one, second=two, reason="Apart.", found_by=team, found_at=now
        ),
        "note": save_whatif_note(actor=world["team"], assumed=assumption(), title="Higher line"),
    }


def assumption():
    lines = (TierLine("department", Decimal(600_000)), TierLine("working_group", Decimal(20_000_000)))
    return Assumption((*lines, TierLine("legco", None)), 12)


def question(world):
    return {"pk": world.things["question"].pk}


def numbered(name):
    return lambda world: {"number": world.things[name].pk}


def finding(world):
    return {"pk": world.things["finding"].pk}


def first(world):
    return {"reference": world.things["alike"][0].reference}


def cut(world):
    one, two = world.things["alike"]
    return {"first": one.reference, "second": two.reference, "reason": "Two tenders."}


ANSWER = {"linked": "no", "reason": "Two tenders."}
CONFIRM = {"agree": "yes", "reason": "Read."}
BOTH = {**each(OWN, 200), **READERS}

ROWS: list[Row] = [
    page("funding:lookalike-list"),
    page("funding:lookalike-detail", 404, at=question, **READERS),
    post("funding:lookalike-answer", 404, at=question, data=ANSWER, **{**each(OFFICE, 403), "secretary": 302}),
    page("funding:request-lookalikes", 404, at=first, **BOTH),
    page("funding:finding-new", 403, secretary=200),
    post("funding:finding-new", 403, data=cut, secretary=409),
    page("funding:finding-detail", 404, at=finding, **BOTH),
    post("funding:finding-confirm", 404, at=finding, data=CONFIRM, **each(OWN + OFFICE, 403)),
    page("policy:what-if", 403, query=ASSUMED, **READERS),
    post("policy:what-if-save", 403, data={**ASSUMED, "title": "Higher line"}, **each(OFFICE, 302)),
    page("policy:what-if-note", 404, at=numbered("note"), **READERS),
    api("GET", "/api/v1/lookalikes/"),
    api("GET", "/api/v1/lookalikes/{number}/", 404, at=numbered("question"), **READERS),
    api(
        "POST",
        "/api/v1/lookalikes/{number}/answer/",
        404,
        at=numbered("question"),
        data={"linked": False, "reason": "Two tenders."},
        **{**each(OFFICE, 403), "secretary": 200},
    ),
    api("GET", "/api/v1/link-findings/"),
    api("POST", "/api/v1/link-findings/", 404, data=cut, **{**each(OWN + OFFICE, 403), "secretary": 409}),
    api("GET", "/api/v1/link-findings/{number}/", 404, at=numbered("finding"), **BOTH),
    api(
        "POST",
        "/api/v1/link-findings/{number}/confirm/",
        404,
        at=numbered("finding"),
        data={"agree": True, "reason": "Read."},
        **each(OWN + OFFICE, 403),
    ),
    api("POST", "/api/v1/what-if-notes/run/", 403, data=SENT, **READERS),
    api("GET", "/api/v1/what-if-notes/"),
    api("POST", "/api/v1/what-if-notes/", 403, data={**SENT, "title": "Higher line"}, **each(OFFICE, 201)),
    api("GET", "/api/v1/what-if-notes/{number}/", 404, at=numbered("note"), **READERS),
]
