"""What a request holds beside its text and cost lines: papers, versions, copies, the edit table, kept forms."""

from tests.access.rows_funding import OFFICE, OWN, each
from tests.access.rows_work import edited, new_document, new_task, new_version
from tests.access.table import Row, api, page, post
from tests.factories.work import DocumentFactory
from tests.funding.scene import make_scene


def prepare(world):
    scene = world.things.get("scene") or make_scene(world)
    world.things["own_request"] = scene.draft()
    world.things["sent_request"] = scene.submitted("310000.00", new_programme="Papers for visitors")
    world.things["paper"] = DocumentFactory(subject=world.things["own_request"])


def of(name):
    return lambda world: {"reference": world.things[name].reference}


def paper(world, **more):
    return of("own_request")(world) | {"document": world.things["paper"].reference} | more


def programme(world):
    return {"reference": world.things["sent_request"].programme.reference}


REASON = {"reason": "Wrong file."}
SEEN = {**each(OWN, 200), **each(OFFICE, 200)}

ROWS: list[Row] = [
    post("funding:request-follow", 404, at=of("sent_request"), **{**each(OWN, 302), **each(OFFICE, 302)}),
    post("funding:request-unfollow", 404, at=of("sent_request"), **{**each(OWN, 302), **each(OFFICE, 302)}),
    page("funding:request-tasks", 404, at=of("sent_request"), **{**each(OWN, 200), **each(OFFICE, 200)}),
    post(
        "funding:request-task-new",
        404,
        at=of("sent_request"),
        data=new_task,
        **{**each(OWN, 302), **each(OFFICE, 302), "auditor": 403},
    ),
    page("funding:request-edit-table"),
    post("funding:request-keep", 200, data={"unsent": "new", "title_en": "Half a ti"}),
    post("funding:request-reuse", 200, data={"title_en": "Reading visa papers"}),
    page("funding:request-copy", 404, at=of("sent_request"), **SEEN),
    post(
        "funding:request-copy",
        404,
        at=of("sent_request"),
        data={"project": "AA-2026-001"},
        **{**each(OFFICE, 422), **each(OWN, 302)},
    ),
    page("funding:request-versions", 404, at=of("sent_request"), **SEEN),
    page("funding:request-versions", 404, at=of("own_request"), **each(OWN, 200)),
    page("funding:request-documents", 404, at=of("own_request"), **each(OWN, 200)),
    page("funding:request-documents", 404, at=of("sent_request"), **SEEN),
    post("funding:request-document-new", 404, at=of("own_request"), data=new_document, **each(OWN, 302)),
    post(
        "funding:request-document-new",
        404,
        at=of("sent_request"),
        data=new_document,
        **{**each(OFFICE, 403), **each(OWN, 302)},
    ),
    page("funding:request-document", 404, at=paper, **each(OWN, 200)),
    post("funding:request-document-version", 404, at=paper, data=new_version, **each(OWN, 302)),
    post("funding:request-document-edit", 404, at=paper, data=edited, **each(OWN, 302)),
    post("funding:request-document-withdraw", 404, at=paper, data=REASON, **each(OWN, 302)),
    page("funding:request-document-file", 404, at=lambda world: paper(world, number=1), **each(OWN, 200)),
    api("GET", "/api/v1/requests/{reference}/versions/", 404, at=of("sent_request"), **SEEN),
    api("GET", "/api/v1/requests/{reference}/differences/", 404, at=of("sent_request")),
    api(
        "GET",
        "/api/v1/requests/{reference}/differences/",
        404,
        at=of("sent_request"),
        query={"before": "1", "after": "1"},
        **SEEN,
    ),
    api("GET", "/api/v1/requests/edit-table/"),
    api(
        "POST",
        "/api/v1/requests/{reference}/copy/",
        404,
        at=of("sent_request"),
        data={},
        **{**each(OFFICE, 403), **each(OWN, 201)},
    ),
    api("GET", "/api/v1/programmes/"),
    api("GET", "/api/v1/programmes/{reference}/", at=programme),
]
