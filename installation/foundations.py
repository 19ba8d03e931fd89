"""What every installation starts with, real or demonstration: roles, departments, first policies, accounts."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Department, Person, Posting, RoleGrant, User
from accounts.roles import Role
from accounts.roles_seed import seed_roles
from core import checkpoints, clock
from core.models import Installation, LedgerEntry
from core.simplified import simplified
import funding.installation
import kpis.installation
from projects.importing import load_departments
import projects.installation


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A person and the account they sign in with; `password_hash` is already encoded."""

    username: str
    name_en: str
    email: str
    password_hash: str
    name_zh: str = ""
    post_en: str = ""
    post_zh: str = ""


def is_empty() -> bool:
    """Whether this database holds nothing of anybody: the state in which `setup` and `demo` may run."""
    holders = (Installation, LedgerEntry, Person, User, Department)
    return not any(model.objects.exists() for model in holders)


def install_foundations() -> int:
    """Roles, the government's departments and the first policies. Returns how many departments there are."""
    seed_roles()
    load_departments()
    projects.installation.install()
    funding.installation.install()
    kpis.installation.install()
    return Department.objects.count()


def add_account(new: NewAccount) -> User:
    """One person with one account. What they may do comes from postings and roles, given apart."""
    person = Person.objects.create(
        name_en=new.name_en,
        name_zh_hant=new.name_zh,
        name_zh_hans=simplified(new.name_zh),
        email=new.email,
        title_en=new.post_en,
        title_zh_hant=new.post_zh,
        title_zh_hans=simplified(new.post_zh),
    )
    return User.objects.create(username=new.username, email=new.email, password=new.password_hash, person=person)


def give_role(user: User, role: str, *, reason: str) -> RoleGrant:
    """The role from this instant on. At installation nobody is there yet to make anybody wait 24 hours."""
    return RoleGrant.objects.create(
        person=user.person, group=Group.objects.get(name=role), effective_at=clock.now(), reason=reason
    )


def post(user: User, department: Department, *, since: date, is_head: bool = False) -> Posting:
    duty = Posting.Duty.HEAD if is_head else Posting.Duty.STAFF
    return Posting.objects.create(person=user.person, department=department, duty=duty, starts_on=since)


@transaction.atomic
def install(administrators: list[NewAccount]) -> int:
    """The real first run, whole or not at all: foundations, two administrators, the unmarked installation."""
    count = install_foundations()
    Installation.objects.create(is_demonstration=False)
    for administrator in administrators:
        user = add_account(administrator)
        give_role(user, Role.ADMINISTRATOR, reason="first administrator, by setup")
    transaction.on_commit(checkpoints.begin_anew)
    return count
