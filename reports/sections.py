"""The sections house forms are made of. Each tells one dataset; the same words and figures in every form."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards import figures
from dashboards.boards.kpis import THERE
from dashboards.figures import Point, TargetLine
from funding.models import Outcome, Tier
from projects.models import Stage
from reports.blocks import Cell, Chart, Figure, Figures, Section, Sentence, Table, sentence
from reports.telling import Content, amount, cells, day_words, instant_words, name, number, today

PROCEDURES, PROCEDURE = "projects:procedure-list", "projects:procedure-detail"
FIRST_ROWS = 3
COUNTED = ("in_use", "verified", "claimed")


def headline(content: Content) -> Section:
    """In use against the next line to reach, then what contains it, money and KPIs."""
    standing, target = content.data["standing"], next_target(content)
    own = content.own()
    figures = [
        Figure(_("In use"), number(standing["in_use"]), content.link(PROCEDURES, state="in_use", **own)),
        Figure(_("Verified"), number(standing["verified"]), content.link(PROCEDURES, state="verified", **own)),
        Figure(_("Claimed"), number(standing["claimed"]), content.link(PROCEDURES, state="claimed", **own)),
        Figure(_("Registered"), number(standing["registered"]), content.link(PROCEDURES, **own)),
    ]
    in_use = Cell(figures[0].value, figures[0].href)
    said = ngettext("%(count)s procedure in use.", "%(count)s procedures in use.", standing["in_use"])
    parts: dict[str, str | Cell] = {"count": in_use}
    if target is not None:
        said = _("%(count)s of %(target)s procedures in use; the target is due on %(day)s.")
        parts |= {"target": _target(content, target), "day": day_words(target["due_on"])}
    return Section(_("Where the programme stands"), [sentence(said, "lead", **parts), Figures(figures)])


def next_target(content: Content) -> Any:
    """The next line to reach on the report's day; after the last one has passed, that one."""
    lines = content.data.get("targets", [])
    ahead = [line for line in lines if line["due_on"] >= content.day.isoformat()]
    return ahead[0] if ahead else (lines[-1] if lines else None)


def movement(content: Content) -> Section:
    """Opening + begun - ended = closing, then every procedure by name."""
    found = content.data["movement"]
    figures = [
        Figure(_("In use at the start"), number(found["opening"])),
        Figure(_("Begun"), number(len(found["begun"]))),
        Figure(_("Ended"), number(len(found["ended"]))),
        Figure(
            _("In use at the end"), number(found["closing"]), content.link(PROCEDURES, state="in_use", **content.own())
        ),
    ]
    rows = [
        [_procedure(content, row), Cell(row["department"]), Cell(words)]
        for words, listed in ((_("begun"), found["begun"]), (_("ended"), found["ended"]))
        for row in listed
    ]
    table = Table(
        [_("Procedure"), _("Department"), _("What happened")], rows, nothing=_("No procedure came into use or left it.")
    )
    also = _("Also in the period: %(claimed)s claimed, %(verified)s verified.") % {
        "claimed": number(len(found["claimed"])),
        "verified": number(len(found["verified"])),
    }
    return Section(_("What changed in the period"), [Figures(figures), table, Sentence(also)])


def departments(content: Content) -> Section:
    rows = [
        cells(
            f"{row['code']} {name(row['name'])}",
            *(_count(content, row, one) for one in COUNTED),
            Cell(number(row["registered"]), content.link(PROCEDURES, department=row["safe"], own="yes")),
        )
        for row in content.data["standing"]["departments"]
    ]
    standing = content.data["standing"]
    whole = [Cell(number(standing[one]), content.link(PROCEDURES, state=one)) for one in COUNTED]
    registered = Cell(number(standing["registered"]), content.link(PROCEDURES))
    rows.append(cells(_("All departments"), *whole, registered))
    head = [_("Department"), _("In use"), _("Verified"), _("Claimed"), _("Registered")]
    return Section(_("By department"), [Table(head, rows, right=[1, 2, 3, 4], total=True)])


