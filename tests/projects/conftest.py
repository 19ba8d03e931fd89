"""The world of the count: its first rule, a live project of department A, and a clock that tells a story."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from rest_framework.test import APIClient

from core import clock
from core.models import Installation
from projects.installation import install
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def rule(world):
    return install()


@pytest.fixture
def project(world, rule, applicant):
    """A live project of department A, led by the applicant, past its gate since 2 March 2026."""
    return ProjectFactory(
        department=world.a, lead=applicant.person, registered_on="2026-03-01", gate_passed_on="2026-03-02"
    )


@pytest.fixture
def procedure(project):
    return ProcedureFactory(project=project)


@pytest.fixture
def at(world) -> Callable[[str], AbstractContextManager[None]]:
    """`with at("2026-03-05"):` everything happens at noon of that day in Hong Kong."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})

    def tell(day: str) -> AbstractContextManager[None]:
        return clock.story_at(datetime.fromisoformat(f"{day}T12:00:00+08:00"))

    return tell


@pytest.fixture
def api() -> Callable[..., APIClient]:
    def sign_in(user) -> APIClient:
        program = APIClient()
        program.force_authenticate(user)
        return program

    return sign_in
