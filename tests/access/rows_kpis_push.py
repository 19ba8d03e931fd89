"""Push sources of department A: its people and those who manage sources handle the keys; a signature alone pushes."""

from typing import Any

from tests.access.rows_kpis import SEES_SOURCES, a_new_source, by_a, of
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


def another_way(world: Any) -> dict[str, Any]:
    """How a source is collected, as the form sends it."""
    return {
        "name": "Case system",
        "url": "https://cases.example/readings.json",
        "networks": "10.20.0.0/16",
        "format": "json",
        "items": "data",
        "kpi": "kpi",
        "period": "month",
        "value": "value",
        "paging": "none",
        "interval_minutes": "1440",
    }


def a_collected_source(world: Any) -> dict[str, Any]:
    return another_way(world) | {f"kpi_{world.things['unconnected_kpi'].pk}": "on"}


def a_changed_source(world: Any) -> dict[str, Any]:
    sent = a_new_source(world)
    return {name: sent[name] for name in sent if name not in ("department", "kpis")}


def _number(world: Any) -> int:
    number: int = world.things["push_source"].keys.get().number
    return number


DOES = {**by_a(302), "administrator": 302, "auditor": 403}
TRIES = {**by_a(200), "administrator": 200, "auditor": 403}
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
    page("kpis:pull-source-new"),
    post("kpis:pull-source-new", 422, data=a_collected_source, **by_a(302)),
    post("kpis:pull-source-try", 422, data=a_collected_source, **by_a(403)),
    page("kpis:source-change", 404, at=of("source"), **{**by_a(200), "administrator": 200, "auditor": 403}),
    post("kpis:source-change", 404, at=of("source"), data=another_way, **DOES),
    post("kpis:source-try", 404, at=of("source"), **{**by_a(200), "administrator": 200, "auditor": 403}),
    api("POST", "/api/v1/sources/try-proposal/", 403, data=a_new_source),
    api("POST", "/api/v1/sources/{reference}/try/", 404, at=of("source"), **TRIES),
    api("POST", "/api/v1/sources/{reference}/change/", 404, at=of("source"), data=a_changed_source, **TRIES),
]
