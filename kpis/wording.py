"""Sentences that pages, charts and API say alike: findings, freshness, and why something was not taken."""

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from kpis.numbers import shown
from kpis.rules import periods
from kpis.rules.freshness import Coverage, Freshness
from kpis.rules.intake import CORRECTION, JUMP, LOCKED, OUTSIDE_LIMITS, UNLIKELY
from kpis.rules.judgement import Change, Standing, change

if TYPE_CHECKING:
    from kpis.models import CollectionRun
    from kpis.selectors import History

MOST_NAMED = 6  # missing periods that are named one by one
SENTENCES: dict[str, Text] = {
    "address.scheme": _("Only addresses that begin with https:// are collected."),
    "address.userinfo": _("The address must not carry a user name or password."),
    "address.host": _("The address must name a registered host and port, in plain letters."),
    "address.port": _("The port is not a number."),
    "address.literal": _("This spelling of a numeric address is not taken."),
    "address.forbidden": _("This address is never called."),
    "address.network": _("The address does not lie in the registered networks."),
    "redirect": _("The source answered with a redirect, which is never followed."),
    "http.status": _("The source answered with an error."),
    "host.away": _("Its host did not answer ten times in a row; it is asked once in fifteen minutes until it does."),
    "retry": _("The source asks to be called later."),
    "content.type": _("The source did not answer in the agreed format."),
    "csv.malformed": _("The answer is not a table in CSV."),
    "page.loop": _("A page names one as the next that was read already."),
    "page.many": _("The answer has more pages than are read."),
    "page.elsewhere": _("A page names the next one on another host."),
    "secret.sealed": _("The secret of the source cannot be read any more; enter it anew."),
    "content.encoding": _("The answer's encoding cannot be read."),
    "size": _("The answer is larger than is read."),
    "tls": _("The source's certificate is not trusted."),
    "timeout": _("The source did not finish in time."),
    "unreachable": _("The source could not be reached."),
    "unresolved": _("The source's host name was not found."),
    "broken_off": _("The source broke off before the end."),
    "killed": _("The worker was stopped three times during this run."),
    "json.malformed": _("The answer is not well-formed JSON."),
    "json.depth": _("The answer is nested too deeply."),
    "json.duplicate_key": _("The answer uses one name twice in the same object."),
    "schema": _("The answer's columns are not those that were approved."),
    "scope": _("The answer names a KPI that is not this source's."),
    "conflict": _("The answer gives two values for one period."),
    "period.format": _("The period is not the first day of one of this KPI's periods."),
    "observed.before_start": _("The period lies before the first one that is measured."),
    "observed.future": _("The period has not ended yet."),
    "period.locked": _("This period is locked. The AI Efficacy Enhancement Team opens it again."),
    "value.type": _("The value is not a plain number such as 1234.5."),
    "value.precision": _("At most six decimals are taken."),
    "value.parts": _("This KPI takes either a value, or a numerator and a denominator."),
    "value.denominator": _("The denominator cannot be this number."),
    "value.range": _("The value lies outside what this KPI can be."),
    "cell.unknown": _("This is not one of the groups that the KPI is told apart by."),
    "path.format": _("This is not a path into a JSON document that begins with a name."),
}


# What a push is told: its sender reads these, not the owner of a document that we fetched.
PUSHED: dict[str, Text] = {
    "push.shape": _('Send {"readings": […]} and nothing beside it.'),
    "push.empty": _("The push holds no reading."),
    "bulk.limit": _("At most 1,000 readings can be sent at once."),
    "json.malformed": _("The body is not well-formed JSON."),
    "json.depth": _("The JSON is nested too deeply."),
    "json.duplicate_key": _("A name appears twice in the same JSON object."),
    "reading.shape": _("A reading has a kpi, a period or an observed instant, and its value or its two parts."),
    "scope": _("This source reports no such KPI."),
    "conflict": _("This push gives two values for this period."),
    "observed.offset": _("The instant is not written with its offset, such as 2026-10-31T23:00:00+08:00."),
}


TARGETS: dict[str, Text] = {
    "target.twice": _("This period is named twice."),
    "target.count": _("Name between one and 120 periods."),
}


def target_sentence(code: str) -> Text:
    return TARGETS.get(code) or refusal_sentence(code)


def at_line(place: str, sentence: Text) -> Text:
    """A sentence about one line of several, where the line is known."""
    if not place:
        return sentence
    return str(_("Line %(place)s: %(sentence)s")) % {"place": place, "sentence": sentence}


def push_sentence(code: str) -> Text:
    return PUSHED.get(code) or refusal_sentence(code)


def refusal_sentence(code: str) -> Text:
    return SENTENCES.get(code, _("The source's answer was not taken."))


def run_sentence(run: "CollectionRun") -> Text:
    """Why a run refused what it did, to the one who reads about it; empty when nothing was refused."""
    if not run.reason:
        return ""
    return push_sentence(run.reason) if run.is_push else refusal_sentence(run.reason)


