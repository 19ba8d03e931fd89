"""Requests, rounds, decisions and envelopes: an own draft, and a round open to the body of `member` and `chair`."""

from funding.models import FundingRequest, Round
from tests.access.table import Row, api, page, post
from tests.funding.scene import make_scene

TYPED = {
    "project": "AA-2026-001",
    "title_en": "Reading visa papers",
    "lines-TOTAL_FORMS": "1",
    "lines-INITIAL_FORMS": "0",
    "lines-0-category": "services",
    "lines-0-financial_year": "2026",
    "lines-0-amount": "1,200,000.00",
}
SENT = {
    "project": "AA-2026-001",
    "title_en": "Reading visa papers",
    "lines": [{"category": "services", "financial_year": 2026, "amount": "1200000.00"}],
}
OWN = ("applicant", "head", "colleague")
OFFICE = ("secretary", "finance", "auditor")
SITTING = ("member", "chair")


def each(people: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)


def prepare(world):
    scene = world.things["scene"] = make_scene(world)
    world.things["draft"] = scene.draft()
    world.things["submitted"] = scene.submitted("300000.00")
    world.things["round"] = scene.round_open()
    world.things["published"] = scene.round_published("2000000.00")


def of(name):
    return lambda world: {"reference": _request(world, name).reference}


def _request(world, name) -> FundingRequest:
    thing = world.things[name]
    return thing.request if isinstance(thing, Round) else thing


def of_round(world):
    return {"pk": world.things["round"].pk}


def of_decision(world):
    return {"pk": world.things["published"].decision.pk}


def ballot(world):
    return {"choice": "for", "motion_digest": world.things["round"].motion_digest}


def version(name):
    return lambda world: {"If-Match": f'"{FundingRequest.objects.get(pk=_request(world, name).pk).version}"'}


# Who sees what: drafts their department; submitted ones also the offices; rounds the body as well.
DRAFT = {"default": 404, **each(OWN, 200)}
FORBIDDEN_DRAFT = each(OWN, 403)
WHOLE = {**each(OWN, 403), **each(OFFICE, 403)}
ROUND = {**WHOLE, **each(SITTING, 403)}

MAY_EXPORT = dict.fromkeys(("head", "secretary", "official", "report_staff", "finance", "auditor"), 200)

