"""A programme of any size: projects, procedures and ordinary readers, the same for the same size."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
import random

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Department, Person, Posting, RoleGrant, User
from accounts.roles_seed import seed_roles
from bench import database
from core import clock
from projects.models import Category, Procedure, Project, ProjectProcedure, Stage

DEPARTMENTS = 80
SEED = 20261122
BATCH = 5_000
BACKEND = "accounts.backends.DatedRolesBackend"
TOPICS = [
    ("Licence", "牌照"), ("Permit", "許可證"), ("Inspection", "巡查"), ("Enquiry", "查詢"), ("Complaint", "投訴"),
    ("Visa", "簽證"), ("Drainage", "排水"), ("Harbour", "海港"), ("Payment", "付款"), ("Census", "統計"),
    ("Hygiene", "衞生"), ("Broadcast", "廣播"), ("Library", "圖書館"), ("Tender", "招標"), ("Building", "屋宇"),
    ("Traffic", "交通"), ("Weather", "天氣"), ("Training", "培訓"), ("Archive", "檔案"), ("Translation", "翻譯"),
    ("Subsidy", "資助"), ("Tree", "樹木"), ("Slope", "斜坡"), ("Customs", "海關"), ("Patent", "專利"),
    ("Court", "法庭"), ("Fire", "消防"), ("Rent", "租務"), ("School", "學校"), ("Elderly", "長者"),
]  # fmt: skip
TOOLS = [
    ("assistant", "助理"),
    ("chatbot", "聊天機械人"),
    ("classifier", "分類工具"),
    ("forecast", "預測"),
    ("reader", "文件閱讀"),
]


@dataclass(frozen=True, slots=True)
class Readers:
    """An ordinary project lead, a senior official and a writer of reports: never an administrator."""

    lead: User
    official: User
    writer: User


def build(size: int) -> Readers:
    """Add `size` projects, each with one procedure, to an empty migrated database. One in fifty is a draft."""
    chance = random.Random(SEED)
    seed_roles()
    departments = Department.objects.bulk_create(_department(n) for n in range(DEPARTMENTS))
    readers = Readers(
        lead=reader("bench_lead", departments[0]),
        official=reader("bench_official", departments[1], role="official"),
        writer=reader("bench_writer", departments[2], role="report_staff"),
    )
    people = Person.objects.bulk_create(Person(name_en=f"Bench Person {n}", name_zh_hant=f"陳{n}") for n in range(200))
    people.append(readers.lead.person)
    for batch in _batches(_project(n, chance.choice(departments), people, chance) for n in range(size)):
        made = Project.objects.bulk_create(batch)
        steps = Procedure.objects.bulk_create(_procedure(project, chance) for project in made)
        now = clock.now()
        ProjectProcedure.objects.bulk_create(
            ProjectProcedure(project=project, procedure=step, linked_at=now)
            for project, step in zip(made, steps, strict=True)
        )
    database.settle()
    return readers


def session_of(user: User) -> str:
    """The cookie of a session of `user`, as after the sign-in page."""
    return str(signed_in(user).cookies["sessionid"].value)


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    return client


def _batches(rows: Iterator[Project]) -> Iterator[list[Project]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _department(number: int) -> Department:
    return Department(
        code=f"B{number}",
        safe_code=f"B{number}",
        name_en=f"Bench Department {number}",
        name_zh_hant=f"第{number}部門",
        kind=Department.Kind.DEPARTMENT,
    )


def reader(username: str, department: Department, *, role: str | None = None) -> User:
    person = Person.objects.create(name_en=username)
    Posting.objects.create(person=person, department=department, starts_on=date(2020, 1, 1))
    if role:
        group = Group.objects.get(name=role)
        RoleGrant.objects.create(person=person, group=group, effective_at=clock.end_of_day(date(2020, 1, 1)))
    return User.objects.create(username=username, email=f"{username}@example.test", person=person)


def _project(number: int, department: Department, people: list[Person], chance: random.Random) -> Project:
    (topic, topic_zh), (tool, tool_zh) = chance.choice(TOPICS), chance.choice(TOOLS)
    (other, other_zh) = chance.choice(TOPICS)
    return Project(
        reference=f"{department.safe_code}-2026-{number:06d}",
        department=department,
        title_en=f"{topic} {tool} {number}",
        title_zh_hant=f"{topic_zh}{tool_zh}{number}",
        title_zh_hans=f"{topic_zh}{tool_zh}{number}",
        summary_en=f"Helps officers of {department.code} to answer {topic.lower()} cases sooner, reads the papers that "
        f"come with each case, and hands what is unclear to a colleague who knows {other.lower()} work.",
        summary_zh_hant=f"協助人員更快處理{topic_zh}個案，閱讀隨附文件，並把不明之處轉交熟悉{other_zh}的同事。",
        category=chance.choice(Category.values),
        stage=chance.choice([value for value in Stage.values if value]),
        technique="language model",
        lead=chance.choice(people),
        status=Project.Status.DRAFT if number % 50 == 49 else Project.Status.REGISTERED,
        registered_on=date(2026, 1, 1),
    )


def _procedure(project: Project, chance: random.Random) -> Procedure:
    in_use = chance.random() < 0.4
    day = date(2026, chance.randrange(1, 11), chance.randrange(1, 28))
    number = project.reference.rpartition("-")[2]
    return Procedure(
        reference=f"PROC-{number}",
        department_id=project.department_id,
        name_en=f"Step {number} of {project.title_en}",
        name_zh_hant=f"{project.title_zh_hant}環節",
        planned_on=day,
        is_claimed=in_use,
        claimed_on=day if in_use else None,
        verified_on=day if in_use else None,
        in_use_from=day if in_use else None,
        in_use_until=day.replace(year=2027) if in_use else None,
    )
