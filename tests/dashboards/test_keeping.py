"""I12: what is kept equals its recomputation from base rows, whatever was done, undone or done at the same time."""

from datetime import timedelta
import random

from django.core.cache import cache
from django.db import connection, transaction
import pytest

from core import clock
from dashboards import changes, invariants, keeping, selectors, threats
from dashboards.forecast.selectors import outlook_now
from dashboards.models import Change
from dashboards.tasks import fold_changes
from funding.invariants import check as every_invariant
from kpis.models import SeriesState
from kpis.services import keep_states
from projects.installation import install
from projects.models import Milestone, Procedure, Project, Stage, Target
from tests.factories.kpis import KpiFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.factories.records import MilestoneFactory

TOUCH = "UPDATE projects_target SET value = value WHERE false"


@pytest.fixture
def targets(db):
    install()


def told(user):
    """Everything the overview shows from what is kept."""
    found, since = selectors.overview(user), clock.today() - timedelta(days=30)
    return (
        found.departments,
        found.pipeline,
        found.money,
        found.curve,
        found.last_go_live_on,
        found.targets,
        found.outlook.in_use,
        found.outlook.pipeline,
        changes.changes(since),
        threats.threats(user, outlook_now()),
    )


def acts(chance, world):
    """One thing that people do to the registers, by chance."""
    today = clock.today()
    procedures, projects = list(Procedure.objects.all()), list(Project.objects.all())
    one = chance.choice(procedures)
    return chance.choice(
        [
            lambda: ProcedureFactory(department=chance.choice([world.a, world.b]), in_use=True),
            lambda: ProcedureFactory(planned_on=today + timedelta(days=chance.randrange(300))),
            lambda: ProjectFactory(department=world.a, status="draft", stage="idea"),
            lambda: ProjectFactory(stage=chance.choice(Stage.values)),
            lambda: Project.objects.filter(pk=chance.choice(projects).pk).update(stage=chance.choice(Stage.values)),
            lambda: Procedure.objects.filter(pk=one.pk).update(
                in_use_until=today + timedelta(days=chance.randrange(90))
            ),
            lambda: Procedure.objects.filter(pk=one.pk).update(in_use_until=today - timedelta(days=2)),
            lambda: MilestoneFactory(current_on=today - timedelta(days=chance.randrange(1, 9))),
            lambda: Milestone.objects.update(done_on=today),
            lambda: Target.objects.update(value=chance.randrange(50, 300)),
            lambda: type(world.a).objects.filter(pk=world.a.pk).update(name_en=f"Renamed {chance.random()}"),
            lambda: keeping.fold(at_least=2),
        ]
    )


@pytest.mark.prove("figures")
def test_after_random_acts_everything_kept_is_what_would_be_worked_out_anew(world, official, targets, proof):
    chance = random.Random(proof.seed)
    ProcedureFactory(in_use=True, project=ProjectFactory(stage="live"))
    number = proof.size(gate=25, full=1_000)

    for case in range(number):
        acts(chance, world)()
        if chance.random() < 0.3:
            with transaction.atomic():
                acts(chance, world)()
                told(official)
                transaction.set_rollback(True)
        kept = told(official)
        cache.clear()
        assert kept == told(official), case


def test_the_operators_check_finds_a_figure_that_is_kept_wrongly(official, targets):
    ProcedureFactory(in_use=True)
    selectors.overview(official)
    assert list(invariants.check()) == []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE stamps AS SELECT * FROM dashboards_change")
        ProcedureFactory(in_use=True)  # and its stamps go missing
        cursor.execute("DELETE FROM dashboards_change WHERE id NOT IN (SELECT id FROM stamps)")

    found = list(invariants.check())

    assert {line.split(" of the overview")[0] for line in found} >= {"I12: departments", "I12: standing", "I12: curve"}
    assert any("I12" in line for line in every_invariant())


def test_the_operators_check_finds_a_state_that_is_kept_wrongly(official, targets):
    kpi = KpiFactory()
    keep_states()
    assert list(invariants.check()) == []
    SeriesState.objects.filter(series__kpi=kpi).update(reported=7)

    assert [line[:14] for line in invariants.check()] == [f"I12: {kpi.reference}"]


def test_a_figure_is_kept_only_for_its_own_area(official, targets):
    ProcedureFactory(in_use=True)
    before = keeping.states()

    Target.objects.update(value=7)

    after = keeping.states()
    assert after["register"] != before["register"]
    assert after.get("money") == before.get("money")


def test_folding_keeps_the_number_of_stamps_and_never_brings_a_state_back(targets):
    seen = {keeping.states()["register"]}
    for _ in range(5):
        Target.objects.update(value=7)
        seen.add(keeping.states()["register"])
    times = sum(Change.objects.values_list("times", flat=True))

    assert fold_changes() == 0
    assert keeping.fold(at_least=2) > 1

    assert sum(Change.objects.values_list("times", flat=True)) == times
    assert keeping.states()["register"] not in seen
    assert len(seen) == 6


def test_each_of_two_writers_at_once_makes_a_state_of_its_own_however_late_it_commits(db):
    """On connections of their own, whose acts are real: they touch no row, and a stamp is set for each statement."""
    first, second, reader = (connection.copy() for _ in range(3))
    try:
        with first.cursor() as early, second.cursor() as late:
            seen = [_register(reader)]
            early.execute("BEGIN")
            early.execute(TOUCH)
            late.execute("BEGIN")
            late.execute(TOUCH)
            seen.append(_register(reader))
            late.execute("COMMIT")
            seen.append(_register(reader))
            early.execute("COMMIT")
            seen.append(_register(reader))
            early.execute("BEGIN")
            early.execute(TOUCH)
            undone = _register(first)
            early.execute("ROLLBACK")
            seen.append(_register(reader))
    finally:
        for each in (first, second, reader):
            each.close()

    assert seen[0] == seen[1]
    assert seen[3] == seen[4]
    assert len({*seen, undone}) == 4


def _register(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute(keeping.STATES)
        return dict(cursor.fetchall()).get("register")


def test_every_table_that_is_watched_has_its_trigger(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'dashboards_changed'")
        watched = {name for (name,) in cursor.fetchall()}

    assert {"projects_procedure", "projects_procedurefact", "projects_project", "funding_commitment"} <= watched
    assert len(watched) == 13
