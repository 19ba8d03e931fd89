"""What people do to a KPI's baseline from its page: name it, and lock it before go-live."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.errors import Conflict
from core.forms import DayField, ParagraphField, TrackerForm
from core.verdicts import Verdict
from kpis import policies, services
from kpis.forms import NumberField
from kpis.models import Baseline, Kpi


class BaselineForm(TrackerForm):
    value = NumberField(label=_("Value"))
    period_start = DayField(label=_("First day of the measured period"))
    period_end = DayField(label=_("Last day of the measured period"))
    evidence = ParagraphField(label=_("How it was measured and where the record is kept"), max_length=2_000)


class NothingToType(TrackerForm):
    """The button says it all."""


def _may_lock(user: User, kpi: Kpi) -> Verdict:
    """The same people who set it, once there is one."""
    if not Baseline.objects.filter(series__kpi=kpi, series__definition=kpi.definition_id).exists():
        return Verdict.no("baseline.none", _("There is no baseline to lock."), error=Conflict)
    return policies.can_set_baseline(user, kpi)


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
KPI_ACTS: tuple[Act, ...] = (BASELINE, LOCK)