def lasted(seconds: int) -> str:
    """A stretch of time in its largest unit of which there are at least two."""
    if seconds < 120:
        return ngettext("%(seconds)s second", "%(seconds)s seconds", seconds) % {"seconds": seconds}
    if seconds < 7_200:
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", seconds // 60) % {"minutes": seconds // 60}
    return ngettext("%(hours)s hour", "%(hours)s hours", seconds // 3_600) % {"hours": f"{seconds // 3_600:,}"}


FRESHNESS: dict[Freshness, Text] = {
    Freshness.FRESH: pgettext_lazy("KPI", "up to date"),
    Freshness.LATE: pgettext_lazy("KPI", "one period late"),
    Freshness.STALE: pgettext_lazy("KPI", "stale"),
    Freshness.UNMOVED: pgettext_lazy("KPI", "stale: always the same value"),
    Freshness.NONE: pgettext_lazy("KPI", "no reading yet, one is due"),
    Freshness.NOT_DUE: pgettext_lazy("KPI", "no reading is due yet"),
}
FRESHNESS_TONES = {
    Freshness.FRESH: "good",
    Freshness.LATE: "warning",
    Freshness.STALE: "bad",
    Freshness.UNMOVED: "bad",
    Freshness.NONE: "bad",
    Freshness.NOT_DUE: "none",
}


class HasFreshness(Protocol):
    @property
    def freshness(self) -> Freshness: ...


class FreshnessInWords:
    """What is fresh or stale says it in words, and how a badge shows it."""

    __slots__ = ()

    @property
    def freshness_words(self: HasFreshness) -> Text:
        return FRESHNESS[self.freshness]

    @property
    def freshness_tone(self: HasFreshness) -> str:
        return FRESHNESS_TONES[self.freshness]


STANDING: dict[Standing, Text] = {
    Standing.REACHED: pgettext_lazy("KPI", "target reached"),
    Standing.NOT_REACHED: pgettext_lazy("KPI", "target not reached yet"),
    Standing.NO_DATA: pgettext_lazy("KPI", "no data"),
    Standing.NO_TARGET: pgettext_lazy("KPI", "no target set"),
}
STANDING_TONES = {
    Standing.REACHED: "good",
    Standing.NOT_REACHED: "warning",
    Standing.NO_DATA: "none",
    Standing.NO_TARGET: "none",
}
QUESTIONS: dict[str, Text] = {
    OUTSIDE_LIMITS: _("It lies outside the limits believed of its source."),
    JUMP: _("It is ten times the last verified value or more, or a tenth of it or less."),
    UNLIKELY: _("It lies far outside everything verified in the last 36 periods."),
    LOCKED: _("Its period is locked: the Team opens it before anybody verifies this."),
    CORRECTION: _("It corrects an earlier value."),
}
RUN_TONES = {
    "planned": "waiting",
    "running": "waiting",
    "done": "good",
    "rejected": "bad",
    "failed": "warning",
    "dead": "bad",
}
CHANGES: dict[Change, Text] = {
    Change.BETTER: _("%(name)s is %(value)s in %(period)s: better than the baseline of %(baseline)s."),
    Change.WORSE: _("%(name)s is %(value)s in %(period)s: worse than the baseline of %(baseline)s."),
    Change.SAME: _("%(name)s is %(value)s in %(period)s: as it was at the baseline."),
}


def finding(history: "History") -> str:
    """What a KPI's chart shows: the latest value against the baseline, or why there is nothing to say."""
    latest, baseline = history.latest, history.baseline
    if latest is None or latest.value is None:
        return _("%(name)s has no verified reading yet.") % {"name": history.kpi.title}
    facts = {"name": history.kpi.title, "value": shown(latest.value, history.unit), "period": latest.label}
    if baseline is None:
        return _("%(name)s is %(value)s in %(period)s; no baseline was set.") % facts
    facts["baseline"] = shown(baseline.value, history.unit)
    return CHANGES[change(latest.value, baseline.value, direction=history.kpi.definition.direction)] % facts


def coverage_sentence(coverage: Coverage) -> str:
    """How complete the readings are; nothing due is said as such."""
    if coverage.due == 0:
        return str(_("No period is over yet."))
    facts = {"have": coverage.have, "due": coverage.due}
    return (
        ngettext(
            "%(have)d of %(due)d period that is over has a verified reading.",
            "%(have)d of %(due)d periods that are over have a verified reading.",
            coverage.due,
        )
        % facts
    )


def missing_sentence(history: "History") -> str:
    """Which periods have no verified reading, the last ones first; empty when none is missing."""
    missing = history.coverage.missing
    if not missing:
        return ""
    kpi = history.kpi
    named = [periods.label(start, kpi.frequency, kpi.year_kind) for start in missing[: -MOST_NAMED - 1 : -1]]
    text = str(_(", ")).join(named)
    if len(missing) > MOST_NAMED:
        return str(_("Without a verified reading: %(periods)s and %(more)s earlier.")) % {
            "periods": text,
            "more": len(missing) - MOST_NAMED,
        }
    return str(_("Without a verified reading: %(periods)s.")) % {"periods": text}


def late_sentence(late: int) -> str:
    """How many readings came after the grace days of their period; empty when all were in time."""
    if not late:
        return ""
    return ngettext("%(count)s reading came late.", "%(count)s readings came late.", late) % {"count": late}


def together(*sentences: str) -> str:
    """Sentences one after another; Chinese ones stand without a space between."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(filter(None, sentences))
