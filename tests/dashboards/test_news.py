"""What changed and what threatens the target: numbers of what the reader may see, with links to the records."""

from datetime import timedelta

import pytest

from core import clock
from dashboards import changes, threats
from dashboards.changes import Kind
from dashboards.forecast.selectors import outlook_now
from dashboards.models import LastLook
from projects.installation import install
from projects.models import Procedure
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.factories.records import MilestoneFactory


@pytest.fixture
def targets(db):
    install()


def counted(since):
    return {change.kind: change.count for change in changes.changes(since)}


def test_each_kind_counts_from_the_chosen_day_on(official, targets):
    today = clock.today()
    ProcedureFactory(in_use=True, went_live_on=today - timedelta(days=5))
    ProjectFactory(registered_on=today - timedelta(days=90))

    recent, longer = counted(today - timedelta(days=10)), counted(today - timedelta(days=100))

    assert (recent[Kind.CLAIMED], recent[Kind.VERIFIED]) == (1, 1)
    assert longer[Kind.REGISTERED] == recent[Kind.REGISTERED] + 1
    assert Kind.CLAIMED not in counted(today + timedelta(days=1))


def test_a_draft_of_another_department_is_no_change(world, targets):
    before = counted(clock.today())
    ProjectFactory(department=world.a, status="draft", registered_on=None)

    assert counted(clock.today()) == before


def test_a_lapse_counts_on_the_day_after_the_last_in_use(official, targets):
    today = clock.today()
    procedure = ProcedureFactory(in_use=True)
    for until, lapsed in ((today - timedelta(days=2), 1), (today - timedelta(days=3), 0), (today, 0)):
        Procedure.objects.filter(pk=procedure.pk).update(in_use_until=until)
        assert counted(today - timedelta(days=1)).get(Kind.LAPSED, 0) == lapsed


def test_the_last_look_is_the_day_before_today_on_which_the_person_looked(client, official, targets, monkeypatch):
    today = clock.today()
    client.force_login(official)
    assert changes.last_look(official) == today - changes.FIRST_LOOK

    client.get("/")
    client.get("/")
    assert changes.last_look(official) == today - changes.FIRST_LOOK
    LastLook.objects.filter(person=official.person).update(seen_on=today - timedelta(days=4))
    client.get("/")

    assert changes.last_look(official) == today - timedelta(days=4)
    assert LastLook.objects.get().seen_on == today


def test_the_day_in_the_address_is_used_and_a_bad_one_refused(client, official, targets):
    client.force_login(official)

    assert 'value="2026-01-05"' in client.get("/", {"since": "2026-01-05"}).content.decode()
    assert client.get("/", {"since": "yesterday"}).status_code == 400


def test_threats_are_slips_lapses_soon_and_overdue_milestones(official, targets):
    today = clock.today()
    soon, later = ProcedureFactory(in_use=True), ProcedureFactory(in_use=True)
    Procedure.objects.filter(pk=soon.pk).update(in_use_until=today + timedelta(days=60))
    Procedure.objects.filter(pk=later.pk).update(in_use_until=today + timedelta(days=61))
    late = MilestoneFactory(current_on=today - timedelta(days=1))
    MilestoneFactory(current_on=today)
    MilestoneFactory(current_on=today - timedelta(days=9), done_on=today - timedelta(days=8))

    found = threats.threats(official, outlook_now())

    assert (found.lapsing, list(found.lapsing_first)) == (1, [soon])
    assert (found.overdue, list(found.overdue_longest)) == (1, [late])
