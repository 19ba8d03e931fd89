"""How a project is registered, led and moved through its gates."""

from datetime import date

import pytest

from core.errors import InvalidMove, NotAllowed, Stale, Unprocessable
from core.models import LedgerEntry
from projects import services
from projects.models import Project
from tests.projects.refusals import refused


def test_passing_the_gate_is_kept_with_its_day(world, rule, applicant, at):
    with at("2026-03-02"):
        made = services.register_project(
            actor=applicant, department_id=world.a.pk, title_en="New", category="other", stage="pilot"
        )
        assert made.reference == "AA-2026-001"
        refused(
            InvalidMove,
            "state.move",
            lambda: services.edit_project(actor=applicant, project_id=made.pk, expected_version=1, stage="retired"),
        )
        passed = services.edit_project(actor=applicant, project_id=made.pk, expected_version=1, stage="roll_out")

    assert (passed.gate_passed_on, passed.version) == (date(2026, 3, 2), 2)
    assert LedgerEntry.objects.filter(action="project.gate_passed").count() == 1
    refused(
        InvalidMove,
        "state.move",
        lambda: services.edit_project(actor=applicant, project_id=made.pk, expected_version=2, stage="pilot"),
    )
    refused(
        Stale,
        "version.stale",
        lambda: services.edit_project(actor=applicant, project_id=made.pk, expected_version=1, title_en="Older"),
    )


def test_a_lead_belongs_to_the_department(project, applicant, colleague, outsider):
    refused(
        Unprocessable,
        "lead.department",
        lambda: services.edit_project(actor=applicant, project_id=project.pk, expected_version=1, lead=outsider.person),
    )
    services.edit_project(actor=applicant, project_id=project.pk, expected_version=1, lead=colleague.person)

    project.refresh_from_db()
    assert project.lead == colleague.person
    assert project.title_zh_hans == ""


def test_a_project_is_registered_by_its_own_department(world, outsider):
    with pytest.raises(NotAllowed):
        services.register_project(actor=outsider, department_id=world.a.pk, title_en="New", category="other")

    assert not Project.objects.exists()
