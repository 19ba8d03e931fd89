"""The demonstration's whole story, told through the services at the instants it happened (DESIGN 9)."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Department, User
from core import checkpoints, clock
from core.models import Installation
from installation import foundations
from installation.demonstration import (
    asking,
    benefits,
    counting,
    exports,
    life,
    people,
    procedures,
    readings,
    records,
    reports,
    requests,
    rights,
    work,
)
from installation.demonstration.timeline import Timeline
from projects.importing import import_file
from projects.installation import PROGRAMME_BEGAN_ON

LAST_HOUR = time(18, 0)  # where a story told for a named day ends
REGISTER = "hk_ai_projects.csv"
Say = Callable[[str], None]


def tell(*, ends_at: datetime, say: Say) -> None:
    """Fill an empty database. All of it or nothing: a story that breaks off leaves the database empty."""
    with transaction.atomic():
        Installation.objects.create(is_demonstration=True, story_ends_on=clock.hong_kong_day(ends_at))
        began_at = datetime.combine(PROGRAMME_BEGAN_ON, time(9, 0), tzinfo=clock.HONG_KONG)
        with clock.story_at(began_at):
            say("Loading departments, roles and first policies …")
            foundations.install_foundations()
            say("Making the people of the demonstration …")
            accounts = make_people(since=PROGRAMME_BEGAN_ON)
            say("Importing the published register of AI projects …")
            import_register(accounts["team"])
        timeline = Timeline(ends_at)
        projects = procedures.read()
        procedures.decide_fates(projects, ends_on=timeline.last_day)
        procedures.tell(timeline, projects, accounts)
        life.tell(timeline, [project.title_en for project in projects], accounts)
        requests.tell(timeline, projects, accounts)
        readings.tell(timeline, projects, accounts)
        benefits.tell(timeline, projects, accounts)
        rights.tell(timeline, projects, accounts)
        work.tell(timeline, projects, accounts)
        asking.tell(timeline, projects, accounts)
        records.tell(timeline, projects, accounts)
        counting.tell(timeline, projects, accounts)
        reports.tell(timeline, accounts)
        exports.tell(timeline, accounts)
        say(f"Telling {len(timeline.acts)} acts in the order they happened …")
        timeline.tell()
    checkpoints.begin_anew()
    checkpoints.write()


def make_people(*, since: date) -> dict[str, User]:
    """An account for every invented officer, posted and with their roles. One password, hashed once, for all."""
    hashed = make_password(people.PASSWORD)
    departments = {department.code: department for department in Department.objects.all()}
    accounts = {}
    for officer in people.everybody():
        account = foundations.add_account(
            foundations.NewAccount(
                officer.username,
                officer.name_en,
                officer.email,
                hashed,
                name_zh=officer.name_zh,
                post_en=officer.post_en,
                post_zh=officer.post_zh,
            )
        )
        foundations.post(account, departments[officer.department], since=since, is_head=officer.is_head)
        for role in officer.roles:
            foundations.give_role(account, role, reason="demonstration")
        accounts[officer.username] = account
    return accounts


def import_register(actor: User) -> None:
    """The real, published projects, by the importer everybody uses; what it refuses is left out and listed."""
    with (settings.BASE_DIR / "data" / REGISTER).open("rb") as file:
        import_file(file, file_name=REGISTER, actor=actor, leave_refused=True)
