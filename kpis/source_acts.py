"""What people do to a source from its page: approve it, pause it, let it go on."""

from django.utils.translation import gettext_lazy as _

from core.acts import Act
from core.forms import TrackerForm
from kpis import policies, services
from kpis.source_forms import PauseForm

APPROVE = Act(
    name="approve",
    label=_("Approve the source"),
    explains=_("The second person's yes: from now on its readings are taken."),
    form=TrackerForm,
    may=policies.can_approve_source,
    work=lambda user, source, typed: services.approve_source(actor=user, source_id=source.pk),
    done=_("The source is approved."),
)
PAUSE = Act(
    name="pause",
    label=_("Pause the source"),
    explains=_("Nothing is taken from it until it is resumed. What it sent stays."),
    form=PauseForm,
    may=policies.can_pause_source,
    work=lambda user, source, typed: services.pause_source(actor=user, source_id=source.pk, reason=typed["reason"]),
    done=_("The source is paused."),
    style="outline-secondary",
)
RESUME = Act(
    name="resume",
    label=_("Resume the source"),
    explains=_("Its readings are taken again."),
    form=TrackerForm,
    may=policies.can_resume_source,
    work=lambda user, source, typed: services.resume_source(actor=user, source_id=source.pk),
    done=_("The source is resumed."),
)
SOURCE_ACTS: tuple[Act, ...] = (APPROVE, PAUSE, RESUME)
