"""How a project is registered, led and moved through its gates."""

import pytest

from core.errors import NotAllowed, Unprocessable
from projects import services
from projects.models import Project
from tests.projects.refusals import refused


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
