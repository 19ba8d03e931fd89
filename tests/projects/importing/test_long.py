"""Long files: read and stored by the worker, a chunk at a time, with progress for whoever looks."""

import resource

import pytest

from core import outbox
from core.models import OutboxMessage
from projects.importing import batches, progress
from projects.importing.mapping import Mapping
from projects.models import ImportBatch, Project
from tests.projects.importing.conftest import file_of, work_off

HEADING = "id,title_en,department,stage,category,summary_en\n"


def long_file(rows):
    reads = "What it reads and why that is worth reading"
    return HEADING + "".join(f"X{n},Reading paper number {n},A&A,idea,other,{reads} {n}\n" for n in range(rows))


@pytest.fixture
def told(monkeypatch):
    """Every progress told, however often."""
    seen = []
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    real = progress.cache.set

    def keep(key, value, *args, **kwargs):
        if key.startswith("import-progress"):
            seen.append(value)
        return real(key, value, *args, **kwargs)

    monkeypatch.setattr(progress.cache, "set", keep)
    return seen


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.prove("imports")
def test_a_long_file_is_read_and_stored_by_jobs_in_bounded_memory(world, applicant, proof, told, monkeypatch):
    rows = proof.size(gate=1_500, full=100_000)
    monkeypatch.setattr(batches, "READ_AT_ONCE", 1_000)
    batch = batches.offer(actor=applicant, file=file_of(long_file(rows)), file_name="long.csv", source="generated")
    mapping = Mapping.from_json(batch.mapping)
    before = peak_mb()

    waiting = batches.map_columns(actor=applicant, batch_id=batch.pk, mapping=mapping)
    assert waiting.status == ImportBatch.Status.WAITING
    work_off()
    batch.refresh_from_db()
    assert (batch.status, batch.summary["verdicts"]["new"]) == (ImportBatch.Status.PREVIEWED, rows)
    read = list(told)
    told.clear()

    storing = batches.confirm(actor=applicant, batch_id=batch.pk)
    assert storing.status == ImportBatch.Status.STORING
    work_off()
    batch.refresh_from_db()

    assert batch.status == ImportBatch.Status.CONFIRMED
    assert Project.objects.count() == rows
    assert [done for done, _total in read] == sorted(done for done, _total in read)
    assert told[-1] == (rows, rows)
    proof.figure("memory_growth_mb", peak_mb() - before)
    assert peak_mb() - before < 100


def test_a_job_that_comes_twice_works_once(world, applicant, monkeypatch):
    monkeypatch.setattr(batches, "READ_AT_ONCE", 0)
    batch = batches.offer(actor=applicant, file=file_of(long_file(3)), file_name="long.csv", source="generated")
    batches.map_columns(actor=applicant, batch_id=batch.pk, mapping=Mapping.from_json(batch.mapping))
    message = OutboxMessage.objects.get(topic="import.read")

    assert [outbox.deliver(message.pk), outbox.deliver(message.pk)] == [True, False]
    assert batch.rows.count() == 3


def test_a_register_that_moved_on_sends_a_long_import_back(world, applicant, monkeypatch):
    monkeypatch.setattr(batches, "STORED_AT_ONCE", 0)
    batch = batches.offer(actor=applicant, file=file_of(long_file(3)), file_name="long.csv", source="generated")
    batches.map_columns(actor=applicant, batch_id=batch.pk, mapping=Mapping.from_json(batch.mapping))
    batches.confirm(actor=applicant, batch_id=batch.pk)
    Project.objects.create(reference="AA-1", department=world.a, title_en="Reading paper number 1", category="other")
    work_off()
    batch.refresh_from_db()

    assert (batch.status, batch.trouble["code"]) == (ImportBatch.Status.PREVIEWED, "import.refused")
    assert Project.objects.count() == 1
