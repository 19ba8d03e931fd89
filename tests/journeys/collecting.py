"""A department's service on the loopback and the collection of one KPI from it, as beat and the worker do it."""

from collections.abc import Iterator
from contextlib import contextmanager
import threading
from typing import Any

from govai_tracker import celery_app
from kpis import sample_service
from kpis.models import Kpi, Reading
from kpis.tasks import collect_due, run_collection
from tests.factories.kpis import DefinitionFactory, KpiFactory, SourceFactory


@contextmanager
def department_service(settings: Any) -> Iterator[int]:
    """The sample service on a free port, which the collector may call; gives the port."""
    with sample_service.serve(0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.COLLECTOR_LOOPBACK_PORTS = [server.server_port]
        yield server.server_port
        server.shutdown()


def measured(project: Any, port: int) -> Kpi:
    """A KPI of the project with an approved source on `port`."""
    kpi = KpiFactory(project=project, definition=DefinitionFactory())
    url = f"http://127.0.0.1:{port}/readings.json?kpi={kpi.reference}:value"
    SourceFactory(department=project.department, port=port, url=url, kpis=[kpi])
    return kpi


def collect(kpi: Kpi, *, times: int) -> int:
    """Let the schedule's task fire `times` over, and each run's task as often; returns the readings there are then."""
    source = kpi.source_link.source
    celery_app.conf.task_always_eager = True
    try:
        for _ in range(times):
            collect_due.apply().get()
            for run in source.runs.all():
                run_collection.apply(args=(run.pk,)).get()
    finally:
        celery_app.conf.task_always_eager = False
    return Reading.objects.filter(series__kpi=kpi).count()
