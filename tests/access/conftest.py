"""The small world of the access table: made once, every request in it rolled back."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
import pytest
from pytest_django import DjangoDbBlocker

from core import health
from tests.access import table
from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory, UserFactory
from tests.plugins.personas import World, make_world


@pytest.fixture(scope="package")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Every persona, a signed-in client for each, and what each area prepared in `world.things`."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(health, "PING_SECONDS", 0.01)  # the suite runs no worker to wait for
        world = make_world()
        world.things = {}
        for name in ("member", "chair"):
            world.users.setdefault(name, outside_member(name))
        for area in table.areas():
            getattr(area, "prepare", lambda world: None)(world)
        world.clients = {table.ANONYMOUS: _client()}
        for persona in table.PERSONAS:
            world.clients[persona] = _client()
            world.clients[persona].force_login(world[persona], backend="accounts.backends.DatedRolesBackend")
        cache.clear()
        yield world
        transaction.set_rollback(True)


def outside_member(name: str) -> Any:
    """A committee's seat-holder from a department that asks for nothing; the funding area gives the seat."""
    person = PersonFactory(name_en=name.title())
    PostingFactory(person=person, department=DepartmentFactory(code=f"OF{name.upper()}"))
    return UserFactory(username=name, person=person)


def _client() -> Client:
    return Client(raise_request_exception=False)