ROWS: list[Row] = [
    page("funding:request-list"),
    page("funding:request-export", 403, query={"format": "csv"}, **MAY_EXPORT),
    page("funding:request-new"),
    post("funding:request-new", 422, data=TYPED, **each(OWN, 302)),
    post("funding:request-route", 200, data=TYPED),
    page("funding:request-detail", 404, at=of("draft"), **each(OWN, 200)),
    page("funding:request-detail", 404, at=of("submitted"), **each(OWN + OFFICE, 200)),
    page("funding:request-detail", 404, at=of("round"), **each(OWN + OFFICE + SITTING, 200)),
    page("funding:request-detail", 200, at=of("published")),
    page("funding:request-related", 404, at=of("submitted"), **each(OWN + OFFICE, 200)),
    page("funding:request-edit", 404, at=of("draft"), **each(OWN, 200)),
    page("funding:request-revise", 404, at=of("submitted"), **{**each(OFFICE, 403), **each(OWN, 200)}),
    post("funding:request-submit", 404, at=of("draft"), data={"expected_version": 1}, **each(OWN, 302)),
    post("funding:request-withdraw", 404, at=of("submitted"), data={"reason": "No."}, **{**WHOLE, "applicant": 302}),
    post("funding:request-endorse", 404, at=of("submitted"), data={"statement": "Yes."}, **{**WHOLE, "head": 302}),
    post("funding:request-reclassify", 404, at=of("submitted"), **{**WHOLE, "secretary": 422}),
    post("funding:request-screen", 404, at=of("submitted"), **{**WHOLE, "secretary": 409}),
    post(
        "funding:request-open-round",
        404,
        at=of("submitted"),
        data={"amount": "1", "mode": "meeting"},
        **{**WHOLE, "secretary": 409},
    ),
    post("funding:request-decide", 404, at=of("submitted"), data={"approve": "yes"}, **{**WHOLE, "head": 409}),
    post("funding:request-publish", 404, at=of("submitted"), **{**WHOLE, "secretary": 409}),
    page("funding:round-list"),
    page("funding:round-detail", 404, at=of_round, **each(OWN + OFFICE + SITTING, 200)),
    page("funding:round-standing", 404, at=of_round, **each(OWN + OFFICE + SITTING, 200)),
    post("funding:round-vote", 404, at=of_round, data=ballot, **{**ROUND, **each(SITTING, 302)}),
    post("funding:round-declare", 404, at=of_round, data={"note": "A cousin."}, **{**ROUND, **each(SITTING, 302)}),
    post("funding:round-absent", 404, at=of_round, data={"seat_number": 3}, **{**ROUND, "secretary": 302}),
    post("funding:round-adjourn", 404, at=of_round, **{**ROUND, "secretary": 302, "chair": 302}),
    post("funding:round-last-call", 404, at=of_round, **{**ROUND, "chair": 409}),
    post("funding:round-close", 404, at=of_round, **{**ROUND, "chair": 409}),
    post("funding:round-publish", 404, at=of_round, **{**ROUND, "secretary": 409}),
    api("GET", "/api/v1/requests/"),
    api("POST", "/api/v1/requests/", 403, data=SENT, **each(OWN, 201)),
    api("GET", "/api/v1/requests/{reference}/", 404, at=of("draft"), **each(OWN, 200)),
    api("GET", "/api/v1/requests/{reference}/", 200, at=of("published")),
    api(
        "PATCH",
        "/api/v1/requests/{reference}/",
        404,
        at=of("draft"),
        data={"title_en": "New"},
        headers=version("draft"),
        **each(OWN, 200),
    ),
    api("POST", "/api/v1/requests/explain-route/", 200, data={"project": "AA-2026-001", "amount": "1200000.00"}),
    api(
        "POST", "/api/v1/requests/{reference}/submit/", 404, at=of("draft"), headers=version("draft"), **each(OWN, 200)
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/revise/",
        404,
        at=of("submitted"),
        data={"reason": "Dearer.", "amount": "310000.00"},
        headers=version("submitted"),
        **{**each(OFFICE, 403), **each(OWN, 200)},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/withdraw/",
        404,
        at=of("submitted"),
        data={"reason": "No."},
        **{**WHOLE, "applicant": 200},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/endorse/",
        404,
        at=of("submitted"),
        data={"statement": "Yes."},
        **{**WHOLE, "head": 200},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/reclassify/",
        404,
        at=of("submitted"),
        data={"number": 1, "category": "hardware", "reason": "Boxes."},
        headers=version("submitted"),
        **{**WHOLE, "secretary": 200},
    ),
    api("POST", "/api/v1/requests/{reference}/screen/", 404, at=of("submitted"), **{**WHOLE, "secretary": 409}),
    api(
        "POST",
        "/api/v1/requests/{reference}/decide/",
        404,
        at=of("submitted"),
        data={"approve": True},
        **{**WHOLE, "head": 409},
    ),
    api("POST", "/api/v1/requests/{reference}/publish/", 404, at=of("submitted"), **{**WHOLE, "secretary": 409}),
    api("POST", "/api/v1/requests/{reference}/open-round/", 404, at=of("submitted"), **{**WHOLE, "secretary": 409}),
    api("GET", "/api/v1/rounds/"),
    api(
        "GET", "/api/v1/rounds/{id}/", 404, at=lambda w: {"id": of_round(w)["pk"]}, **each(OWN + OFFICE + SITTING, 200)
    ),
    api(
        "PATCH", "/api/v1/rounds/{id}/", 404, at=lambda w: {"id": of_round(w)["pk"]}, data={"status": "closed"}, **ROUND
    ),
    *[
        api(
            "POST",
            f"/api/v1/rounds/{{id}}/{verb}/",
            404,
            at=lambda w: {"id": of_round(w)["pk"]},
            data=data,
            **{**ROUND, **but},
        )
        for verb, data, but in (
            ("vote", ballot, each(SITTING, 200)),
            ("declare-interest", {"note": "A cousin."}, each(SITTING, 200)),
            ("mark-absent", {"seat_number": 3}, {"secretary": 200}),
            ("adjourn", {}, {"secretary": 200, "chair": 200}),
            ("last-call", {}, {"chair": 409}),
            ("close", {}, {"chair": 409}),
            ("publish", {}, {"secretary": 409}),
        )
    ],
    api("GET", "/api/v1/decisions/"),
    api("GET", "/api/v1/decisions/{id}/", 200, at=lambda w: {"id": of_decision(w)["pk"]}),
    api(
        "POST",
        "/api/v1/decisions/{id}/commit/",
        403,
        at=lambda w: {"id": of_decision(w)["pk"]},
        data={"envelope": "ai-2026", "amount": "1.00"},
        finance=201,
    ),
    post("funding:decision-commit", 403, at=of_decision, data={"amount": "1.00"}, finance=422),
    api("GET", "/api/v1/envelopes/"),
    api("GET", "/api/v1/envelopes/{code}/", 200, at={"code": "ai-2026"}),
]
