"""One task ended by two people at once: one end stands, the other person is told so (FEATURES M3)."""

from datetime import timedelta
import time

import pytest

from core import clock
from projects.installation import install
from tests.concurrency.conftest import codes, errors
from tests.factories.projects import ProjectFactory
from tests.plugins.personas import make_world
from work import services
from work.models import Task, TaskStep
from work.services import tasks as raced


@pytest.fixture
def given(committed_db):
    """A world and a project of it."""
    install()
    world = make_world()
    return world, ProjectFactory(department=world.a, lead=world["applicant"].person)


def race(given, crowd):
    """Done by its owner and withdrawn by its giver at once; how many things went wrong."""
    world, project = given
    giver, owner = world["applicant"], world["head"]
    task = services.give_task(
        actor=giver,
        kind="project",
        subject_id=project.pk,
        wording="Send it",
        owner=owner.person,
        due_on=clock.today() + timedelta(days=3),
    )
    results = crowd.together(
        lambda: services.finish_task(actor=owner, task_id=task.pk, note="Sent."),
        lambda: services.withdraw_task(actor=giver, task_id=task.pk, reason="Not needed."),
    )
    ends = TaskStep.objects.filter(task=task, what__in=["done", "withdrawn"]).count()
    return len(errors(results)) + ((ends, codes(results)) != (1, ["task.ended"]))


def test_of_two_who_end_a_task_at_once_one_does(given, crowd):
    assert sum(race(given, crowd) for _race in range(20)) == 0


def test_without_the_lock_both_ends_stand(given, crowd, monkeypatch):
    """The twin: read without the lock, a moment before it is judged and written."""

    def unlocked(actor, task_id):
        found = Task.objects.get(pk=task_id)
        time.sleep(0.05)
        return found, None

    monkeypatch.setattr(raced, "_locked", unlocked)

    assert any(race(given, crowd) for _race in range(10))
