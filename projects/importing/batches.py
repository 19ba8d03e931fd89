"""What a person does with a file: offers it, says what its columns mean, looks, and confirms or withdraws.

Short files are read and stored while the person waits; long ones by a job, found again under its page.
"""

from dataclasses import replace
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, outbox
from core.errors import Conflict, DomainError, InvalidInput, NotVisible
from core.reading import digest, open_table
from core.references import next_reference
from core.text import clean_line, is_blank
from projects import policies
from projects.importing import files, profiles, progress, suggesting
from projects.importing.faults import RowsRefused
from projects.importing.keeping import keep
from projects.importing.mapping import Mapping, judge
from projects.importing.storing import store
from projects.models import ImportBatch

Status = ImportBatch.Status
READ_AT_ONCE = 400_000  # bytes
STORED_AT_ONCE = 500  # rows


@transaction.atomic
def offer(
    *, actor: User | str, file: BinaryIO, file_name: str, source: str, encoding: str = "utf-8", kind: str = "projects"
) -> ImportBatch:
    """Keep a file that can be read as a table, with a mapping suggested. Raises `FileRefused` for one that cannot."""
    if isinstance(actor, User):
        policies.can_import(actor).or_raise()
    name = clean_line(source.strip())
    if is_blank(name) or len(name) > 60:
        message = _("Name the source in at most 60 characters.")
        raise InvalidInput("source.required", message, fields={"source": [message]})
    table = open_table(file, file_name=file_name, encoding=encoding)
    names = [column.name for column in table.columns]
    mapping = suggesting.suggest(names, kind=kind, source=name, actor=actor)
    batch = ImportBatch(
        kind=kind,
        source=name,
        encoding=encoding,
        heading=[[column.name, column.shown] for column in table.columns],
        mapping=mapping.as_json(),
        size=file.seek(0, 2),
        file_name=files.shown(file_name),
        digest=digest(file),
        uploaded_by=None if isinstance(actor, str) else actor.person,
        uploaded_at=clock.now(),
    )
    with files.keeping(file, file_name=file_name) as stored_as:
        batch.stored_as, batch.reference = stored_as, next_reference("IMP")
        batch.save()
    return batch


@transaction.atomic
def map_columns(*, actor: User | str, batch_id: int, mapping: Mapping) -> ImportBatch:
    """Say what the columns mean; the file is then read and judged, at once when it is short."""
    batch = _locked(actor, batch_id)
    if batch.status not in (Status.OFFERED, Status.PREVIEWED, Status.UNREADABLE):
        raise _moved_on(batch)
    judged = judge(mapping, kind=batch.kind, heading=batch.names)
    batch.mapping = judged.as_json()
    batch.status, batch.trouble = Status.WAITING, {}
    batch.save(update_fields=["mapping", "status", "trouble"])
    if batch.size <= READ_AT_ONCE:
        read(batch, actor=actor)
    else:
        _ask("import.read", batch, actor)
    return batch


@transaction.atomic
def say_words(*, actor: User, batch_id: int, words: dict[str, dict[str, str]]) -> ImportBatch:
    """Give words of the file that are not known here a meaning, and judge the file anew."""
    batch = _locked(actor, batch_id)
    mapping = Mapping.from_json(batch.mapping).with_words(words)
    return map_columns(actor=actor, batch_id=batch.pk, mapping=mapping)


@transaction.atomic
def confirm(*, actor: User | str, batch_id: int, leave_refused: bool = False) -> ImportBatch:
    """Store the accepted rows as one set. Refused rows are left out only when the person says so."""
    batch = _locked(actor, batch_id)
    if batch.status != Status.PREVIEWED:
        raise _moved_on(batch)
    refused = batch.summary["verdicts"]["refused"]
    if refused and not leave_refused:
        raise RowsRefused([], total=sum(batch.summary["faults"].values()))
    batch.leaves_refused = leave_refused
    batch.save(update_fields=["leaves_refused"])
    if batch.summary["rows"] <= STORED_AT_ONCE:
        return finish(batch, actor=actor)
    batch.status = Status.STORING
    batch.save(update_fields=["status"])
    _ask("import.store", batch, actor)
    return batch


@transaction.atomic
def withdraw(*, actor: User, batch_id: int) -> ImportBatch:
    """Let the file go. Its rows are dropped; that it was offered stays on record."""
    batch = _locked(actor, batch_id)
    if batch.status in (Status.CONFIRMED, Status.STORING, Status.WITHDRAWN):
        raise _moved_on(batch)
    batch.rows.all().delete()
    _let_go(batch)
    batch.status = Status.WITHDRAWN
    batch.save(update_fields=["status"])
    return batch


