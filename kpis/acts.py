"""What people do to a KPI from its page: baseline, targets, breaches, definitions, locked periods."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.errors import Conflict
from core.forms import DayField, LineField, ParagraphField, TrackerForm
from core.verdicts import Verdict
from kpis import policies, services
from kpis.forms import NumberField
from kpis.models import Baseline, Definition, Kpi
from kpis.rules.refusal import Refused
from kpis.rules.values import number
from kpis.wording import at_line, refusal_sentence


class BaselineForm(TrackerForm):
    value = NumberField(label=_("Value"))
    period_start = DayField(label=_("First day of the measured period"))
    period_end = DayField(label=_("Last day of the measured period"))
    evidence = ParagraphField(label=_("How it was measured and where the record is kept"), max_length=2_000)


class TargetForm(TrackerForm):
    value = NumberField(label=_("Value to reach"))
    due_on = DayField(label=_("By the end of this day"))


class TargetsForm(TrackerForm):
    targets = ParagraphField(
        label=_("Targets, a line for each period"),
        max_length=4_000,
        help_text=_("The period as for readings, a space, the value: 2026-12 4.5"),
    )

    def clean_targets(self) -> list[tuple[str, Decimal]]:
        lines = [line.split() for line in self.cleaned_data["targets"].splitlines() if line.strip()]
        return [self._read(place, words) for place, words in enumerate(lines, start=1)]

    def _read(self, place: int, words: list[str]) -> tuple[str, Decimal]:
        if len(words) != 2:
            raise ValidationError(
                str(at_line(str(place), _("A period and a value, with a space between."))), "target.line"
            )
        try:
            return words[0], number(words[1])
        except Refused as refused:
            raise ValidationError(str(at_line(str(place), refusal_sentence(refused.code))), refused.code) from refused


class FollowUpForm(TrackerForm):
    text = ParagraphField(label=_("What is done about the breach"), max_length=2_000)
    due_on = DayField(label=_("By the end of this day"))


class AdoptForm(TrackerForm):
    starts_on = DayField(label=_("First day measured by the new version"))


class LockForm(TrackerForm):
    until = DayField(
        label=_("Locked up to and including"), required=False, help_text=_("Empty: all its periods are open.")
    )
    reason = LineField(label=_("Reason"), max_length=300)


class NothingToType(TrackerForm):
    """The button says it all."""


def _may_set_target(user: User, kpi: Kpi) -> Verdict:
    return policies.can_define(user, kpi.project)


def _may_adopt(user: User, kpi: Kpi) -> Verdict:
    """Once the library has a newer version than the KPI follows."""
    own = policies.can_define(user, kpi.project)
    if own and not Definition.objects.filter(key=kpi.definition.key, version__gt=kpi.definition.version).exists():
        return Verdict.no("definition.unchanged", _("The KPI already follows the newest version."), error=Conflict)
    return own


def _may_lock(user: User, kpi: Kpi) -> Verdict:
    """The same people who set it, once there is one."""
    own = policies.can_set_baseline(user, kpi)
    if own and not Baseline.objects.filter(series__kpi=kpi, series__definition=kpi.definition_id).exists():
        return Verdict.no("baseline.none", _("There is no baseline to lock."), error=Conflict)
    return own


BASELINE = Act(
    name="baseline",
    label=_("Name the baseline"),
    explains=_(
        "Where it stood before the change. The gate to the pilot asks for one; until locked it may be corrected."
    ),
    form=BaselineForm,
    may=policies.can_set_baseline,
    work=lambda user, kpi, typed: services.set_baseline(
        actor=user,
        kpi_id=kpi.pk,
        value=typed["value"],
        period_start=typed["period_start"],
        period_end=typed["period_end"],
        evidence=typed["evidence"],
    ),
    done=_("The baseline is named."),
    style="outline-primary",
)
LOCK = Act(
    name="lock-baseline",
    label=_("Lock the baseline"),
    explains=_("Nobody moves it after this. The gate to go-live asks that every baseline of the project is locked."),
    form=NothingToType,
    may=_may_lock,
    work=lambda user, kpi, typed: services.lock_baseline(actor=user, kpi_id=kpi.pk),
    done=_("The baseline is locked."),
)
TARGET = Act(
    name="target",
    label=_("Set a target"),
    explains=_("A target due today or earlier stands as it was; one for the same day takes the place of that day's."),
    form=TargetForm,
    may=_may_set_target,
    work=lambda user, kpi, typed: services.set_target(
        actor=user, kpi_id=kpi.pk, value=typed["value"], due_on=typed["due_on"]
    ),
    done=_("The target is set."),
    style="outline-primary",
)
TARGETS = Act(
    name="targets",
    label=_("Set targets for several periods"),
    explains=_("Each is reached by the end of its period. All are set, or none."),
    form=TargetsForm,
    may=_may_set_target,
    work=lambda user, kpi, typed: services.set_targets(actor=user, kpi_id=kpi.pk, targets=typed["targets"]),
    done=_("The targets are set."),
    style="outline-primary",
)
ADOPT = Act(
    name="adopt",
    label=_("Follow the new version of the definition"),
    explains=_("What is measured changes, so a new series begins. The old one stays as it is, apart from it."),
    form=AdoptForm,
    may=_may_adopt,
    work=lambda user, kpi, typed: services.adopt_definition(actor=user, kpi_id=kpi.pk, starts_on=typed["starts_on"]),
    done=_("A new series has begun."),
    style="outline-primary",
)
FOLLOW_UP = Act(
    name="follow-up",
    label=_("Say what is done about the breach"),
    explains=_("It stays beside the breach with your name, for the department, the Team and the auditor."),
    form=FollowUpForm,
    may=policies.can_follow_up,
    work=lambda user, kpi, typed: services.follow_up(
        actor=user, kpi_id=kpi.pk, text=typed["text"], due_on=typed["due_on"]
    ),
    done=_("What is done about it is recorded."),
    style="outline-primary",
)
LOCK_PERIODS = Act(
    name="lock-periods",
    label=_("Lock its periods, or open them again"),
    explains=_("Readings of locked periods stay as they are; what comes about them is kept and moves nothing."),
    form=LockForm,
    may=lambda user, kpi: policies.can_lock_periods(user),
    work=lambda user, kpi, typed: services.lock_periods(
        actor=user, kpi_id=kpi.pk, until=typed["until"], reason=typed["reason"]
    ),
    done=_("It is said up to when its periods are locked."),
    style="outline-secondary",
)
KPI_ACTS: tuple[Act, ...] = (BASELINE, LOCK, TARGET, TARGETS, ADOPT, FOLLOW_UP, LOCK_PERIODS)
