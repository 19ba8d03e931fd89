"""Making a file: under a lease, as the person who asked, with that person's rights of this moment (TRUST T23)."""

from array import array
from datetime import timedelta
import hashlib
import tempfile
from typing import IO, Any
import uuid
import zlib

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core import as_at, clock
from core.errors import DomainError
from core.exports import Export
from core.tabular import Tally
from exports import policies
from exports.lists import Wanted
from exports.models import ExportJob, State

LEASE = timedelta(minutes=5)
KEPT = timedelta(hours=24)
MOST_ATTEMPTS = 3
FOLDER = "exports"


class Stopped(Exception):
    """The person cancelled it, or another worker has taken it over."""


def take_up() -> list[int]:
    """Jobs that wait, or whose worker fell silent."""
    return list(ExportJob.objects.to_take(clock.now()).order_by("asked_at").values_list("pk", flat=True)[:50])


def make(job_id: int) -> bool:
    """Make one file unless another worker has it. Returns whether it was made."""
    job = _take(job_id)
    if job is None:
        return False
    with tempfile.TemporaryFile() as target, translation.override(job.language):
        try:
            _write(job, target)
        except Stopped:
            return False
        except DomainError as error:
            _end(job, State.REFUSED, trouble={"code": error.code, "message": str(error.message)})
            return False
    return True


def wanted_of(job: ExportJob) -> Wanted:
    return Wanted(job.list_name, job.query, job.file_format, tuple(job.columns))


def keys_of(rows: "QuerySet[Any]") -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def packed(keys: list[int]) -> bytes:
    return zlib.compress(array("q", sorted(keys)).tobytes(), 1)


def unpacked(held: bytes) -> list[int]:
    keys = array("q")
    keys.frombytes(zlib.decompress(held))
    return keys.tolist()


@transaction.atomic
def _take(job_id: int) -> ExportJob | None:
    rows = ExportJob.objects.to_take(clock.now()).select_related("account__person")
    job = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.finished_at = State.FAILED, clock.now()
        with translation.override(job.language):
            job.trouble = {"code": "export.failed", "message": _("It could not be made. Ask for it again, or filter.")}
        job.save(update_fields=["state", "finished_at", "trouble"])
        return None
    job.state, job.attempts, job.done = State.RUNNING, job.attempts + 1, 0
    job.started_at, job.lease_until = clock.now(), clock.now() + LEASE
    job.save(update_fields=["state", "attempts", "done", "started_at", "lease_until"])
    return job


def _write(job: ExportJob, target: IO[bytes]) -> None:
    policies.can_export(job.account).or_raise()
    wanted = wanted_of(job)
    tally = Tally(tell=lambda done: _tell(job, done))
    with as_at.reading(wanted.moment()):
        export = wanted.build(job.account)
        keys = keys_of(export.found) if export.found is not None else []
        name = f"{export.file_name(as_at.now())}.{job.file_format}"
        if as_at.current() is None:
            _tell(job, 0, total=len(keys))
        export.write(job.file_format, target, tally)
    _keep(job, target, tally, export, keys, name)


def _tell(job: ExportJob, done: int, **more: object) -> None:
    """Rows done, for the bar, and the lease renewed. Inside a past moment nobody sees it before the end."""
    mine = ExportJob.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)
    if not mine.update(done=done, lease_until=clock.now() + LEASE, **more):
        raise Stopped


def _keep(job: ExportJob, target: IO[bytes], tally: Tally, export: Export, keys: list[int], name: str) -> None:
    size = target.tell()
    target.seek(0)
    digest = hashlib.file_digest(target, "sha256").hexdigest()  # type: ignore[arg-type] # it is a file on disk
    target.seek(0)
    stored = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}", File(target))
    kept = False
    try:
        kept = _end(
            job,
            State.DONE,
            done=tally.rows,
            total=tally.rows,
            removed=tally.removed,
            cut=tally.cut,
            size=size,
            sha256=digest,
            classification=export.classification,
            file_name=name,
            stored_as=stored,
            held=packed(keys),
            expires_at=clock.now() + KEPT,
        )
    finally:
        if not kept:
            default_storage.delete(stored)


def _end(job: ExportJob, state: State, **more: object) -> bool:
    """Say what came of it, unless it was cancelled or taken over meanwhile."""
    mine = ExportJob.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)
    return bool(mine.update(state=state, finished_at=clock.now(), lease_until=None, **more))


def fetched(job: ExportJob) -> None:
    ExportJob.objects.filter(pk=job.pk).update(fetches=F("fetches") + 1, fetched_at=clock.now())
