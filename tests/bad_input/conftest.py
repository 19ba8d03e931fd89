"""The world every bad input is sent into: made once, every case rolled back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
import pytest
from pytest_django import DjangoDbBlocker

from core import clock
from core.api import authentication
from core.models import ApiToken, SecurityRefusal
from tests.funding.scene import Scene, make_scene
from tests.plugins.personas import make_world

BUSINESS = ("core", "accounts", "work", "projects", "funding", "kpis")
NOT_BUSINESS = {SecurityRefusal}


@dataclass
class BadWorld:
    """What the cases name in braces, and who sends them."""

    scene: Scene
    names: dict[str, str]

    def client(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        if persona == "member":
            client.force_login(self.scene.members[1], backend="accounts.backends.DatedRolesBackend")
        elif persona != "anonymous":
            client.force_login(self.scene.world[persona], backend="accounts.backends.DatedRolesBackend")
        return client


@pytest.fixture(scope="package")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[BadWorld]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = _make()
        world.client("applicant").get("/api/v1/requests/")  # the first request of a process also loads the URLconf
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def bad_world(made: BadWorld) -> Iterator[BadWorld]:
    cache.clear()
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def _make() -> BadWorld:
    scene = make_scene(make_world())
    draft, round_ = scene.draft("300000.00"), scene.round_open()
    b_project = _project_of(scene, "b_applicant")
    draft_b = scene.draft("300000.00", by=scene.world["b_applicant"], project=b_project)
    cut, _until = authentication.issue(scene.world["applicant"])
    expired, _until = authentication.issue(scene.world["applicant"])
    ApiToken.objects.filter(digest=authentication.digest_of(expired)).update(expires_at=clock.now() - timedelta(days=1))
    names = {
        "draft_A": draft.reference,
        "open_A": round_.request.reference,
        "open_A_etag": f'"{type(draft).objects.get(pk=round_.request_id).version}"',
        "draft_B": draft_b.reference,
        "round": str(round_.pk),
        "motion": round_.motion_digest,
        "cut_token": cut[: len(cut) // 2],
        "expired_token": expired,
        "tomorrow": str(clock.today() + timedelta(days=1)),
    }
    return BadWorld(scene, names)


def _project_of(scene: Scene, persona: str) -> Any:
    from tests.factories.projects import ProjectFactory

    return ProjectFactory(reference="BB-2026-001", department=scene.world.b, lead=scene.world[persona].person)


def counts() -> dict[str, int]:
    """How many rows every business table has, event tables included; asked in one question."""
    models = [model for app in BUSINESS for model in apps.get_app_config(app).get_models() if not model._meta.proxy]
    tables = [model._meta.db_table for model in models if model not in NOT_BUSINESS]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())
