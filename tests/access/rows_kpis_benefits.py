"""Benefits of department A: everybody reads, A promises and reviews, the Team answers a review."""

from datetime import date
from decimal import Decimal
from typing import Any

from kpis import services
from kpis.rules.values import Measured
from kpis.services import Promise
from tests.access.rows_kpis import by_a, of
from tests.access.table import Row, api, page, post
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, verified

SENT = {
    "kind": "hours", "formula": "amount", "promised": "120", "due_on": "2098-01-01", "summary_en": "Time",
    "summary_zh_hant": "工時",
}  # fmt: skip
TYPED = SENT | {"factor": "1", "factor_source": "", "share": "100"}
REVIEW = {"months": 6, "lessons": "Train earlier."}


def prepare(world: Any) -> None:
    live = {"department": world.a, "stage": "live", "gate_passed_on": date(2025, 1, 1)}
    world.things |= {
        "promise": promised(world, MeasuredProjectFactory(department=world.a)),
        "hidden_promise": promised(world, MeasuredProjectFactory(department=world.a, status="draft")),
        "due_promise": promised(world, MeasuredProjectFactory(**live)),
        "reviewed_promise": promised(world, MeasuredProjectFactory(**live)),
        "promising_kpi": KpiFactory(project=MeasuredProjectFactory(department=world.a)),
    }
    for name in ("due_promise", "reviewed_promise"):
        verified(world.things[name].kpi, {date(2025, month, 1): Measured(Decimal(9)) for month in range(1, 7)})
    services.record_review(actor=world["colleague"], benefit_id=world.things["reviewed_promise"].pk, **REVIEW)


def promised(world: Any, project: Any) -> Any:
    promise = Promise(
        kind="hours",
        formula="amount",
        promised=Decimal(120),
        due_on=date(2098, 1, 1),
        summary_en="Time",
        summary_zh_hant="工時",
        summary_zh_hans="工时",
    )
    kpi = KpiFactory(project=project, owner=world["applicant"].person)
    return services.register_benefit(actor=world["applicant"], kpi_id=kpi.pk, promise=promise)


def a_promise(world: Any) -> dict[str, Any]:
    return SENT | {"kpi": world.things["promising_kpi"].reference}


ANSWER = {"months": "6", "answer": "accept"}
WITHDRAWN = {"reason": "Another measure shows it."}

ROWS: list[Row] = [
    page("kpis:benefit-list"),
    page("kpis:benefit-detail", at=of("promise")),
    page("kpis:benefit-detail", 404, at=of("hidden_promise"), **by_a(200)),
    page("kpis:benefit-new", 403, at=of("promising_kpi"), **by_a(200)),
    post("kpis:benefit-new", 403, at=of("promising_kpi"), data=TYPED, **by_a(302)),
    post("kpis:benefit-review", 403, at=of("due_promise"), data=REVIEW, **by_a(302)),
    post("kpis:benefit-judge", 403, at=of("reviewed_promise"), data=ANSWER, team=302),
    post("kpis:benefit-withdraw", 403, at=of("promise"), data=WITHDRAWN, **by_a(302)),
    post("kpis:benefit-withdraw", 403, at=of("due_promise"), data=WITHDRAWN, team=302),
    api("GET", "/api/v1/benefits/"),
    api("GET", "/api/v1/benefits/{reference}/", at=of("promise")),
    api("GET", "/api/v1/benefits/{reference}/", 404, at=of("hidden_promise"), **by_a(200)),
    api("POST", "/api/v1/benefits/", 403, data=a_promise, **by_a(201)),
    api("POST", "/api/v1/benefits/{reference}/review/", 403, at=of("due_promise"), data=REVIEW, **by_a(201)),
    api(
        "POST",
        "/api/v1/benefits/{reference}/judge-review/",
        403,
        at=of("reviewed_promise"),
        data={"months": 6, "accept": True},
        team=200,
    ),
    api("POST", "/api/v1/benefits/{reference}/withdraw/", 403, at=of("promise"), data=WITHDRAWN, **by_a(200)),
]
