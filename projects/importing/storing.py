"""Keep a proposal, and store what the person confirms: one set, one ledger entry, no claim and no verification."""

from typing import BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from core import clock, ledger
from core.errors import Conflict
from core.references import next_reference
from projects.importing.faults import RowsRefused
from projects.importing.hk_register import Reported
from projects.importing.proposal import NEW, REFUSED, SAME, Judged, Proposal, judge, propose
from projects.importing.table import Row
from projects.models import ImportBatch, ImportRow, Procedure, Project, ProjectProcedure, ReportedResult, Stage
from projects.services.projects import new_reference
from projects.simplified import simplified

SYSTEM = ledger.SYSTEM
IMPORT_LOCK = 0x676F76_696D70  # "govimp": one import is stored at a time


def import_file(
    file: BinaryIO, *, file_name: str, actor: User | str = SYSTEM, leave_refused: bool = False
) -> ImportBatch:
    """Propose, keep and confirm in one go, as the command does. Raises `RowsRefused` before anything is stored."""
    proposal = propose(file, file_name=file_name)
    if proposal.faults and not leave_refused:
        raise RowsRefused(proposal.faults)
    with transaction.atomic():
        batch = preview(proposal, actor=actor)
        return confirm(actor=actor, batch_id=batch.pk, leave_refused=leave_refused)


@transaction.atomic
def preview(proposal: Proposal, *, actor: User | str) -> ImportBatch:
    """Keep what a file would do, so that a person can look before confirming."""
    batch = ImportBatch.objects.create(
        file_name=proposal.file_name[:255],
        digest=proposal.digest,
        uploaded_by=_person(actor),
        uploaded_at=clock.now(),
    )
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            number=judged.row.number,
            key=judged.key,
            verdict=judged.verdict,
            cells=judged.row.cells,
            faults=[fault.as_dict() for fault in judged.reported.faults],
        )
        for judged in proposal.rows
    )
    return batch


@transaction.atomic
def confirm(*, actor: User | str, batch_id: int, leave_refused: bool = False) -> ImportBatch:
    """Store the accepted rows of a batch as one set. Rows are judged again: the register may have moved on.

    Refuses when rows are refused, unless the person said to leave those out.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != ImportBatch.Status.PREVIEWED:
        raise Conflict("import.confirmed", _("This import was already confirmed."))
    _wait_for_other_imports()
    stored = {row.number: row for row in batch.rows.all()}
    judged = judge(Row(row.number, row.cells) for row in stored.values())
    faults = [fault for one in judged for fault in one.reported.faults]
    if faults and not leave_refused:
        raise RowsRefused(faults)
    for one in judged:
        _store(one, stored[one.row.number], actor)
    batch.status = ImportBatch.Status.CONFIRMED
    batch.confirmed_by, batch.confirmed_at = _person(actor), clock.now()
    batch.save(update_fields=["status", "confirmed_by", "confirmed_at"])
    told: dict[str, ledger.Fact] = {
        "file": batch.file_name,
        "sha256": batch.digest,
        "new": sum(one.verdict == NEW for one in judged),
        "same": sum(one.verdict == SAME for one in judged),
        "refused": sum(one.verdict == REFUSED for one in judged),
    }
    ledger.record("register.imported", actor=actor, subject=f"import:{batch.pk}", facts=told)
    return batch


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _store(judged: Judged, row: ImportRow, actor: User | str) -> None:
    row.verdict = judged.verdict
    row.faults = [fault.as_dict() for fault in judged.reported.faults]
    if judged.verdict == NEW and judged.reported.department is not None:
        row.project = _register(judged.reported, judged.reported.department, actor)
    row.save(update_fields=["verdict", "faults", "project"])


def _register(reported: Reported, department: Department, actor: User | str) -> Project:
    project = Project.objects.create(
        reference=new_reference(department),
        department=department,
        title_en=reported.title_en,
        title_zh_hant=reported.title_zh_hant,
        title_zh_hans=simplified(reported.title_zh_hant),
        summary_en=reported.summary,
        category=reported.category,
        technique=reported.technique,
        stage=reported.stage,
        was_already_running=reported.stage == Stage.LIVE,
        started_on=reported.started.first,
        started_precision=reported.started.precision,
        reported_funding=reported.funding,
        source_url=reported.source_url,
        source_on=reported.source.first,
        source_precision=reported.source.precision,
    )
    if reported.procedure:
        ProjectProcedure.objects.create(
            project=project,
            procedure=_procedure(reported.procedure, department),
            linked_by=_person(actor),
            linked_at=clock.now(),
        )
    if reported.kpi_name or reported.kpi_baseline or reported.kpi_result:
        ReportedResult.objects.create(
            project=project,
            name=reported.kpi_name,
            baseline=reported.kpi_baseline,
            result=reported.kpi_result,
            unit=reported.kpi_unit,
        )
    return project


def _procedure(name: str, department: Department) -> Procedure:
    """The department's procedure of this name: the same name in the same department is one procedure."""
    found = Procedure.objects.filter(department=department, name_en__iexact=name).first()
    return found or Procedure.objects.create(reference=next_reference("PROC"), department=department, name_en=name)


def _person(actor: User | str) -> Person | None:
    return None if isinstance(actor, str) else actor.person
