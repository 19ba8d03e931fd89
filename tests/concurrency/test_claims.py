"""Two claims of one procedure in the same instant: one wins, the other is told so (TRUST T14, WF-18)."""

from itertools import count
import time

import pytest

from core import clock
from projects import services
from projects.installation import install
from projects.models import Claim, Procedure, ProcedureFact, Project
from projects.services import claims
from tests.concurrency.conftest import codes, errors
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.plugins.personas import make_world

numbers = count(1)


@pytest.fixture
def register(committed_db):
    """Two departments with a project each; every race takes a fresh procedure that both projects touch."""
    install()
    world = make_world()
    projects = [
        ProjectFactory(department=department, lead=world[name].person, was_already_running=True)
        for department, name in ((world.a, "applicant"), (world.b, "b_applicant"))
    ]
    return world, projects


def procedure_of_both(projects, **more):
    procedure = ProcedureFactory(project=projects[0], name_en=f"Raced {next(numbers)}", **more)
    _link(projects[1], procedure)
    return procedure


def _link(project, procedure):
    project.procedure_links.create(procedure=procedure, linked_at=clock.now())


def claim(actor, procedure, project):
    return lambda: services.claim(
        actor=actor, procedure_id=procedure.pk, project_id=project.pk, went_live_on=clock.today()
    )


def same_procedure(register, crowd):
    """Claimed by two departments at once."""
    world, projects = register
    procedure = procedure_of_both(projects)
    results = crowd.together(
        claim(world["applicant"], procedure, projects[0]), claim(world["b_applicant"], procedure, projects[1])
    )
    return _wrong(results, [procedure])


def parts_of_one(register, crowd):
    """Two parts of a procedure that was counted before it was split, claimed at once: they count once together."""
    world, projects = register
    counted = procedure_of_both(projects, claimed=True)
    number = next(numbers)
    parts = services.split_procedure(
        actor=world["applicant"],
        procedure_id=counted.pk,
        into=[{"name_en": f"Part {number} a"}, {"name_en": f"Part {number} b"}],
        reason="Two steps.",
    )
    results = crowd.together(
        claim(world["applicant"], parts[0], projects[0]), claim(world["b_applicant"], parts[1], projects[1])
    )
    return _wrong(results, parts)


def _wrong(results, procedures):
    """Anything but one claim, one refusal that says why, and a summary that agrees with the facts."""
    live = Claim.objects.filter(procedure__in=procedures, is_live=True).count()
    kept = ProcedureFact.objects.filter(procedure__in=procedures, kind="claimed").count()
    shown = Procedure.objects.filter(pk__in=[one.pk for one in procedures], is_claimed=True).count()
    one_won = (live, kept, shown, codes(results)) == (1, 1, 1, ["procedure.counted"])
    return len(errors(results)) + (not one_won)


RACES = {race.__name__: race for race in (same_procedure, parts_of_one)}


@pytest.mark.prove("registers")
@pytest.mark.parametrize("scenario", list(RACES))
def test_of_two_claims_at_once_one_wins(scenario, register, crowd, proof):
    sizes = {"same_procedure": (50, 1_000), "parts_of_one": (10, 200)}
    gate, full = sizes[scenario]
    wrong = sum(RACES[scenario](register, crowd) for _race in range(proof.size(gate=gate, full=full)))
    proof.figure("wrong", wrong)

    assert wrong == 0


@pytest.fixture
def without_locks(monkeypatch):
    """The twin: rows are read without their lock, a moment before they are judged and written."""

    def unlocked_project(actor, project_id):
        return Project.objects.get(pk=project_id)

    def unlocked_procedure(actor, procedure_id):
        found = Procedure.objects.get(pk=procedure_id)
        time.sleep(0.05)
        return found

    judged = claims.policies.can_claim

    def slowly(*given):
        verdict = judged(*given)
        time.sleep(0.05)
        return verdict

    monkeypatch.setattr(claims, "locked_project", unlocked_project)
    monkeypatch.setattr(claims, "locked_with_family", unlocked_procedure)
    monkeypatch.setattr(claims.policies, "can_claim", slowly)


@pytest.mark.prove("registers")
@pytest.mark.parametrize("scenario", list(RACES))
def test_without_its_lock_a_claim_does_not_learn_of_the_other_one(scenario, register, crowd, without_locks, proof):
    """Then only the database's own unique rule stands, and somebody meets an error that says nothing."""
    races = found = 0
    while not found and races < 20:
        races += 1
        found = RACES[scenario](register, crowd)
    proof.figure("races_until_wrong", races)

    assert found > 0
