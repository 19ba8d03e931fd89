"""A source that is collected from the department's server of these tests: what it sends, and how it is proposed."""

from kpis import services
from kpis.services import Collected, Paths, Reported


def item(kpi, month, value="5"):
    return {"kpi": kpi.reference, "period": f"2026-{month:02d}", "value": value}


def collected(department, **given):
    return Collected(
        **{
            "url": department.url,
            "hosts": [f"127.0.0.1:{department.port}"],
            "networks": ["127.0.0.0/8"],
            "paths": Paths(items="readings", kpi="kpi", period="period", value="value"),
            "interval_minutes": 60,
            **given,
        }
    )


def propose(actor, kpi, how):
    return services.propose_source(
        actor=actor, department_id=kpi.project.department_id, name="Cases", collected=how, kpis=[Reported(kpi.pk)]
    )
