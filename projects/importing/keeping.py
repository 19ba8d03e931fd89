"""A judged file kept row by row, so that a person can look at every difference before confirming."""

from collections.abc import Callable
import re
from typing import BinaryIO

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count

from accounts.models import User
from projects.importing.mapping import Mapping
from projects.importing.matching import REFUSED, Judged, duplicates
from projects.importing.proposal import Proposal, duplicate_message
from projects.models import ImportBatch, ImportRow, Procedure, Project

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


@transaction.atomic
def keep(batch: ImportBatch, file: BinaryIO, *, actor: User | str, progress: Callable[[int], None]) -> None:
    """Read and judge the batch's file and keep its rows; what was kept of an earlier reading is dropped."""
    batch.rows.all().delete()
    proposal = Proposal(
        file,
        file_name=batch.file_name,
        encoding=batch.encoding,
        source=batch.source,
        kind=batch.kind,
        mapping=Mapping.from_json(batch.mapping),
        actor=actor,
    )
    for chunk in proposal.judged(progress=progress):
        ImportRow.objects.bulk_create(_row(batch, one) for one in chunk)
    _refuse_duplicates(batch, proposal)
    batch.summary = proposal.summary.as_json(proposal.table, proposal.mapping)
    batch.status = ImportBatch.Status.PREVIEWED
    batch.trouble = {}
    batch.save(update_fields=["summary", "status", "trouble"])


def _row(batch: ImportBatch, one: Judged) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=one.row.number,
        key=one.key,
        natural=one.natural,
        verdict=one.verdict,
        cells={name: keepable(text) for name, text in one.row.cells.items()},
        changes=one.changes,
        version=one.version,
        faults=told(one),
        notes=one.row.notes,
        project=one.record if isinstance(one.record, Project) else None,
        procedure=one.record if isinstance(one.record, Procedure) else None,
    )


def told(one: Judged) -> list[dict[str, str]]:
    """The faults of a row as they are kept."""
    return [{name: keepable(fault[name]) for name in ("column", "code", "message")} for fault in one.row.faults]


def keepable(text: str) -> str:
    """Text as the database can hold it. Rows with such characters are refused; this is for showing them."""
    return UNKEEPABLE.sub("\ufffd", text)


def _refuse_duplicates(batch: ImportBatch, proposal: Proposal) -> None:
    """Rows about one thing are refused, each naming the others (TRUST CS-13)."""
    told_of = batch.rows.filter(natural__isnull=False).order_by().values("natural")
    alike = told_of.annotate(times=Count("pk"), numbers=ArrayAgg("number", order_by="number")).filter(times__gt=1)
    refused = duplicates((row["numbers"] for row in alike), newest=proposal.periods)
    found = list(batch.rows.filter(number__in=refused))
    for row in found:
        code, others = refused[row.number]
        message = str(duplicate_message(code, row.number, others))
        before = [] if code == "row.superseded" else row.faults  # nothing else about an older record matters
        proposal.summary.refuse(
            row.verdict, code, dropped={fault["code"] for fault in row.faults} if not before else set()
        )
        row.faults = [*before, {"column": "", "code": code, "message": message}]
        row.verdict, row.changes = REFUSED, {}
    ImportRow.objects.bulk_update(found, ["faults", "verdict", "changes"], batch_size=500)
