"""The sample department service: the same month says the same, and the collector believes it."""

from datetime import date
import threading

import pytest

from kpis import sample_service
from kpis.models import Reading
from kpis.sample_service import document
from kpis.services.runs import run_source
from tests.factories.kpis import DefinitionFactory, KpiFactory, RunFactory, SourceFactory

TODAY = date(2026, 11, 22)


def test_a_month_has_the_same_values_whenever_it_is_asked():
    early = document("kpi=KPI-0001&kpi=KPI-0002:ratio", today=date(2026, 1, 5))["readings"]
    late = document("kpi=KPI-0001&kpi=KPI-0002:ratio", today=TODAY)["readings"]

    assert early
    assert all(row in late for row in early)
    assert max(row["period"] for row in late) == "2026-10"


@pytest.mark.parametrize(("trait", "kind"), [({}, "value"), ({"percentage": True}, "ratio")])
def test_its_readings_are_collected_over_http(world, settings, trait, kind):
    with sample_service.serve(0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.COLLECTOR_LOOPBACK_PORTS = [server.server_port]
        kpi = KpiFactory(definition=DefinitionFactory(**trait))
        paths = {"columns": ["kpi", "period", "value"]}
        if kind == "ratio":
            paths = {
                "value_path": "",
                "numerator_path": "numerator",
                "denominator_path": "denominator",
                "columns": ["kpi", "period", "numerator", "denominator"],
            }
        source = SourceFactory(
            port=server.server_port,
            url=f"http://127.0.0.1:{server.server_port}/readings.json?kpi={kpi.reference}:{kind}",
            kpis=[kpi],
            **paths,
        )

        state = run_source(run_id=RunFactory(source=source).pk)
        server.shutdown()

    assert state == "done"
    assert Reading.objects.standing().count() >= 34
