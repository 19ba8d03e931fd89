"""The sentences of the overview, whole and translatable. They say the numbers; they work none out."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.figures import day_words, value_on
from dashboards.forecast.wording import chance
from dashboards.selectors import Curve, Overview


def sentence_of_the_day(overview: Overview) -> str:
    """ "62 in use of 100; 41% chance of reaching 100 by 31 Dec 2026; 9 days since the last go-live."

    Without a probability: "62 in use of 100 by 31 Dec 2026; 31 days to go; 9 days since the last go-live."
    """
    target = overview.target
    told = overview.outlook.of(target.due_on) if target else None
    if target is not None and told is not None:
        parts = [_("%(count)s in use of %(target)s") % {"count": overview.standing.in_use, "target": target.value}]
        parts.append(chance(told))
    else:
        parts = [_headline(overview)]
    if target is not None and told is None and target.due_on >= overview.today:
        left = (target.due_on - overview.today).days
        parts.append(ngettext("%(days)s day to go", "%(days)s days to go", left) % {"days": left})
    if overview.last_go_live_on is not None:
        parts.append(_since_go_live(overview.last_go_live_on, overview.today))
    return _("%(parts)s.") % {"parts": _("; ").join(parts)}


def _headline(overview: Overview) -> str:
    in_use, target = overview.standing.in_use, overview.target
    if target is None:
        return ngettext("%(count)s procedure in use", "%(count)s procedures in use", in_use) % {"count": in_use}
    return _("%(count)s in use of %(target)s by %(day)s") % {
        "count": in_use,
        "target": target.value,
        "day": day_words(target.due_on),
    }


def _since_go_live(last: date, today: date) -> str:
    days = (today - last).days
    if days == 0:
        return _("the last go-live was today")
    return ngettext("%(days)s day since the last go-live", "%(days)s days since the last go-live", days) % {
        "days": days
    }


def curve_title(overview: Overview, curve: Curve) -> str:
    """The finding: ahead of the plan, behind it, or on it."""
    planned = value_on(curve.plan, overview.today)
    gap = overview.standing.in_use - planned
    if gap < 0:
        return ngettext("%(gap)s procedure behind the plan", "%(gap)s procedures behind the plan", -gap) % {"gap": -gap}
    if gap > 0:
        return ngettext("%(gap)s procedure ahead of the plan", "%(gap)s procedures ahead of the plan", gap) % {
            "gap": gap
        }
    return _("On the plan")


def curve_summary(overview: Overview, curve: Curve) -> str:
    planned = value_on(curve.plan, overview.today)
    said = _("%(in_use)s in use today; the plan said %(planned)s.") % {
        "in_use": overview.standing.in_use,
        "planned": planned,
    }
    targets = [
        _("%(value)s by %(day)s (planned by then: %(planned)s)")
        % {"value": line.value, "day": day_words(line.due_on), "planned": value_on(curve.plan, line.due_on)}
        for line in overview.targets
    ]
    if not targets:
        return said
    return _("%(said)s Targets: %(targets)s.") % {"said": said, "targets": _("; ").join(targets)}


def curve_headings(is_forecast: bool = False) -> list[str]:
    told = [_("At the end of"), _("Plan"), _("In use")]
    return [*told, _("Forecast, middle"), _("5% to 95% of the futures")] if is_forecast else told
