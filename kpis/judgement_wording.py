"""Sentences on what is judged of a KPI: its colour, its usual range, its outlook, the effect of going live."""

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.errors import Text
from kpis.numbers import shown
from kpis.rules.effect import LEFT_OUT, Verdict
from kpis.rules.outlook import Prospect
from kpis.rules.rag import Rag
from kpis.rules.values import Formula

if TYPE_CHECKING:
    from kpis.selectors import Effect, History

RAG: dict[Rag, Text] = {
    Rag.GREEN: pgettext_lazy("KPI", "green: on the way to the target"),
    Rag.AMBER: pgettext_lazy("KPI", "amber: behind"),
    Rag.RED: pgettext_lazy("KPI", "red: far behind"),
    Rag.STALE: pgettext_lazy("KPI", "stale"),
    Rag.NONE: pgettext_lazy("KPI", "nothing to judge by"),
}
RAG_TONES = {Rag.GREEN: "good", Rag.AMBER: "warning", Rag.RED: "bad", Rag.STALE: "none", Rag.NONE: "none"}


class HasRag(Protocol):
    @property
    def rag(self) -> Rag: ...


class RagInWords:
    """What has a colour says it in words, and how a badge shows it."""

    __slots__ = ()

    @property
    def rag_words(self: HasRag) -> Text:
        return RAG[self.rag]

    @property
    def rag_tone(self: HasRag) -> str:
        return RAG_TONES[self.rag]


def usual_sentence(history: "History") -> str:
    """The range of chance and what left it; empty while too few readings say what is usual."""
    usual = history.usual
    if usual is None:
        return ""
    count = len(history.signals)
    facts = {"low": measured(usual.low), "high": measured(usual.high, history.unit), "count": count}
    facts["basis"] = len(history.basis)
    return (
        ngettext(
            "%(low)s to %(high)s, from %(basis)d readings; %(count)d later reading is not chance.",
            "%(low)s to %(high)s, from %(basis)d readings; %(count)d later readings are not chance.",
            count,
        )
        % facts
    )


PROSPECTS: dict[Prospect, Text] = {
    Prospect.MET_AT_BASELINE: _("The baseline already met the target of %(target)s."),
    Prospect.ON_COURSE: _(
        "On course: at its pace since the baseline, %(pace)s a year, it comes to %(expected)s by %(day)s;"
        " the target is %(target)s."
    ),
    Prospect.TOO_SLOW: _(
        "Too slow: at its pace since the baseline, %(pace)s a year, it comes to %(expected)s by %(day)s, short of the"
        " target of %(target)s; that takes %(required)s a year."
    ),
    Prospect.MOVING_AWAY: _(
        "Moving away from the target: %(pace)s a year since the baseline, where the target of %(target)s by %(day)s"
        " takes %(required)s a year."
    ),
}


def outlook_sentence(history: "History") -> str:
    """Where the KPI is heading; empty where there is nothing to judge by."""
    found, target = history.outlook, history.target
    if found is None:
        return ""
    if found.prospect is None or target is None:
        return str(_("%(pace)s a year since the baseline; no target is set.")) % {"pace": moved(100 * found.pace, "%")}
    facts = {
        "target": shown(target.value, history.unit),
        "day": date_format(target.due_on),
        "pace": moved(100 * found.pace, "%"),
        "required": moved(100 * (found.required or 0), "%"),
        "expected": measured(found.expected or 0, history.unit),
    }
    return str(PROSPECTS[found.prospect]) % facts


