"""Where in a report a figure stands, and what it said, as its reader would say it: no name of a field is shown."""

from collections.abc import Mapping, Sequence
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import Text
from funding.models import Outcome, Tier
from projects.models import Stage
from reports.rules.differences import Difference
from reports.telling import NOTHING, amount, day_words, name, number

SECTIONS: dict[str, Text] = {
    "standing": gettext_lazy("Where the programme stands"),
    "targets": gettext_lazy("Targets"),
    "curve": gettext_lazy("In use against the plan"),
    "pipeline": gettext_lazy("Projects by stage"),
    "movement": gettext_lazy("Movement of procedures"),
    "overdue": gettext_lazy("Overdue procedures"),
    "money": gettext_lazy("Money of the financial year"),
    "decisions": gettext_lazy("Decisions published"),
    "position": gettext_lazy("Position at 31 March"),
    "kpis": gettext_lazy("Completeness of KPIs"),
}
LISTS: dict[tuple[str, str], Text] = {
    ("standing", "departments"): gettext_lazy("departments"),
    ("standing", "unverified"): gettext_lazy("claims not verified yet"),
    ("movement", "begun"): gettext_lazy("procedures that began to be in use"),
    ("movement", "ended"): gettext_lazy("procedures no longer in use"),
    ("movement", "verified"): gettext_lazy("procedures verified"),
    ("movement", "claimed"): gettext_lazy("procedures claimed"),
    ("kpis", "stale"): gettext_lazy("KPIs with stale readings"),
    ("kpis", "missing"): gettext_lazy("KPIs without a reading"),
    ("position", "rows"): gettext_lazy("approved systems"),
    ("position", "by_department"): gettext_lazy("departments"),
}
ROWS = frozenset({"targets", "curve", "pipeline", "overdue", "decisions"})  # sections that are one list
TOTAL = gettext_lazy("all systems together")
FIGURES: dict[str, Text] = {
    "registered": gettext_lazy("procedures registered"),
    "claimed": gettext_lazy("procedures claimed"),
    "verified": gettext_lazy("procedures verified"),
    "in_use": gettext_lazy("procedures in use"),
    "plan": gettext_lazy("procedures planned to be in use"),
    "opening": gettext_lazy("in use at the beginning"),
    "closing": gettext_lazy("in use at the end"),
    "value": gettext_lazy("number to reach"),
    "count": gettext_lazy("number of projects"),
    "days": gettext_lazy("days overdue"),
    "planned_on": gettext_lazy("planned day"),
    "due_on": gettext_lazy("due day"),
    "on": gettext_lazy("day"),
    "total": gettext_lazy("KPIs measured"),
    "due": gettext_lazy("KPIs with a reading due"),
    "have": gettext_lazy("KPIs with a verified reading"),
    "financial_year": gettext_lazy("financial year"),
    "envelope": gettext_lazy("envelope"),
    "committed": gettext_lazy("money committed"),
    "spent": gettext_lazy("money spent"),
    "carried": gettext_lazy("money carried over"),
    "issued_return": gettext_lazy("number of the issued return"),
    "request": gettext_lazy("request"),
    "reference": gettext_lazy("reference"),
    "name": gettext_lazy("name"),
    "title": gettext_lazy("title"),
    "department": gettext_lazy("department"),
    "project": gettext_lazy("project"),
    "code": gettext_lazy("code of the department"),
    "safe": gettext_lazy("code of the department"),
    "stage": gettext_lazy("stage"),
    "tier": gettext_lazy("who decided"),
    "outcome": gettext_lazy("outcome"),
    "amount": gettext_lazy("amount"),
}
BALANCES: dict[str, Text] = {  # what the position means by these two
    "opening": gettext_lazy("opening balance"),
    "closing": gettext_lazy("closing balance"),
}
LANGUAGES: dict[str, Text] = {
    "en": pgettext_lazy("language of a text", "in English"),
    "zh_hant": pgettext_lazy("language of a text", "in Traditional Chinese"),
    "zh_hans": pgettext_lazy("language of a text", "in Simplified Chinese"),
}
CODES: dict[str, Mapping[str, Text]] = {
    "stage": dict(Stage.choices),
    "tier": dict(Tier.choices),
    "outcome": dict(Outcome.choices),
}
AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def place_words(place: Sequence[str]) -> str:
    """`standing.departments.IMMD.in_use` as “Where the programme stands: procedures in use of IMMD”."""
    section, rest = place[0], list(place[1:])
    told: dict[str, Any] = {"section": SECTIONS[section]}
    if not rest:
        return str(told["section"])
    listed: Text | None = None
    if section in ROWS:
        row = rest.pop(0)
    elif (section, rest[0]) in LISTS:
        listed = LISTS[section, rest.pop(0)]
        if not rest:
            return _("%(section)s: the list of %(list)s") % (told | {"list": listed})
        row = rest.pop(0)
    elif (section, rest[0]) == ("position", "total"):
        rest, row = rest[1:], ""
    else:
        return _("%(section)s: %(figure)s") % (told | {"figure": _figure(section, rest)})
    told["row"] = _row(section, row) if row else TOTAL
    if rest:
        return _("%(section)s: %(figure)s of %(row)s") % (told | {"figure": _figure(section, rest)})
    if listed is not None:
        return _("%(section)s: %(row)s in the list of %(list)s") % (told | {"list": listed})
    return _("%(section)s: %(row)s") % told


def _figure(section: str, names: Sequence[str]) -> str:
    said = str((FIGURES | BALANCES if section == "position" else FIGURES)[names[0]])
    return f"{said} ({LANGUAGES[names[1]]})" if len(names) > 1 else said


def _row(section: str, named: str) -> str:
    """What names a row: its references and codes as they are, its days and stages in words."""
    if section == "pipeline":
        return str(CODES["stage"].get(named, CODES["stage"][""]))
    return " · ".join(day_words(part) if DAY.fullmatch(part) else part for part in named.split("/"))


def told(one: Difference) -> tuple[str, str, str]:
    """The place, what it said and what it says now."""
    return place_words(one.place), value_words(one, one.before), value_words(one, one.after)


def value_words(difference: Difference, value: Any) -> str:
    """A figure, a day, an amount or a coded word as the report would print it; a row by its name."""
    field = difference.place[-1]
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):
        texts = value.get("name") or value.get("title")
        said = [str(value.get("reference") or value.get("code") or "")] + ([name(texts)] if texts else [])
        return " ".join(filter(None, said)) or "; ".join(
            f"{FIGURES[key]} {_plain(key, one)}" for key, one in value.items() if key in FIGURES
        )
    return _plain(field, value)


def _plain(field: str, value: Any) -> str:
    if field in CODES:
        return str(CODES[field].get(value, value))
    if isinstance(value, int) and field != "financial_year":
        return number(value)
    text = str(value) if value is not None else NOTHING
    if AMOUNT.fullmatch(text):
        return amount(text)
    return day_words(text) if DAY.fullmatch(text) else text
