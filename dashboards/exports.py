"""The overview as files: its departments, and the curve of its chart with the numbers of the chart's table."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import as_at, params
from core.exports import SPOKEN_APART, Asked, Export
from core.listing import Reader
from core.tabular import Cell, Column
from dashboards import changes, selectors
from dashboards.figures import month_ends, value_on
from dashboards.selectors import Overview
from exports import lists


def register() -> None:
    name = "dashboards:overview"
    lists.register(lists.List("overview", gettext_lazy("Overview by department"), name, departments))
    lists.register(lists.List("curve", gettext_lazy("In use against the plan"), name, curve))


def departments(reader: Reader) -> Export:
    columns = [
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("name", _("Name")),
        Column("registered", _("Registered"), _("Procedures in the register.")),
        Column("claimed", _("Claimed"), _("A claim is live, or one was ever verified.")),
        Column("verified", _("Verified"), _("A claim was ever verified.")),
        Column("in_use", _("In use"), _("Counts towards the targets on that day.")),
    ]
    return _export(reader, "overview", _("Overview by department"), columns, _department_rows)


def curve(reader: Reader) -> Export:
    columns = [
        Column("day", _("Day"), _("End of the month; today and the last day besides.")),
        Column("planned", _("Planned"), _("Procedures in use by the plan.")),
        Column("in_use", _("In use"), _("Empty after today.")),
    ]
    return _export(reader, "curve", _("In use against the plan"), columns, _curve_rows)


def _export(
    reader: Reader,
    name: str,
    sheet: str,
    columns: list[Column],
    rows: Callable[[Overview], Iterator[tuple[Cell, ...]]],
) -> Export:
    params.refuse_repeated(reader.GET)
    params.refuse_unknown(reader.GET, SPOKEN_APART | {as_at.PARAMETER, changes.PARAMETER})
    day = tuple((key, str(value)) for key, value in reader.GET.items() if key == as_at.PARAMETER and value)
    user = reader.user
    return Export(name, sheet, columns, lambda: rows(selectors.overview(user)), asked=Asked(day, day))


def _department_rows(found: Overview) -> Iterator[tuple[Cell, ...]]:
    for each in found.departments:
        told = each.standing
        name = str(each.department.in_language("name"))
        yield each.department.code, name, told.registered, told.claimed, told.verified, told.in_use


def _curve_rows(found: Overview) -> Iterator[tuple[Cell, ...]]:
    line = found.curve
    if line is None:
        return
    days: set[date] = {*month_ends(line.actual[0].on, line.last), found.today, line.last}
    for day in sorted(days):
        yield day, value_on(line.plan, day), value_on(line.actual, day) if day <= found.today else None
