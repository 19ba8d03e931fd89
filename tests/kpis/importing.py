"""Real figures come in as a department's would: KPIs defined by services, readings by a file that two people handle."""

from collections.abc import Iterable
import io

from kpis import services
from kpis.services import Measure
from tests.factories.kpis import MeasuredProjectFactory

HEADING = "kpi,period,value,numerator,denominator"


def defined(world, key, *, frequency, starts_on, year_kind="calendar", **measure):
    """A measure that the Team adds to the library, and a KPI of department A that follows it."""
    told = {"unit_en": "unit", "unit_zh_hant": "單位", "unit_zh_hans": "单位", "formula": "value"} | measure
    names = {"name_en": f"Indicator {key}", "name_zh_hant": f"指標 {key}", "name_zh_hans": f"指标 {key}"}
    services.add_definition(actor=world["team"], key=f"real-{key}", measure=Measure(**names, **told))
    return services.define_kpi(
        actor=world["applicant"],
        project_id=MeasuredProjectFactory(department=world.a).pk,
        definition_key=f"real-{key}",
        frequency=frequency,
        year_kind=year_kind,
        starts_on=starts_on,
    )


def imported(world, lines: Iterable[str]) -> int:
    """Report the lines of a file and have a second person verify them; how many readings that made."""
    file = io.BytesIO("\r\n".join([HEADING, *lines]).encode())
    batch = services.offer_readings(actor=world["applicant"], file=file, file_name="readings.csv", encoding="utf-8")
    batch = services.report_readings(actor=world["applicant"], file_id=batch.pk)
    services.verify_file(actor=world["head"], file_id=batch.pk)
    return len(batch.stored)
