"""Files of readings: offered, shown, reported whole by whoever offered them, verified as one set by a second person."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger, uploads
from core.errors import Conflict, NotVisible, Unprocessable
from core.reading import digest
from core.uploads.names import shown_name
from kpis import policies
from kpis.models import Reading, ReadingFile, ReadingVerdict, Verdict
from kpis.rules.intake import LOCKED, Intake, State
from kpis.services import file_rows
from kpis.services.file_rows import Judged, Kind
from kpis.services.intake import insert, lock_series
from kpis.services.locks import open_from_of
from kpis.wording import refusal_sentence


@transaction.atomic
def offer_readings(*, actor: User, file: BinaryIO, file_name: str, encoding: str, reason: str = "") -> ReadingFile:
    """Read a file and keep its rows. Nothing is reported yet; a file that is no such table is refused whole."""
    policies.can_offer_readings(actor).or_raise()
    uploads.scan(file)
    rows = file_rows.read(file, file_name=file_name, encoding=encoding)
    first = next((row.kpi for row in file_rows.judged(rows, user=actor, reason=reason) if row.kpi), None)
    if first is None:
        message = _("No row of this file names a KPI that you report.")
        raise Unprocessable("file.nothing", message, fields={"file": [message]})
    ending = "xlsx" if file_name.lower().endswith(".xlsx") else "csv"
    return ReadingFile.objects.create(
        department_id=first.project.department_id,
        file_name=shown_name(file_name, ending=ending),
        file_digest=digest(file),
        reason=reason,
        rows=rows,
        offered_by=actor.person,
        offered_at=clock.now(),
    )


@transaction.atomic
def report_readings(*, actor: User, file_id: int) -> ReadingFile:
    """Report every row that is new or corrects, as one act; they wait for a second person. The others add nothing."""
    batch = _locked(actor, file_id)
    policies.can_report_file(actor, batch).or_raise()
    lock_series(row.moment.series for row in _judged(actor, batch) if row.moment)
    rows = [row for row in _judged(actor, batch) if row.is_reported]
    if not rows:
        raise Unprocessable("file.nothing", _("No row of this file is new and free of faults."))
    now = clock.database_now()
    for kind, reason in ((Kind.NEW, ""), (Kind.CORRECTION, batch.reason)):
        some = [_intake(row) for row in rows if row.kind is kind]
        insert(some, now=now, person_id=actor.person_id, reason=reason)
    batch.stored = [_identity(_intake(row)) for row in rows]
    _decide(batch, ReadingFile.Status.REPORTED)
    facts: dict[str, ledger.Fact] = {
        "file": batch.file_digest,
        "rows": len(batch.rows),
        "reported": len(rows),
        "corrections": sum(row.kind is Kind.CORRECTION for row in rows),
        "kpis": [*sorted({row.kpi.reference for row in rows if row.kpi})],
    }
    ledger.record("readings.reported", actor=actor, subject=batch, facts=facts)
    return batch


@transaction.atomic
def withdraw_readings(*, actor: User, file_id: int) -> ReadingFile:
    """Take an offered file back; nothing of it was reported."""
    batch = _locked(actor, file_id)
    policies.can_report_file(actor, batch).or_raise()
    return _decide(batch, ReadingFile.Status.WITHDRAWN)


@transaction.atomic
def verify_file(*, actor: User, file_id: int) -> ReadingFile:
    """The second person's yes to every reading of a file that still waits; each is judged as if it stood alone."""
    batch = _locked(actor, file_id)
    policies.can_verify_file(actor, batch).or_raise()
    lock_series(series for series, _start, _revision, *_cell in batch.stored)
    waiting = waiting_of(actor, batch)
    if not waiting:
        raise Conflict("file.nothing", _("No reading of this file waits for anybody."))
    for reading in _one_of_each_kind(actor, waiting):
        policies.can_verify_reading(actor, reading.series.kpi, reading, reading.state).or_raise()
    opens = open_from_of({reading.series_id for reading in waiting})
    if any(reading.period_start < opens.get(reading.series_id, date.min) for reading in waiting):
        raise Conflict(LOCKED, refusal_sentence(LOCKED))
    now = clock.database_now()
    ReadingVerdict.objects.bulk_create(
        ReadingVerdict(
            series_id=reading.series_id,
            period_start=reading.period_start,
            cell=reading.cell,
            revision=reading.revision,
            verdict=Verdict.VERIFIED,
            person=actor.person,
            recorded_at=now,
        )
        for reading in waiting
    )
    facts: dict[str, ledger.Fact] = {"file": batch.file_digest, "verified": len(waiting)}
    ledger.record("readings.verified", actor=actor, subject=batch, facts=facts)
    return batch


def waiting_of(user: User, batch: ReadingFile) -> list[Reading]:
    """Readings of a file that wait for a second person, where the reader may see them."""
    wanted = _stored(batch)
    if not wanted:
        return []
    starts = [start for _series, start, _revision, _cell in wanted]
    rows = Reading.objects.visible_to(user).filter(
        series__in={series for series, _start, _revision, _cell in wanted},
        period_start__range=(min(starts), max(starts)),
        person=batch.offered_by_id,
    )
    found = rows.waiting().select_related("series__kpi__project", "series__kpi__definition")
    return [one for one in found if (one.series_id, one.period_start, one.revision, one.cell) in wanted]


def _judged(actor: User, batch: ReadingFile) -> list[Judged]:
    return file_rows.judged(batch.rows, user=actor, reason=batch.reason)


def _intake(row: Judged) -> Intake:
    assert row.moment and row.measured  # reported rows are whole
    return Intake(row.moment, row.revision, row.measured, State.SUBMITTED, rule="")


def _identity(row: Intake) -> list[int | str]:
    return [row.moment.series, row.moment.period_start.isoformat(), row.revision, row.moment.cell]


def _stored(batch: ReadingFile) -> set[tuple[int, date, int, str]]:
    """The identities of its readings; files reported before there were groups hold none of those."""
    return {
        (series, date.fromisoformat(start), revision, cell[0] if cell else "")
        for series, start, revision, *cell in batch.stored
    }


def _one_of_each_kind(user: User, readings: Iterable[Reading]) -> Sequence[Reading]:
    """Of readings in one state, about KPIs that the person stands alike to, what may be done with one says it of all.

    All of a file were reported by one person.
    """
    kinds = {(policies.standing_to(user, reading.series.kpi), reading.state): reading for reading in readings}
    return list(kinds.values())


def _decide(batch: ReadingFile, status: str) -> ReadingFile:
    batch.status, batch.decided_at = status, clock.now()
    batch.save(update_fields=["status", "decided_at", "stored"])
    return batch


def _locked(actor: User, file_id: int) -> ReadingFile:
    found = ReadingFile.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=file_id).first()
    if found is None:
        raise NotVisible("not_found", _("There is no such record."))
    return found