def curve(content: Content) -> Section:
    """The S-curve: plan and actual by month, with the lines to reach."""
    rows = content.data["curve"]
    title = _("Plan and actual")
    if not rows:
        return Section(title, [Sentence(_("Nothing was planned or recorded by then."), "quiet")])
    table = Table(
        [_("At the end of"), _("Plan"), _("In use")],
        [cells(day_words(row["on"]), number(row["plan"]), number(row["in_use"])) for row in rows],
        right=[1, 2],
    )
    figure = figures.s_curve(
        actual=[Point(_day(row["on"]), row["in_use"]) for row in rows if row["in_use"] is not None],
        plan=[Point(_day(row["on"]), row["plan"]) for row in rows],
        targets=[TargetLine(line["value"], _day(line["due_on"])) for line in content.data["targets"]],
        today=content.day,
        last=_day(rows[-1]["on"]),
    )
    summary = _("Procedures planned and in use, month by month.")
    return Section(title, [Chart(_finding(content), summary, figure, table)])


def _finding(content: Content) -> str:
    planned = next(row["plan"] for row in content.data["curve"] if row["on"] == content.day.isoformat())
    gap = content.data["standing"]["in_use"] - planned
    if gap == 0:
        return _("On the plan")
    words = _("%(gap)s ahead of the plan") if gap > 0 else _("%(gap)s behind the plan")
    return words % {"gap": number(abs(gap))}


def overdue(content: Content, most: int | None = None) -> Section:
    """Procedures past their planned day, the longest overdue first."""
    found = content.data["overdue"]
    rows = [_late(content, row) for row in found[:most]]
    head = [_("Procedure"), _("Department"), _("Planned for"), _("Days overdue")]
    opens = content.link(PROCEDURES, change="overdue", **content.own())
    said = ngettext(
        "%(count)s procedure is past its planned day.", "%(count)s procedures are past their planned day.", len(found)
    )
    if len(rows) < len(found):
        said = _("%(count)s procedures are past their planned day; the %(shown)s longest overdue are shown.")
    table = Table(head, rows, right=[3], nothing=_("No procedure is past its planned day."))
    told = sentence(said, count=Cell(number(len(found)), opens), shown=number(len(rows)))
    return Section(_("What threatens the target"), [*([told] if found else []), table])


def _late(content: Content, row: Any) -> list[Cell]:
    named = _procedure(content, row)
    return [named, *cells(row["department"], day_words(row["planned_on"]), Cell(number(row["days"]), named.href))]


def longest_overdue(content: Content) -> Section:
    return overdue(content, FIRST_ROWS)


def pipeline(content: Content) -> Section:
    rows = [
        cells(
            str(Stage(row["stage"]).label),
            Cell(
                number(row["count"]),
                content.link("projects:project-list", stage=row["stage"] or "not_stated"),
            ),
        )
        for row in content.data["pipeline"]
    ]
    return Section(_("Projects by stage"), [Table([_("Stage"), _("Projects")], rows, right=[1])])


def money(content: Content) -> Section:
    found = content.data["money"]
    year = f"{found['financial_year']}-{(found['financial_year'] + 1) % 100:02d}"
    opens = _money(content, found["financial_year"])
    figures = [
        Figure(_("Committed in %(year)s") % {"year": year}, amount(found["committed"]), opens),
        Figure(_("Spent in %(year)s") % {"year": year}, amount(found["spent"]), opens),
    ]
    if found["envelope"] is not None:
        figures.insert(0, Figure(_("Voted for %(year)s") % {"year": year}, amount(found["envelope"]), opens))
    return Section(_("Money"), [Figures(figures)])


def _money(content: Content, financial_year: int) -> str:
    """The envelopes of the year with their sums; of one department the requests that hold money of that year."""
    if content.department is None:
        return content.link("funding:money-index") + f"#year-{financial_year}"
    held = {"committed_in": str(financial_year), "department": content.department["safe"]}
    return content.link("funding:request-list", **held)


