"""Outcomes: a returned request, a rejected one, a condition of an approval, and one before the Legislative Council."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from funding import services
from funding.models import Choice, FundingRequest
from tests.access.rows_funding import OFFICE, OWN, SITTING, WHOLE, each
from tests.access.table import Row, api, page, post
from tests.factories.projects import ProjectFactory

INSIDE = (*OWN, *OFFICE, *SITTING)
DECIDED = {**WHOLE, **each(SITTING, 403)}


def prepare(world: Any) -> None:
    from funding.installation import install_finance_committee

    install_finance_committee()
    scene = world.things["scene"]
    returned = scene.screened("800000.00", project=_project(world))
    services.return_with_questions(actor=world["secretary"], request_id=returned.pk, questions=["Who runs it?"])
    world.things["returned"] = returned
    world.things["condition"] = _published(world, "900000.00", Choice.FOR, conditions=["Report."]).tasks.get()
    world.things["rejected"] = _published(world, "910000.00", Choice.AGAINST).request
    world.things["legco"] = _published(world, "25000000.00", Choice.FOR).request


def _project(world: Any) -> Any:
    return ProjectFactory(department=world.a, lead=world["applicant"].person)


def _published(world: Any, amount: str, choice: Choice, **opening: Any) -> Any:
    scene = world.things["scene"]
    request = scene.screened(amount, project=_project(world))
    round_ = services.open_round(actor=world["secretary"], request_id=request.pk, **opening)
    for member in scene.members[:6]:
        scene.vote(round_, member, choice, reason="Too dear.")
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)
    return services.publish_decision(actor=world["secretary"], round_id=round_.pk, reason="Too dear.")


def of(name: str) -> Any:
    return lambda world: {"reference": FundingRequest.objects.get(pk=world.things[name].pk).reference}


def numbered(name: str) -> Any:
    return lambda world: {**of(name)(world), "number": 1}


def of_condition(world: Any) -> dict[str, int]:
    return {"pk": world.things["condition"].pk}


def with_id(world: Any) -> dict[str, int]:
    return {"id": world.things["condition"].pk}


def figures(world: Any = None) -> dict[str, Any]:
    from core import clock

    counts = {"present": 40, "votes_for": 30, "votes_against": 5, "abstained": 2}
    return {"outcome": "approved", "meeting_on": clock.today().isoformat(), **counts, "amount": "25000000.00"}


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.txt", b"Approved.", content_type="text/plain")


NO_FILE = {"secretary": 409}
QUESTIONS = {"questions": ["Why?"]}
PUT_OFF = {"reason": "Later.", "condition": "A survey."}
REASON = {"reason": "So."}

ROWS: list[Row] = [
    post("funding:request-return", 404, at=of("returned"), data={"questions": "Why?"}, **{**WHOLE, "secretary": 409}),
    post("funding:request-defer", 404, at=of("returned"), data=PUT_OFF, **{**WHOLE, "secretary": 409}),
    post("funding:request-bring-back", 404, at=of("returned"), data={"note": "Now."}, **{**WHOLE, "secretary": 409}),
    post(
        "funding:request-answer",
        404,
        at=numbered("returned"),
        data={"text": "We."},
        **{**each(OFFICE, 403), **each(OWN, 302)},
    ),
    post(
        "funding:request-appeal",
        404,
        at=of("rejected"),
        data={"ground": "Look again."},
        **{**each((*OFFICE, *SITTING), 403), **each(OWN, 302)},
    ),
    page("funding:request-legco", 404, at=of("legco"), **each(INSIDE, 200)),
    page("funding:request-evidence", 404, at=lambda w: {**of("legco")(w), "pk": 999_999}),
    post("funding:request-legco-papers", 404, at=of("legco"), data={"paper": ""}, **{**DECIDED, "secretary": 302}),
    post("funding:request-legco-record", 404, at=of("legco"), data=figures, **{**DECIDED, **NO_FILE}),
    post(
        "funding:request-legco-confirm",
        404,
        at=of("legco"),
        data=figures,
        **{**DECIDED, "secretary": 409, "finance": 409},
    ),
    post(
        "funding:request-legco-return",
        404,
        at=of("legco"),
        data=REASON,
        **{**DECIDED, "secretary": 409, "finance": 409},
    ),
    post("funding:request-legco-publish", 404, at=of("legco"), **{**DECIDED, "secretary": 409}),
    page("funding:condition-list"),
    page("funding:condition-detail", 404, at=of_condition, **each(INSIDE, 200)),
    post("funding:condition-hand-in", 404, at=of_condition, data={"note": "Done."}, **{**DECIDED, **each(OWN, 422)}),
    post("funding:condition-discharge", 404, at=of_condition, **{**DECIDED, "secretary": 409}),
    post("funding:condition-send-back", 404, at=of_condition, data=REASON, **{**DECIDED, "secretary": 409}),
    post("funding:condition-assign", 404, at=of_condition, data=REASON, **{**DECIDED, "secretary": 422}),
    post("funding:condition-waive", 404, at=of_condition, data=REASON, **{**DECIDED, "secretary": 302}),
    post(
        "funding:condition-answer-waiver",
        404,
        at=of_condition,
        data={"agree": "yes", **REASON},
        **{**DECIDED, "secretary": 409},
    ),
    api("GET", "/api/v1/requests/{reference}/outcomes/", 404, at=of("returned"), **each((*OWN, *OFFICE), 200)),
    api(
        "POST",
        "/api/v1/requests/{reference}/return-with-questions/",
        404,
        at=of("returned"),
        data=QUESTIONS,
        **{**WHOLE, "secretary": 409},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/defer/",
        404,
        at=of("returned"),
        data=PUT_OFF,
        **{**WHOLE, "secretary": 409},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/bring-back/",
        404,
        at=of("returned"),
        data={"note": "Now."},
        **{**WHOLE, "secretary": 409},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/answer/",
        404,
        at=of("returned"),
        data={"number": 1, "text": "We."},
        **{**each(OFFICE, 403), **each(OWN, 201)},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/appeal/",
        404,
        at=of("rejected"),
        data={"ground": "Look again."},
        **{**each((*OFFICE, *SITTING), 403), **each(OWN, 201)},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/legco-papers/",
        404,
        at=of("legco"),
        data={},
        **{**DECIDED, "secretary": 200},
    ),
    api("POST", "/api/v1/requests/{reference}/legco-record/", 404, at=of("legco"), data=figures, **each(INSIDE, 400)),
    api(
        "POST",
        "/api/v1/requests/{reference}/legco-confirm/",
        404,
        at=of("legco"),
        data=figures,
        **{**DECIDED, "secretary": 409, "finance": 409},
    ),
    api(
        "POST",
        "/api/v1/requests/{reference}/legco-return/",
        404,
        at=of("legco"),
        data=REASON,
        **{**DECIDED, "secretary": 409, "finance": 409},
    ),
    api("POST", "/api/v1/requests/{reference}/legco-publish/", 404, at=of("legco"), **{**DECIDED, "secretary": 409}),
    api("GET", "/api/v1/conditions/"),
    api("GET", "/api/v1/conditions/{id}/", 404, at=with_id, **each(INSIDE, 200)),
    *[
        api("POST", f"/api/v1/conditions/{{id}}/{verb}/", 404, at=with_id, data=data, **{**DECIDED, **but})
        for verb, data, but in (
            ("hand-in", {"note": "Done."}, each(INSIDE, 400)),
            ("discharge", {}, {"secretary": 409}),
            ("send-back", REASON, {"secretary": 409}),
            ("waive", REASON, {"secretary": 200}),
            ("answer-waiver", {"agree": True, **REASON}, {"secretary": 409}),
            ("assign", {}, each(INSIDE, 400)),
        )
    ],
]
