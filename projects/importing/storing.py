"""Store what a person confirmed: one set, whole or not at all, judged again under lock, with one ledger entry."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from core import clock, ledger
from core.errors import DomainError
from projects.importing import writing
from projects.importing.faults import SHOWN, Fault, RowsRefused
from projects.importing.keeping import told
from projects.importing.mapping import Mapping
from projects.importing.matching import CHANGED, NEW, REFUSED, SAME, Judged, Register, stale
from projects.importing.proposal import CHUNK, chunks
from projects.importing.rights import Rights
from projects.importing.understanding import Departments, Reader
from projects.models import ImportBatch, ImportRow, Procedure, Project

IMPORT_LOCK = 0x676F76_696D70  # "govimp": one import is stored at a time
SYSTEM = ledger.SYSTEM


class Store:
    """The storing of one batch inside one transaction."""

    def __init__(self, batch: ImportBatch, *, actor: User | str, progress: Callable[[int], None]) -> None:
        self._batch = batch
        self._actor = actor
        self._progress = progress
        mapping = Mapping.from_json(batch.mapping)
        rights = Rights(actor, lenient=mapping.leaves_unreadable)
        self._reader = Reader(
            mapping, kind=batch.kind, heading=batch.shown_heading, departments=Departments(), is_text_file=False
        )
        self._register = Register(kind=batch.kind, mapping=mapping, actor=actor, rights=rights, tries_changes=False)
        self._faults: list[Fault] = []
        self.counts = dict.fromkeys((NEW, CHANGED, SAME, REFUSED), 0)

    def all(self) -> None:
        """Every row that was new or changed when the person looked. The register may have moved on since.

        A row that it has made impossible is left out only where the person said so; else nothing is stored.
        """
        for verdict, count in self._batch.summary["verdicts"].items():
            self.counts[verdict] += count if verdict in (SAME, REFUSED) else 0
        wanted = self._batch.rows.filter(verdict__in=[NEW, CHANGED]).order_by("number")
        done = refused = 0
        for chunk in chunks(wanted.iterator(chunk_size=CHUNK)):
            refused += self._chunk(chunk)
            done += len(chunk)
            self._progress(done)
        if refused and not self._batch.leaves_refused:
            raise RowsRefused(self._faults, total=refused)

    def _chunk(self, rows: Sequence[ImportRow]) -> int:
        """Store one chunk; returns how many of its rows are refused now."""
        judged = [Judged(self._reader.again(row.number, row.cells), row.key, row.natural) for row in rows]
        self._register.compare(judged)
        for row, one in zip(rows, judged, strict=True):
            if one.verdict == CHANGED and one.version != row.version:
                one.refuse("version", stale(row.version, one.version))
        writing.register([one for one in judged if one.verdict == NEW], actor=self._actor)
        for one in judged:
            if one.verdict == CHANGED:
                self._change(one)
        self._note(rows, judged)
        return sum(one.verdict == REFUSED for one in judged)

    def _change(self, one: Judged) -> None:
        said = {name: one.row.said[name] for name in one.changes}
        try:
            with transaction.atomic():
                writing.change(one.record, said, actor=self._actor)  # type: ignore[arg-type] # a changed row has one
        except DomainError as error:
            one.refuse(next(iter(error.fields), ""), error)

    def _note(self, rows: Sequence[ImportRow], judged: Sequence[Judged]) -> None:
        """What became of each row; new ones in one statement."""
        made: list[tuple[int, int]] = []
        moved = []
        for row, one in zip(rows, judged, strict=True):
            self.counts[one.verdict] += 1
            if one.verdict == NEW and isinstance(one.record, Project):
                made.append((row.pk, one.record.pk))
            if one.verdict != row.verdict:
                row.verdict = one.verdict
                row.faults = told(one)
                row.project = one.record if isinstance(one.record, Project) else None
                row.procedure = one.record if isinstance(one.record, Procedure) else None
                moved.append(row)
                self._faults += [Fault.of(row.number, kept) for kept in row.faults][: SHOWN - len(self._faults)]
        ImportRow.objects.bulk_update(moved, ["verdict", "faults", "project", "procedure"], batch_size=500)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE projects_importrow AS r SET project_id = made.project FROM"
                " unnest(%s::bigint[], %s::bigint[]) AS made(pk, project) WHERE r.id = made.pk",
                [[pk for pk, _project in made], [project for _pk, project in made]],
            )


def store(batch: ImportBatch, *, actor: User | str, progress: Callable[[int], None]) -> ImportBatch:
    """Store a locked batch inside the caller's transaction. Nothing is claimed and nothing verified (DESIGN 3)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    storing = Store(batch, actor=actor, progress=progress)
    storing.all()
    batch.status = ImportBatch.Status.CONFIRMED
    batch.confirmed_by = None if isinstance(actor, str) else actor.person
    batch.confirmed_at = clock.now()
    batch.trouble = {}
    batch.summary = batch.summary | {"verdicts": storing.counts}
    batch.save(update_fields=["status", "confirmed_by", "confirmed_at", "trouble", "summary"])
    ledger.record("import.confirmed", actor=actor, subject=batch, facts=_told(batch, storing.counts))
    return batch


def _told(batch: ImportBatch, counts: dict[str, Any]) -> dict[str, ledger.Fact]:
    return {
        "kind": batch.kind,
        "source": batch.source,
        "file": batch.file_name,
        "sha256": batch.digest,
        **{str(verdict): count for verdict, count in counts.items()},
    }