def decisions(content: Content) -> Section:
    rows = [
        cells(
            Cell(
                f"{row['reference']} {name(row['title'])}",
                today("funding:request-detail", row["reference"]),
            ),
            row["department"],
            str(Tier(row["tier"]).label),
            str(Outcome(row["outcome"]).label),
            Cell(amount(row["amount"]), today("funding:request-detail", row["reference"])),
        )
        for row in content.data["decisions"]
    ]
    head = [_("Request"), _("Department"), _("Tier"), _("Outcome"), _("Amount")]
    table = Table(head, rows, right=[4], nothing=_("No decision was published in the period."))
    return Section(_("Decisions published"), [table])


def kpis(content: Content) -> Section:
    """How many KPIs have the reading that is due, and which have not."""
    found = content.data["kpis"]
    figures = [
        Figure(_("KPIs"), number(found["total"]), _kpis(content)),
        Figure(_("Readings due"), number(found["due"])),
        Figure(_("There and verified"), number(found["have"]), _kpis(content, freshness=THERE)),
    ]
    rows = [
        [
            Cell(
                f"{row['reference']} {name(row['name'])}",
                today("kpis:kpi-detail", row["reference"]),
            ),
            *cells(row["department"], words),
        ]
        for words, listed in ((_("stale"), found["stale"]), (_("reading missing"), found["missing"]))
        for row in listed
    ]
    table = Table([_("KPI"), _("Department"), _("What is wrong")], rows, nothing=_("No reading is missing."))
    return Section(_("KPIs and their readings"), [Figures(figures), table])


def _kpis(content: Content, **state: str) -> str:
    """The board of KPIs, which tells the past."""
    of = {"department": content.department["code"]} if content.department else {}
    return content.link("dashboards:kpi-board", **of, **state)


def completeness(content: Content) -> Section:
    """Coverage and warnings, so that nobody takes a gap for a zero."""
    own, coverage = content.own(), content.raw["coverage"]
    said = [_warning(content, one) for one in content.warnings]
    if (claims := coverage.get("claims")) is not None:
        have = Cell(number(claims["have"]), content.link(PROCEDURES, state="verified", **own))
        due = Cell(number(claims["due"]), content.link(PROCEDURES, state="claimed", **own))
        words = _("%(have)s of %(due)s claims are verified.") if claims["due"] else _("Nothing is claimed yet.")
        said.append(sentence(words, have=have, due=due))
    if (kpis := coverage.get("kpis")) is not None:
        have = Cell(number(kpis["have"]), _kpis(content, freshness=THERE))
        words = (
            _("%(have)s of %(due)s KPIs have the reading that is due.")
            if kpis["due"]
            else _("No KPI has a reading due yet.")
        )
        said.append(sentence(words, have=have, due=number(kpis["due"])))
    known = _("Figures of %(day)s, as known at ledger position %(position)s.") % {
        "day": day_words(content.day),
        "position": number(content.raw["position"]),
    }
    quiet = [Sentence(known, "quiet")]
    if content.knows_later_facts:
        quiet.append(Sentence(_later_words(content), "quiet"))
    return Section(_("How complete it is"), [*said, *quiet])


def _later_words(content: Content) -> str:
    """What its lists cannot show."""
    words = _(
        "The lists behind the figures show what was known at the end of %(day)s;"
        " this report also holds what was learned until %(instant)s."
    )
    return words % {"day": day_words(content.day), "instant": instant_words(content.known_before)}


def _warning(content: Content, warning: Any) -> Sentence:
    """How many lack something, with their list."""
    code, count = warning["code"], warning["count"]
    lists = {
        "claims.unverified": content.link(PROCEDURES, state="unverified", **content.own()),
        "kpis.stale": _kpis(content, freshness="stale"),
    }
    return sentence(_warning_words(code, count), count=Cell(number(count), lists.get(code, "")))


