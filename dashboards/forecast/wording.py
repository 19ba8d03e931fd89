"""The forecast in words, whole and translatable. They say the numbers; they work none out."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import Text
from dashboards.figures import day_words
from dashboards.forecast.selectors import Outlook
from dashboards.rules.outlook import TargetOutlook
from dashboards.rules.phases import Phase, Step, Timing
from dashboards.rules.rates import LEAST_MOVES, Basis
from dashboards.rules.reference import State

PHASES: dict[Phase, Text] = {
    Phase.IDEA: gettext_lazy("project at idea"),
    Phase.ASSESSED: gettext_lazy("project assessed"),
    Phase.APPROVED: gettext_lazy("project approved"),
    Phase.PILOT: gettext_lazy("project in pilot"),
    Phase.READY: gettext_lazy("past the go-live gate, not claimed"),
    Phase.CLAIMED: gettext_lazy("claimed, not yet in use"),
}
STEPS: dict[Step, Text] = {
    Step(Phase.IDEA): gettext_lazy("Idea to assessed"),
    Step(Phase.ASSESSED): gettext_lazy("Assessed to approved"),
    Step(Phase.APPROVED): gettext_lazy("Approved to pilot"),
    Step(Phase.PILOT): gettext_lazy("Pilot to past the go-live gate"),
    Step(Phase.READY, Timing.AHEAD): gettext_lazy("Past the gate to claimed, planned day still ahead"),
    Step(Phase.READY, Timing.DUE): gettext_lazy("Past the gate to claimed, planned day come"),
    Step(Phase.READY, Timing.NONE): gettext_lazy("Past the gate to claimed, no planned day"),
    Step(Phase.CLAIMED): gettext_lazy("Claimed to verified and in use"),
}
STATES: dict[State, Text] = {
    State.INITIATION: gettext_lazy("Initiation"),
    State.DEVELOPMENT: gettext_lazy("Development and acquisition"),
    State.IMPLEMENTATION: gettext_lazy("Implementation"),
    State.IN_USE: gettext_lazy("In use"),
}


def percent(share: float) -> str:
    """A chance in whole percent; what the futures cannot tell from never and from certain says so."""
    if share < 0.01:
        return _("under 1%")
    if share > 0.99:
        return _("over 99%")
    return f"{share:.0%}"


def chance(target: TargetOutlook) -> str:
    return _("%(chance)s chance of reaching %(value)s by %(day)s") % {
        "chance": percent(target.chance),
        "value": target.goal.value,
        "day": day_words(target.goal.due_on),
    }


def sentence(found: Outlook) -> str:
    """ "41% chance of reaching 100 by 31 Dec 2026; 12% chance of reaching 200 by 31 Dec 2027." """
    if not found.is_given:
        return _("No probability can be given yet.")
    if not found.targets:
        return _("No target lies ahead.")
    return capfirst(_("%(parts)s.") % {"parts": _("; ").join(chance(target) for target in found.targets)})


def why_none() -> str:
    return _(
        "There are no reference rates, and fewer than %(least)s steps forward have been recorded here: nothing tells"
        " how long a step takes."
    ) % {"least": LEAST_MOVES}


def rests_on(found: Outlook) -> str:
    """What the rates come from, named."""
    moves = sum(row.moves for row in found.steps)
    if found.basis is Basis.REFERENCE:
        return _(
            "No step has been recorded here yet, so the speeds are reference rates: how AI use cases of the United"
            " States' federal inventory of 2023 stood in that of 2024."
        )
    own = ngettext(
        "Speeds are learned from %(moves)s step recorded here.",
        "Speeds are learned from %(moves)s steps recorded here.",
        moves,
    ) % {"moves": f"{moves:,}"}
    if found.basis is Basis.OWN:
        return own
    leaning = sum(row.uses_reference for row in found.steps)
    return _("%(own)s %(leaning)s") % {
        "own": own,
        "leaning": ngettext(
            "%(count)s kind of step with fewer than ten leans on reference rates: the United States' federal"
            " inventories of AI use cases of 2023 and 2024.",
            "%(count)s kinds of step with fewer than ten lean on reference rates: the United States' federal"
            " inventories of AI use cases of 2023 and 2024.",
            leaning,
        )
        % {"count": leaning},
    }


def lapses(found: Outlook) -> str:
    if not found.attested + found.lapsed:
        return _("No procedure has come to its day of attestation yet: none is expected to lapse.")
    return _("Attested again in time: %(attested)s; lapsed: %(lapsed)s. The same share is expected to lapse.") % {
        "attested": found.attested,
        "lapsed": found.lapsed,
    }


def likely(day: date | None, horizon: date) -> str:
    return day_words(day) if day else _("not by %(day)s") % {"day": day_words(horizon)}


def starts(target: TargetOutlook) -> str:
    """How many more starts today would make it 80% likely."""
    if target.starts_needed is None:
        return _("no number of new starts would do: they come too late")
    if target.starts_needed == 0:
        return _("none")
    return ngettext("%(count)s more", "%(count)s more", target.starts_needed) % {"count": f"{target.starts_needed:,}"}


def span(days: float) -> str:
    """A time in days up to two months, in months up to two years, then in years."""
    if days < 61:
        return ngettext("%(count)s day", "%(count)s days", round(days)) % {"count": round(days)}
    if days < 731:
        return _("%(count)s months") % {"count": f"{days / 30.4375:.1f}"}
    if days > 3653:
        return _("over 10 years")
    return _("%(count)s years") % {"count": f"{days / 365.25:.1f}"}


def points(share: float) -> str:
    """Percentage points of chance."""
    told = 100 * share
    return (
        _("under 1 point")
        if 0 < told < 1
        else ngettext("%(count)s point", "%(count)s points", round(told)) % {"count": round(told)}
    )
