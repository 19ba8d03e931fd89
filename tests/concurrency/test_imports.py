"""Two confirms at once: of one import, and of two imports of the same file. Each row enters the register once."""

import io

import pytest

from core.errors import DomainError
from core.models import LedgerEntry
from projects.importing import batches
from projects.importing.mapping import Mapping
from projects.models import ImportBatch, Project

TEXT = "id,title,department\n" + "".join(f"X{n},Reading {n},A&A\n" for n in range(5))


@pytest.fixture
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def previewed(actor, source):
    file = io.BytesIO(TEXT.encode())
    batch = batches.offer(actor=actor, file=file, file_name="return.csv", source=source)
    return batches.map_columns(actor=actor, batch_id=batch.pk, mapping=Mapping.from_json(batch.mapping))


@pytest.mark.prove("imports")
def test_two_confirms_of_one_import_store_it_once(office, crowd, proof, kept_files):
    actor = office.world["applicant"]
    for race in range(proof.size(gate=3, full=200)):
        batch = previewed(actor, f"one {race}")
        before = Project.objects.count()

        def confirm(batch=batch):
            return batches.confirm(actor=actor, batch_id=batch.pk, leave_refused=True)

        results = crowd.together(confirm, confirm)

        refused = [result for result in results if isinstance(result, DomainError)]
        assert [error.code for error in refused] == ["import.confirmed"]
        assert Project.objects.count() - before == (5 if race == 0 else 0)
        assert LedgerEntry.objects.filter(action="import.confirmed", subject=batch.reference).count() == 1


@pytest.mark.prove("imports")
def test_two_imports_of_one_file_at_once_make_each_project_once(office, crowd, proof, kept_files):
    actor = office.world["applicant"]
    for race in range(proof.size(gate=3, full=200)):
        Project.objects.filter(title_en__startswith="Reading").update(title_en="Earlier")
        first, second = (previewed(actor, f"same {race}") for _twice in range(2))

        results = crowd.together(
            *[lambda one=one: batches.confirm(actor=actor, batch_id=one.pk) for one in (first, second)]
        )

        assert [result.status for result in results] == [ImportBatch.Status.CONFIRMED] * 2
        assert Project.objects.filter(title_en__startswith="Reading").count() == 5
        counts = sorted(
            (one.summary["verdicts"]["new"], one.summary["verdicts"]["same"])
            for one in ImportBatch.objects.filter(source=f"same {race}")
        )
        assert counts == [(0, 5), (5, 0)]
