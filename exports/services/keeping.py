"""A file that was made: fetched by the account that asked for as long as its rights hold, cancelled, swept away."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import as_at, clock
from core.errors import Conflict, Gone, NotAllowed, NotVisible
from exports import policies
from exports.models import ExportJob, State
from exports.services.making import fetched, keys_of, unpacked, wanted_of


def not_there() -> NotVisible:
    return NotVisible("not_found", _("There is no such thing, or you may not see it."))


def open_file(*, actor: User, job: ExportJob) -> Any:
    """The stored file, if everything in it may still be seen by the person who asked (TRUST T23, EX-08)."""
    if job.account_id != actor.pk:
        raise not_there()
    if job.is_direct or job.state != State.DONE:
        raise Conflict("export.not_ready", _("There is no file to fetch here."))
    if job.is_over(clock.now()) or not job.stored_as:
        raise Gone("export.expired", _("A file is kept for 24 hours. Ask for it again."))
    policies.can_export(actor).or_raise()
    if not _all_visible(actor, job):
        raise NotAllowed("export.rights", _("You may no longer see all that is in this file. Ask for it again."))
    fetched(job)
    return default_storage.open(job.stored_as)


@transaction.atomic
def cancel(*, actor: User, job_id: int) -> ExportJob:
    """Stop it; what was made of it is thrown away."""
    job = ExportJob.objects.visible_to(actor).select_for_update().filter(pk=job_id).first()
    if job is None:
        raise not_there()
    policies.can_cancel(actor, job).or_raise()
    job.state, job.finished_at, job.lease_until = State.CANCELLED, clock.now(), None
    job.save(update_fields=["state", "finished_at", "lease_until"])
    return job


def sweep() -> int:
    """Throw away the files whose day is over; their rows stay. Returns how many."""
    over = list(ExportJob.objects.filter(expires_at__lte=clock.now()).exclude(stored_as="")[:500])
    for job in over:
        default_storage.delete(job.stored_as)
        ExportJob.objects.filter(pk=job.pk).update(stored_as="", held=b"")
    return len(over)


def made_by_us(digest: str) -> ExportJob | None:
    """The export whose whole content has this SHA-256; one changed byte has another."""
    return ExportJob.objects.filter(sha256=digest, state=State.DONE).order_by("pk").first()


def _all_visible(actor: User, job: ExportJob) -> bool:
    """Every record of the file, looked for again with the rights of now."""
    held = unpacked(bytes(job.held)) if job.held else []
    if not held:
        return True
    wanted = wanted_of(job)
    with as_at.reading(wanted.moment()):
        found = wanted.build(actor).found
        if found is None:
            return True
        seen = set(keys_of(found.model._default_manager.visible_to(actor)))
    return seen.issuperset(held)
