"""Asking for a file: at once where it is small, else as a job. Either way a row says who asked for what."""

from collections.abc import Iterator
from contextlib import contextmanager
import hashlib

from celery.exceptions import CeleryError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from core import as_at, clock
from core.errors import TooMany
from core.exports import Export
from core.references import next_reference
from core.tabular import Tally
from exports import lists, policies
from exports.lists import Wanted
from exports.models import ExportJob, State

MOST_WAITING = 5  # jobs of one account that are not done (TRUST T39)


class QueueFull(TooMany):
    """As many files are being made for this account as may be."""

    retry_after = 60


class Sent:
    """What goes through here is what the person got: counted and digested while it is sent."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    def write(self, block: bytes) -> None:
        self.size += len(block)
        self._digest.update(block)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def must_wait(export: Export, file_format: str) -> bool:
    """Whether it is too large to be made while the reader waits. A format that cannot hold it is refused here."""
    if export.found is None:
        return False
    total = export.found.count()
    lists.refuse_impossible(total, file_format)
    return total > lists.most_at_once(export, file_format)


@transaction.atomic
def ask(*, actor: User, wanted: Wanted) -> ExportJob:
    """Have a worker make the file. What the list itself would refuse is refused now."""
    policies.can_export(actor).or_raise()
    with as_at.reading(wanted.moment()):
        export = wanted.build(actor)
        total = export.found.count() if export.found is not None else None
    lists.refuse_impossible(total or 0, wanted.file_format)
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # two asked for at once are counted one by one
    if ExportJob.objects.visible_to(actor).jobs().active().count() >= MOST_WAITING:
        message = _("%(most)s files are being made for you. Wait until one is done, or cancel one.")
        raise QueueFull("export.queue", message % {"most": MOST_WAITING})
    job = _row(actor, wanted, is_direct=False, total=total)
    if not clock.is_story():  # a demonstration makes its files itself
        transaction.on_commit(lambda: _ring(job.pk))
    return job


@transaction.atomic
def begin_direct(*, actor: User, wanted: Wanted, export: Export, file_name: str) -> ExportJob:
    """The row of a file that is sent while it is made; who may have it was asked before it was built."""
    return _row(actor, wanted, is_direct=True, classification=export.classification, file_name=file_name)


def end_direct(job: ExportJob, tally: Tally, sent: Sent, *, complete: bool) -> None:
    """What was sent of it. A reader who left before the end is not said to have it all."""
    ExportJob.objects.filter(pk=job.pk).update(
        state=State.DONE if complete else State.CANCELLED,
        finished_at=clock.now(),
        done=tally.rows,
        total=tally.rows if complete else None,
        removed=tally.removed,
        cut=tally.cut,
        size=sent.size,
        sha256=sent.sha256 if complete else "",
    )


@contextmanager
def sending(job: ExportJob, tally: Tally, sent: Sent) -> Iterator[None]:
    complete = False
    try:
        yield
        complete = True
    finally:
        end_direct(job, tally, sent, complete=complete)


def _row(actor: User, wanted: Wanted, *, is_direct: bool, **more: object) -> ExportJob:
    now = clock.now()
    return ExportJob.objects.create(
        reference=next_reference(f"EX-{clock.today():%Y}", digits=6),
        account=actor,
        list_name=wanted.list_name,
        query=wanted.query,
        columns=list(wanted.columns),
        file_format=wanted.file_format,
        language=get_language() or "en",
        is_direct=is_direct,
        state=State.RUNNING if is_direct else State.WAITING,
        asked_at=now,
        started_at=now if is_direct else None,
        **more,
    )


def _ring(job_id: int) -> None:
    """The fast path; where the broker is away, the schedule takes the job up within seconds."""
    from exports.tasks import make  # the task module imports this one

    try:
        make.delay(job_id)
    except (KombuError, CeleryError, OSError):
        return
