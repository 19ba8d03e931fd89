"""A programme of any size: projects, procedures and two ordinary readers, the same for the same size."""

from dataclasses import dataclass
from datetime import date
import random

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from accounts.models import Department, Person, Posting, RoleGrant, User
from accounts.roles_seed import seed_roles
from core import clock
from projects.models import Category, Procedure, Project, ProjectProcedure, Stage

DEPARTMENTS = 80
SEED = 20261122
WORDS = ["Licence", "Permit", "Inspection", "Enquiry", "Complaint", "Visa", "Drainage", "Harbour", "Payment", "Census"]
CHINESE = ["牌照", "許可證", "巡查", "查詢", "投訴", "簽證", "排水", "海港", "付款", "衞生"]


@dataclass(frozen=True, slots=True)
class Readers:
    """An ordinary project lead and a senior official: never an administrator."""

    lead: User
    official: User


def build(size: int) -> Readers:
    """Add `size` projects, each with one procedure, to an empty migrated database."""
    chance = random.Random(SEED)
    seed_roles()
    departments = Department.objects.bulk_create(
        Department(
            code=f"B{n}",
            safe_code=f"B{n}",
            name_en=f"Bench Department {n}",
            name_zh_hant=f"第{n}部門",
            kind="department",
        )
        for n in range(DEPARTMENTS)
    )
    readers = Readers(_reader("bench_lead", departments[0]), _reader("bench_official", departments[1]))
    RoleGrant.objects.create(
        person=readers.official.person,
        group=Group.objects.get(name="official"),
        effective_at=clock.end_of_day(date(2020, 1, 1)),
    )
    projects = Project.objects.bulk_create(
        (_project(n, chance.choice(departments), chance) for n in range(size)), batch_size=5_000
    )
    procedures = Procedure.objects.bulk_create(
        (_procedure(n, project, chance) for n, project in enumerate(projects)), batch_size=5_000
    )
    now = clock.now()
    ProjectProcedure.objects.bulk_create(
        (
            ProjectProcedure(project=project, procedure=procedure, linked_at=now)
            for project, procedure in zip(projects, procedures, strict=True)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return readers


def signed_in(user: User) -> Client:
    """A client with a session of `user`, as after the sign-in page."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="accounts.backends.DatedRolesBackend")
    return client


def _reader(username: str, department: Department) -> User:
    person = Person.objects.create(name_en=username)
    Posting.objects.create(person=person, department=department, starts_on=date(2020, 1, 1))
    return User.objects.create(username=username, email=f"{username}@example.test", person=person)


def _project(number: int, department: Department, chance: random.Random) -> Project:
    word = chance.randrange(len(WORDS))
    return Project(
        reference=f"{department.safe_code}-2026-{number:06d}",
        department=department,
        title_en=f"{WORDS[word]} assistant {number}",
        title_zh_hant=f"{CHINESE[word]}助理{number}",
        summary_en=f"Helps officers with {WORDS[word].lower()} work.",
        category=chance.choice(Category.values),
        stage=chance.choice([value for value in Stage.values if value]),
    )


def _procedure(number: int, project: Project, chance: random.Random) -> Procedure:
    in_use = chance.random() < 0.4
    day = date(2026, chance.randrange(1, 11), chance.randrange(1, 28))
    return Procedure(
        reference=f"PROC-{number:06d}",
        department=project.department,
        name_en=f"Step {number} of {project.title_en}",
        name_zh_hant=f"{project.title_zh_hant}環節",
        planned_on=day,
        is_claimed=in_use,
        claimed_on=day if in_use else None,
        verified_on=day if in_use else None,
        in_use_from=day if in_use else None,
        in_use_until=day.replace(year=2027) if in_use else None,
    )
