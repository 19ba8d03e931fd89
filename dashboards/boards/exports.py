"""The boards as files: the numbers that each shows to its reader, one table for a board."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import as_at, listing, params
from core.exports import SPOKEN_APART, Asked, Export, asked
from core.listing import Reader
from core.tabular import Cell, Column
from dashboards.boards import comparison, decisions, department_words, kpis, money, money_words, scorecard
from dashboards.boards.decisions import DecisionFilter
from dashboards.boards.kpis import KpiBoardFilter
from dashboards.boards.scorecard import Scorecard
from dashboards.boards.views import asked_size, asked_year
from dashboards.figures import month_ends, value_on
from exports import lists
from funding import exports as funding_exports
from funding.financial_years import financial_year_words
from kpis import judgement_wording
from kpis.rules.rag import Rag
from kpis.selectors import Judged, Line, kpi_rows
from projects.views.departments import find_for

Row = tuple[Cell, ...]
AT_ONCE = 500  # KPIs of a file whose values are held in memory
CHOICES = {"format", "columns", "filename"}


def register() -> None:
    for name, label, url_name, build, placed in (
        ("departments", gettext_lazy("Departments compared"), "department-board", departments, ()),
        ("scorecard", gettext_lazy("Scorecard"), "scorecard", one_department, ("safe_code",)),
        ("money", gettext_lazy("Money board"), "money-board", money_of_year, ()),
        ("kpi-board", gettext_lazy("KPI board"), "kpi-board", kpis_by_colour, ()),
        ("decisions", gettext_lazy("Decision board"), "decision-board", waiting_requests, ()),
    ):
        lists.register(lists.List(name, label, f"dashboards:{url_name}", build, placed))


def departments(reader: Reader) -> Export:
    told = _asked(reader, {"size", as_at.PARAMETER})
    size, user = asked_size(reader.GET), reader.user
    columns = [
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("name", _("Name")),
        Column("size", _("Size")),
        Column("early", _("Before pilot"), _("Projects of the register.")),
        Column("running", _("In pilot or roll-out"), _("Projects of the register.")),
        Column("live", _("Live"), _("Projects of the register.")),
        Column("registered", _("Registered"), _("Procedures in the register.")),
        Column("in_use", _("In use"), _("Counts towards the targets on that day.")),
        Column("due", _("Due by plan"), _("Procedures planned for that day or before.")),
        Column("due_in_use", _("Due and in use")),
        Column("share", _("Share of the target"), _("That is due next.")),
        Column("share_on", _("Share due on")),
        Column("caveats", _("Compare with care")),
    ]
    return Export(
        "departments",
        _("Departments compared"),
        columns,
        lambda: (_compared(row) for row in comparison.comparison(user, size).rows),
        asked=told,
        printed=("department", "name", "size", "registered", "in_use", "due", "due_in_use", "caveats"),
    )


def _compared(row: comparison.Compared) -> Row:
    return (
        row.department.code,
        str(row.department.in_language("name")),
        str(department_words.SIZES[row.size]),
        row.early,
        row.running,
        row.live,
        row.registered,
        row.in_use,
        row.on_time.whole if row.on_time else 0,
        row.on_time.part if row.on_time else 0,
        row.share.value if row.share else None,
        row.share.due_on if row.share else None,
        " ".join(map(str, department_words.caveat_words(row))),
    )


def one_department(reader: Reader) -> Export:
    """The department is part of the page's address, so the file's address names it."""
    told = _asked(reader, {"safe_code", as_at.PARAMETER})
    department, user = find_for(reader.user, params.one(reader, "safe_code")), reader.user
    columns = [
        Column("part", _("Part"), _("Of the board.")),
        Column("reference", _("Reference")),
        Column("name", _("Name")),
        Column("day", _("Day"), _("Planned, agreed or due, or the end of the month of a trend.")),
        Column("number", _("Number")),
        Column("of", _("Out of")),
        Column("amount", _("Amount (HK$)"), _("Spent.")),
        Column("of_amount", _("Approved (HK$)")),
    ]
    return Export(
        "scorecard",
        _("Scorecard %(code)s") % {"code": department.code},
        columns,
        lambda: _scorecard_rows(scorecard.scorecard(user, department)),
        asked=told,
    )


def _scorecard_rows(found: Scorecard) -> Iterator[Row]:
    figures, share = _("Figures"), found.share
    counts: list[tuple[str, date | None, int, int]] = [
        (_("In use"), None, found.in_use, found.verified),
        (_("Verified"), None, found.verified, found.claimed),
        (_("Claimed"), None, found.claimed, found.registered),
        (_("Late procedures"), None, len(found.late), found.due),
        (_("Late milestones"), None, len(found.late_milestones), found.open_milestones),
        (_("Over budget"), None, len(found.over_budget), found.with_money),
    ]
    if share is not None:
        counts.insert(0, (_("Share of the target"), share.due_on, found.in_use, share.value))
    for name, day, number, of in counts:
        yield figures, "", name, day, number, of, None, None
    for procedure in found.late:
        name = str(procedure.in_language("name"))
        yield _("Late procedures"), procedure.reference, name, procedure.planned_on, None, None, None, None
    for step in found.late_milestones:
        name = str(step.in_language("name"))
        yield _("Late milestones"), step.project.reference, name, step.current_on, None, None, None, None
    for one in found.over_budget:
        title = str(one.request.in_language("title"))
        yield _("Over budget"), one.request.reference, title, None, None, None, one.spent, one.approved
    total = sum((found.kpis or {}).values())
    for colour, count in (found.kpis or {}).items():
        yield _("KPIs by colour"), "", str(judgement_wording.RAG[Rag(colour)]), None, count, total, None, None
    if (trend := found.trend) is not None:
        first = (trend.actual or trend.plan)[0].on
        for day in sorted({*month_ends(first, trend.last), found.today, trend.last}):
            yield _("Trend"), "", _("Planned"), day, value_on(trend.plan, day), None, None, None
            if day <= found.today:
                yield _("Trend"), "", _("In use"), day, value_on(trend.actual, day), None, None, None


def money_of_year(reader: Reader) -> Export:
    told = _asked(reader, {"year", as_at.PARAMETER})
    year, user = asked_year(reader.GET), reader.user
    columns = [
        Column("part", _("Part"), _("Of the board.")),
        Column("envelope", _("Envelope")),
        Column("department", _("Department"), _("Code of the bureau or department.")),
        Column("name", _("Name")),
        Column("requests", _("Requests")),
        Column("amount", _("Amount (HK$)")),
    ]
    return Export("money", _("Money board"), columns, lambda: _money_rows(money.board(user, year)), asked=told)


def _money_rows(found: money.MoneyBoard) -> Iterator[Row]:
    part = _("Money in %(year)s") % {"year": financial_year_words(found.financial_year)}
    if (year := found.year) is not None:
        for name, amount in (
            (_("Voted"), year.allocated),
            (_("Committed"), year.committed),
            (_("Spent"), year.spent),
            (_("Left to commit"), year.left),
        ):
            yield part, "", "", name, None, amount
    part = _("From envelope to department to result")
    for flow in found.flows:
        yield part, flow.envelope, flow.department, str(money_words.RESULTS[flow.result]), None, flow.amount
    part = _("Waiting for a decision, by who decides")
    for row in found.waiting:
        yield part, "", "", str(row.tier.label), row.count, row.amount


def kpis_by_colour(reader: Reader) -> Export:
    known = {*KpiBoardFilter.base_filters, *SPOKEN_APART, as_at.PARAMETER}
    params.refuse_unknown(reader.GET, frozenset(known))
    found, form = listing.filtered(reader, KpiBoardFilter, kpi_rows(reader.user), extra=CHOICES)
    chosen = {name: form.cleaned_data[name] for name in ("rag", "freshness")}
    columns = [
        Column("reference", _("Reference"), _("Permanent reference of the KPI.")),
        Column("title", _("KPI")),
        Column("project", _("Project"), _("Permanent reference of the project.")),
        Column("colour", _("Colour by data")),
        Column("value", _("Latest value"), _("The newest verified reading; empty if there is none.")),
        Column("period", _("Period"), _("Of the latest value.")),
        Column("target", _("Target")),
        Column("target_on", _("Target by"), _("Last day for the target.")),
        Column("freshness", _("Freshness")),
        Column("have", _("Verified readings"), _("Of those that are due.")),
        Column("due", _("Readings due")),
    ]
    printed = ("reference", "title", "project", "colour", "value", "target", "freshness")
    return Export(
        "kpi-board",
        _("KPI board"),
        columns,
        lambda: _kpis(kpis.board(found, **chosen).shown),
        asked=asked(reader, form),
        found=found,
        printed=printed,
    )


def _kpis(shown: Sequence[Judged]) -> Iterator[Row]:
    for first in range(0, len(shown), AT_ONCE):
        yield from (_kpi(line, one) for line, one in kpis.lines_of(shown[first : first + AT_ONCE]))


def _kpi(line: Line, one: Judged) -> Row:
    return (
        line.kpi.reference,
        line.kpi.title,
        line.kpi.project.reference,
        str(one.rag_words),
        line.value if line.latest else "",
        line.period,
        line.target_words,
        line.target.due_on if line.target else None,
        str(one.freshness_words),
        one.coverage.have,
        one.coverage.due,
    )


def waiting_requests(reader: Reader) -> Export:
    known = {*DecisionFilter.base_filters, *SPOKEN_APART, as_at.PARAMETER}
    params.refuse_unknown(reader.GET, frozenset(known))
    found, form = listing.filtered(reader, DecisionFilter, decisions.rows(reader.user), extra=CHOICES)
    export = funding_exports.requests(found, asked=asked(reader, form))
    return replace(export, name="decisions", sheet=_("Decision board"))


def _asked(reader: Reader, known: set[str]) -> Asked:
    """What the address of a board without a form asks for; anything else in it is refused."""
    params.refuse_repeated(reader.GET)
    params.refuse_unknown(reader.GET, SPOKEN_APART | known)
    told = tuple((name, str(value)) for name, value in sorted(reader.GET.items()) if name in known and value)
    labels = {"size": _("Size"), "safe_code": _("Department"), "year": _("Financial year")}
    labels[as_at.PARAMETER] = _("As known on")
    return Asked(told, tuple((labels[name], value) for name, value in told))