def _warning_words(code: str, count: int) -> str:
    words: dict[str, str] = {
        "claims.unverified": ngettext(
            "%(count)s claim is not verified yet.", "%(count)s claims are not verified yet.", count
        ),
        "kpis.stale": ngettext("%(count)s KPI is stale.", "%(count)s KPIs are stale.", count),
        "kpis.missing": ngettext(
            "%(count)s KPI lacks the reading that is due.", "%(count)s KPIs lack the reading that is due.", count
        ),
        "period.running": _("The period is not over: the figures are those of its last day so far."),
    }
    return words[code]


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _procedure(content: Content, row: Any) -> Cell:
    return Cell(f"{row['reference']} {name(row['name'])}", content.link(PROCEDURE, row["reference"]))


def _count(content: Content, row: Any, state: str) -> Cell:
    return Cell(number(row[state]), content.link(PROCEDURES, state=state, department=row["safe"], own="yes"))


def position(content: Content) -> Section:
    """The position at 31 March of approved systems, and the yearly return issued of it."""
    found = content.data["position"]
    head = [
        _("Request"),
        _("Department"),
        _("Envelope"),
        _("Opening (HK$)"),
        _("Committed (HK$)"),
        _("Spent (HK$)"),
        _("Carried over (HK$)"),
        _("Closing (HK$)"),
    ]
    names = ("opening", "committed", "spent", "carried", "closing")
    rows = [
        cells(
            Cell(row["request"], today("funding:request-detail", row["request"])),
            row["department"],
            row["envelope"],
            *(amount(row[one]) for one in names),
        )
        for row in found["rows"]
    ]
    if rows:
        rows.append(cells(_("Total"), "", "", *(amount(found["total"][one]) for one in names)))
    table = Table(head, rows, right=range(3, 8), nothing=_("No money was committed in the year."), total=True)
    said = _("No yearly return of this financial year is issued yet.")
    if found["issued_return"]:
        said = _("Yearly return %(reference)s is issued of this financial year.") % {
            "reference": found["issued_return"]
        }
    return Section(_("Position at 31 March of approved systems"), [Sentence(said), table])


def tiers(content: Content) -> Section:
    """What each body decided in the period, and for how much."""
    rows = []
    for tier in Tier:
        decided = [row for row in content.data["decisions"] if row["tier"] == tier.value]
        granted = sum((Decimal(row["amount"]) for row in decided), Decimal("0.00"))
        rows.append(cells(str(tier.label), number(len(decided)), amount(f"{granted:.2f}")))
    table = Table([_("Tier"), _("Decisions made"), _("Amount")], rows, right=[1, 2])
    return Section(_("Decisions by tier"), [table])


def _target(content: Content, line: Any) -> Cell:
    """A line to reach, which opens its page."""
    return Cell(number(line["value"]), content.link("projects:target-detail", line["due_on"]))


def indicators(content: Content) -> Section:
    """Each line of the Policy Address to reach, how far it is, and when it is due."""
    standing = content.data["standing"]
    opens = content.link(PROCEDURES, state="in_use")
    rows = [
        cells(
            _("Procedures in use"),
            _target(content, row),
            Cell(number(standing["in_use"]), opens),
            Cell(f"{100 * standing['in_use'] / row['value']:.1f}%", opens),
            day_words(row["due_on"]),
        )
        for row in content.data["targets"]
    ]
    head = [_("Indicator"), _("Target"), _("Reached"), _("Share reached"), _("Due")]
    table = Table(head, rows, right=[1, 2, 3], nothing=_("No target is set."))
    return Section(_("Policy Address indicators"), [table])


def question(content: Content) -> Section:
    """The Council's question as it was asked, before the figures that answer it."""
    asked = content.raw["question"]
    return Section(_("Question %(number)s") % {"number": asked["number"]}, [Sentence(name(asked))])
