"""A project of department A with its procedure, and clients signed in as anybody."""

import pytest
from rest_framework.test import APIClient

from projects.installation import install
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def rule(world):
    return install()


@pytest.fixture
def project(world, rule, applicant):
    return ProjectFactory(reference="AA-2026-001", department=world.a, lead=applicant.person, title_zh_hant="簽證分流")


@pytest.fixture
def procedure(project):
    return ProcedureFactory(reference="PROC-0001", project=project)


@pytest.fixture
def as_person(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def api():
    def sign_in(user):
        client = APIClient()
        client.force_authenticate(user)
        return client

    return sign_in
