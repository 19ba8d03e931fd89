"""The people of the programme (STYLE 8), one fixture each, in a world of two departments and one committee.

`world` makes them all once per test; each named fixture is that person's account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
import pytest

from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory, UserFactory, give_role

ROLES = {
    "verifier": "verifier",
    "official": "official",
    "report_staff": "report_staff",
    "finance": "finance",
    "administrator": "administrator",
    "auditor": "auditor",
    "secretary": "secretary",
    "team": "team",
}


@dataclass
class World:
    """Departments A, B and the Team's own, and an account for every persona."""

    a: Any
    b: Any
    team_department: Any
    users: dict[str, Any]

    def __getitem__(self, persona: str) -> Any:
        return self.users[persona]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def make_world() -> World:
    """Everybody, for tests that bring their own database fixture (`committed_db`)."""
    from accounts.roles_seed import seed_roles

    seed_roles()
    a = DepartmentFactory(code="A&A", safe_code="AA")
    b = DepartmentFactory(code="BB")
    team_department = DepartmentFactory(code="TEAM")
    users = {
        "applicant": _user("applicant", a),
        "head": _user("head", a, duty="head"),
        "colleague": _user("colleague", a),
        "b_applicant": _user("b_applicant", b),
        "outsider": _user("outsider", b),
    }
    for persona, role in ROLES.items():
        users[persona] = _user(persona, team_department)
        give_role(users[persona].person, role)
    return World(a, b, team_department, users)


def _user(name: str, department: Any, duty: str = "staff") -> Any:
    person = PersonFactory(name_en=name.replace("_", " ").title())
    PostingFactory(person=person, department=department, duty=duty)
    return UserFactory(username=name, person=person)


def _persona(name: str) -> Any:
    @pytest.fixture(name=name)
    def fixture(world: World) -> Any:
        return world[name]

    return fixture


applicant = _persona("applicant")
head = _persona("head")
colleague = _persona("colleague")
b_applicant = _persona("b_applicant")
outsider = _persona("outsider")
verifier = _persona("verifier")
official = _persona("official")
report_staff = _persona("report_staff")
finance = _persona("finance")
administrator = _persona("administrator")
auditor = _persona("auditor")
secretary = _persona("secretary")
team = _persona("team")


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser of one's own for each person, so that several are signed in at once."""

    def sign_in(user: Any) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in
