"""A second administrator, and a place in time."""

from datetime import datetime

import pytest
import time_machine

from core.clock import HONG_KONG
from core.models import LedgerEntry
from tests.factories.accounts import PersonFactory, PostingFactory, UserFactory, give_role

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=HONG_KONG)


@pytest.fixture
def second(world):
    """Another administrator."""
    person = PersonFactory(name_en="Second Administrator")
    PostingFactory(person=person, department=world.team_department)
    give_role(person, "administrator")
    return UserFactory(username="second", person=person)


@pytest.fixture
def at():
    """Travel to an instant; the clock then stands still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def acts():
    """Names of the acts in the ledger, in order."""
    return lambda: list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))
