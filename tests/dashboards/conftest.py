"""A department of its own, and a browser of an official, who sees every board and may export."""

import pytest

from projects.installation import install
from tests.factories.accounts import DepartmentFactory


@pytest.fixture
def department(db):
    install()
    return DepartmentFactory(code="TryD", safe_code="TRYD", name_en="Trial Department")


@pytest.fixture
def page(client, official):
    client.force_login(official)
    return client
