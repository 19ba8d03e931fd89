"""A world with the first policy and a working group of nine, for every test of money."""

import pytest

from tests.factories.funding import Office, make_office


@pytest.fixture
def office(world) -> Office:
    return make_office(world, alternate_of=(2, 3))
