"""Push sources of department A: its people and those who manage sources handle the keys; a signature alone pushes."""

from typing import Any

from tests.access.rows_kpis import SEES_SOURCES, by_a, of
from tests.access.table import Row, api, page, post
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, PushKeyFactory, SourceFactory


def prepare(world: Any) -> None:
    source = SourceFactory(push=True, department=world.a)
    PushKeyFactory(source=source)
    world.things |= {
        "push_source": source,
        "unconnected_kpi": KpiFactory(project=MeasuredProjectFactory(department=world.a)),
    }


def a_new_push_source(world: Any) -> dict[str, Any]:
    return {"department": "A&A", "name": "Case system", "kpis": [{"kpi": world.things["unconnected_kpi"].reference}]}


def _number(world: Any) -> int:
    number: int = world.things["push_source"].keys.get().number
    return number


DOES = {**by_a(302), "administrator": 302, "auditor": 403}
MANAGES_KEYS = {**by_a(201), "administrator": 201, "auditor": 403}

ROWS: list[Row] = [
    api("POST", "/api/v1/sources/propose-push/", 403, data=a_new_push_source, administrator=201, **by_a(201)),
    api("GET", "/api/v1/sources/{reference}/keys/", 404, at=of("push_source"), **SEES_SOURCES),
    api("POST", "/api/v1/sources/{reference}/make-key/", 404, at=of("push_source"), **MANAGES_KEYS),
    api(
        "POST",
        "/api/v1/sources/{reference}/revoke-key/",
        404,
        at=lambda world: {"reference": world.things["push_source"].reference},
        data=lambda world: {"number": _number(world)},
        **{**by_a(200), "administrator": 200, "auditor": 403},
    ),
    page("kpis:source-list"),
    page("kpis:push-source-new"),
    post(
        "kpis:push-source-new",
        422,
        data=lambda world: {"name": "Case system", f"kpi_{world.things['unconnected_kpi'].pk}": "on"},
        **by_a(302),
    ),
    page("kpis:source-detail", 404, at=of("push_source"), **SEES_SOURCES),
    post("kpis:push-key-make", 404, at=of("push_source"), **{**by_a(200), "administrator": 200, "auditor": 403}),
    post(
        "kpis:push-key-revoke",
        404,
        at=lambda world: {"reference": world.things["push_source"].reference, "number": _number(world)},
        **DOES,
    ),
    post("kpis:source-approve", 404, at=of("proposed_source"), **{**by_a(403), "administrator": 302, "auditor": 403}),
    post("kpis:source-pause", 404, at=of("push_source"), data={"reason": "Moving house."}, **DOES),
    post("kpis:source-resume", 404, at=of("paused_source"), **{**by_a(403), "administrator": 302, "auditor": 403}),
    api("POST", "/api/v1/sources/{reference}/push/", 401, at=of("push_source"), data={"readings": []}),
]
