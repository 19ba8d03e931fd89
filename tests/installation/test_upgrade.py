"""An installation of the first release goes on with its records: every migration since, over tables with rows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler
import pytest

FIRST_RELEASE = [
    ("accounts", "0001_initial"),
    ("core", "0004_heartbeat"),
    ("projects", "0002_append_only_facts"),
    ("funding", "0002_append_only"),
    ("kpis", "0002_readings"),
]
LATE_EVENING = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)  # the 5th of March in Hong Kong


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A database of its own in place of the owner's, empty."""
    usual, name = connections["owner"], f"test_upgrade_{uuid4().hex[:12]}"
    with django_db_blocker.unblock(), usual.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        own = ConnectionHandler({"default": {}, "owner": {**usual.settings_dict, "NAME": name}})["owner"]
        connections["owner"] = own
        try:
            yield own
        finally:
            own.close()
            connections["owner"] = usual
            cursor.execute(f'DROP DATABASE "{name}"')


def live_project(models: Any) -> None:
    """A project with one claimed procedure and the file it came from, as the first release kept them."""

    def make(name: str, **values: Any) -> Any:
        return models.get_model(*name.split(".")).objects.using("owner").create(**values)

    department = make("accounts.Department", code="ImmD", safe_code="IMMD", name_en="Immigration", kind="department")
    project = make("projects.Project", reference="IMMD-2026-001", department=department, title_en="Visa vetting")
    models.get_model("projects", "Project").objects.using("owner").update(created_at=LATE_EVENING, version=2)
    procedure = make("projects.Procedure", reference="PROC-0001", department=department, name_en="Vetting")
    claim = make("projects.Claim", procedure=procedure, project=project, went_live_on=date(2026, 3, 5))
    told = {"procedure": procedure, "effective_on": claim.went_live_on, "recorded_at": LATE_EVENING, "claim": claim}
    make("projects.ProcedureFact", kind="claimed", position=1, **told)
    make("projects.ProcedureFact", kind="evidence", position=2, evidence_kind="acceptance", **told)
    make("projects.ImportBatch", file_name="register.csv", digest="0" * 64, uploaded_at=LATE_EVENING)


def test_the_records_of_the_first_release_are_kept_and_completed(owner):
    before = MigrationExecutor(owner)
    before.migrate(FIRST_RELEASE)
    live_project(before.loader.project_state(FIRST_RELEASE).apps)

    after = MigrationExecutor(owner)
    after.migrate(after.loader.graph.leaf_nodes())

    with owner.cursor() as cursor:
        cursor.execute("SELECT reference, registered_on, search_key ~ 'visa' FROM projects_project")
        assert cursor.fetchall() == [("IMMD-2026-001", date(2026, 3, 5), True)]
        cursor.execute("SELECT kind, project_id IS NOT NULL FROM projects_procedurefact ORDER BY position")
        assert cursor.fetchall() == [("claimed", True), ("evidence", False)]
        cursor.execute("SELECT reference FROM projects_importbatch")
        assert cursor.fetchall() == [("IMP-0001",)]