def read(batch: ImportBatch, *, actor: User | str) -> None:
    """Judge the whole file and keep its rows, or say why it cannot be read to its end."""
    told = progress.Told(batch.pk, total=0)
    try:
        with transaction.atomic(), files.opened(batch.stored_as) as file:
            keep(batch, file, actor=actor, progress=told)
    except DomainError as error:
        batch.status = Status.UNREADABLE
        batch.trouble = {"code": error.code, "message": str(error.message)}
        batch.save(update_fields=["status", "trouble"])
    progress.forget(batch.pk)


def finish(batch: ImportBatch, *, actor: User | str) -> ImportBatch:
    """Store a locked batch, remember its mapping and let its file go."""
    told = progress.Told(batch.pk, total=batch.summary["rows"])
    store(batch, actor=actor, progress=told)
    mapping = Mapping.from_json(batch.mapping)
    if not mapping.is_ours:
        suggesting.remember(mapping, batch.names, kind=batch.kind, source=batch.source, actor=actor)
    _let_go(batch)
    progress.forget(batch.pk)
    return batch


def import_file(
    file: BinaryIO,
    *,
    file_name: str,
    actor: User | str = "system",
    leave_refused: bool = False,
    source: str = "",
    encoding: str = "utf-8",
    department: str = "",
    kind: str = "projects",
) -> ImportBatch:
    """Offer, map as suggested and confirm in one go, as the command does. Raises before anything is stored."""
    with transaction.atomic():
        batch = judged_file(
            file, file_name=file_name, actor=actor, source=source, encoding=encoding, department=department, kind=kind
        )
        faults = batch.summary["verdicts"]["refused"]
        if faults and not leave_refused:
            raise RowsRefused(first_faults(batch), total=sum(batch.summary["faults"].values()))
        batch.leaves_refused = leave_refused
        return finish(batch, actor=actor)


def judged_file(
    file: BinaryIO, *, file_name: str, actor: User | str, source: str, encoding: str, department: str, kind: str
) -> ImportBatch:
    """A file offered and judged by its suggested mapping, whole, in the caller's transaction."""
    names = list(open_table(file, file_name=file_name, encoding=encoding).heading)
    named = source or profiles.fitting(names) or files.shown(file_name)[:60]
    batch = offer(actor=actor, file=file, file_name=file_name, source=named, encoding=encoding, kind=kind)
    mapping = Mapping.from_json(batch.mapping)
    if department:
        mapping = replace(mapping, department=department)
    batch.mapping = judge(mapping, kind=kind, heading=batch.names).as_json()
    with files.opened(batch.stored_as) as kept:
        keep(batch, kept, actor=actor, progress=lambda done: None)
    batch.save(update_fields=["mapping"])
    return batch


def first_faults(batch: ImportBatch) -> list[Any]:
    from projects.importing.faults import SHOWN, Fault

    rows = batch.rows.filter(verdict="refused").order_by("number")[:SHOWN]
    return [Fault.of(row.number, kept) for row in rows for kept in row.faults]


def _locked(actor: User | str, batch_id: int) -> ImportBatch:
    rows: Any = ImportBatch.objects
    seen = rows.all() if isinstance(actor, str) else rows.visible_to(actor)
    batch = seen.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible("import.none", _("There is no such import."))
    if isinstance(actor, User):
        policies.can_act_on_import(actor, batch).or_raise()
    return batch


def _moved_on(batch: ImportBatch) -> Conflict:
    if batch.status == Status.CONFIRMED:
        return Conflict("import.confirmed", _("This import was already confirmed."))
    message = _("This cannot be done now: the import is “%(status)s”.") % {"status": batch.get_status_display()}
    return Conflict("import.state", message)


def _ask(topic: str, batch: ImportBatch, actor: User | str) -> None:
    account = None if isinstance(actor, str) else actor.pk
    instant = clock.now().isoformat()
    outbox.add(topic, key=f"{batch.reference}:{instant}", batch=batch.pk, account=account)


def _let_go(batch: ImportBatch) -> None:
    name, batch.stored_as = batch.stored_as, ""
    batch.save(update_fields=["stored_as"])
    if name:
        transaction.on_commit(lambda: files.drop(name))