VERDICTS: dict[Verdict, Text] = {
    Verdict.IMPROVED: pgettext_lazy("effect", "improved"),
    Verdict.NO_CLEAR_CHANGE: pgettext_lazy("effect", "no clear change"),
    Verdict.WORSE: pgettext_lazy("effect", "worse"),
    Verdict.TOO_EARLY: pgettext_lazy("effect", "too early to say"),
}
VERDICT_TONES = {
    Verdict.IMPROVED: "good",
    Verdict.NO_CLEAR_CHANGE: "none",
    Verdict.WORSE: "bad",
    Verdict.TOO_EARLY: "waiting",
}
MOVED: dict[bool, Text] = {
    True: _(
        "%(name)s: %(size)s higher since going live on %(day)s than it would otherwise have been"
        " (95%% interval: %(near)s to %(far)s higher), %(verdict)s."
    ),
    False: _(
        "%(name)s: %(size)s lower since going live on %(day)s than it would otherwise have been"
        " (95%% interval: %(near)s to %(far)s lower), %(verdict)s."
    ),
}
WITHIN_CHANCE = _(
    "%(name)s: no clear change since going live on %(day)s. It moved by %(size)s against what was to be expected,"
    " and the 95%% interval from %(low)s to %(high)s includes no change."
)
GONE_WITHOUT_LAST = _(
    "%(name)s: no clear change since going live on %(day)s. It moved by %(size)s, but not once the %(count)d readings"
    " just before are left out; they may only have been unusual."
)


def effect_sentence(effect: "Effect") -> str:
    """The verdict as one sentence for somebody who has no time, with its interval or what it still lacks."""
    facts: dict[str, object] = {"day": date_format(effect.went_live_on), "name": effect.kpi.title}
    found = effect.estimate
    if found is None:
        return too_early_sentence(effect) % facts
    is_percentage = effect.kpi.definition.formula == Formula.PERCENTAGE
    unit = _("percentage points") if is_percentage else effect.history.unit
    whole = found.effect
    if effect.verdict is Verdict.NO_CLEAR_CHANGE:
        facts |= {"size": moved(whole.middle, str(unit)), "low": moved(whole.low), "high": moved(whole.high)}
        facts["count"] = LEFT_OUT
        return str(GONE_WITHOUT_LAST if whole.excludes_zero else WITHIN_CHANCE) % facts
    near, far = sorted((abs(whole.low), abs(whole.high)))
    facts |= {"size": measured(abs(whole.middle), str(unit)), "near": measured(near), "far": measured(far)}
    facts["verdict"] = VERDICTS[effect.verdict]
    return str(MOVED[whole.low > 0]) % facts


def too_early_sentence(effect: "Effect") -> str:
    """How many readings are lacking on which side, with places for the day and the name."""
    before, after = effect.missing.before, effect.missing.after
    if before and after:
        text = str(
            _(
                "Too early to say what going live on %(day)s changed: %(before)d more readings from before it"
                " and %(after)d from after it are needed."
            )
        )
    elif before:
        text = ngettext(
            "What going live on %(day)s changed cannot be said: %(before)d more reading from before it is needed.",
            "What going live on %(day)s changed cannot be said: %(before)d more readings from before it are needed.",
            before,
        )
    else:
        text = ngettext(
            "Too early to say what going live on %(day)s changed: %(after)d more reading is needed.",
            "Too early to say what going live on %(day)s changed: %(after)d more readings are needed.",
            after,
        )
    return text.replace("%(before)d", str(before)).replace("%(after)d", str(after))


def held_constant(effect: "Effect") -> str:
    """What besides going live the estimate allows for."""
    found = effect.estimate
    allowed = [str(_("the trend before"))]
    if found is not None and found.has_season:
        allowed.append(str(_("the season")))
    if effect.compared:
        count = len(effect.compared)
        allowed.append(
            ngettext("%(count)d unit that had not started", "%(count)d units that had not started", count)
            % {"count": count}
        )
    return str(_(", ")).join(allowed)


def measured(value: float, unit: str = "") -> str:
    return shown(Decimal(str(round(value, 2))), unit)


def moved(value: float, unit: str = "") -> str:
    """With its sign; a minus as long as the plus."""
    return ("+" if value >= 0 else "−") + measured(abs(value), unit)
