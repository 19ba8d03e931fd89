"""A live claim moves to another project with what was verified, or not at all (DESIGN 3)."""

from datetime import date

from django.db import transaction
import pytest

from accounts.models import Department
from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from projects import facts, services
from projects.models import Claim, EvidenceKind, Procedure, ProcedureFact, Project, ProjectProcedure
from projects.rules.count import standing
from tests.factories.accounts import DepartmentFactory, PostingFactory
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.projects.refusals import refused


@pytest.fixture
def other(world, project, procedure, applicant):
    found = ProjectFactory(department=world.a, lead=applicant.person, gate_passed_on="2026-03-01")
    ProjectProcedure.objects.create(project=found, procedure=procedure, linked_at=clock.now())
    return found


@pytest.fixture
def counted(procedure, project, applicant, verifier, at):
    with at("2026-03-05"):
        services.claim(actor=applicant, procedure_id=procedure.pk, project_id=project.pk, went_live_on=date(2026, 3, 2))
        for kind in EvidenceKind.values:
            services.add_evidence(actor=applicant, procedure_id=procedure.pk, kind=kind, note="File 12.")
    with at("2026-03-10"):
        services.verify(actor=verifier, procedure_id=procedure.pk)
    return procedure


def move(actor, procedure, to_project, reason="It runs there now."):
    return services.transfer_claim(actor=actor, procedure_id=procedure.pk, to_project_id=to_project.pk, reason=reason)


def known(procedure, on, known_at=None):
    rules = facts.approved_rules()
    found = facts.as_facts(procedure.facts.all(), rules)
    return standing(found, rules=list(rules.values()), on=on, known_at=known_at)


def test_a_transferred_claim_stays_verified_and_says_which_project_counts_it_when(
    counted, project, other, applicant, at
):
    with at("2026-04-01"):
        fact = move(applicant, counted, other)

    assert Claim.objects.get().project == other
    assert (known(counted, date(2026, 3, 31)).project, known(counted, date(2026, 4, 1)).project) == (
        project.pk,
        other.pk,
    )
    assert known(counted, date(2026, 4, 1), known_at=fact.position - 1).project == project.pk
    assert all(known(counted, day).in_use for day in (date(2026, 3, 31), date(2026, 4, 1)))
    counted.refresh_from_db()
    assert (counted.in_use_from, counted.in_use_until) == (date(2026, 3, 10), date(2027, 3, 10))


def test_a_transfer_needs_a_reason_and_a_project_that_could_have_claimed_it(counted, project, other, applicant, at):
    with at("2026-04-01"):
        refused(InvalidInput, "reason.required", lambda: move(applicant, counted, other, reason=" "))
        refused(Conflict, "claim.same_project", lambda: move(applicant, counted, project))
        Project.objects.filter(pk=other.pk).update(gate_passed_on=None)
        refused(Conflict, "golive.before_gate", lambda: move(applicant, counted, other))
        Project.objects.filter(pk=other.pk).update(stage="retired")
        refused(Conflict, "project.stopped", lambda: move(applicant, counted, other))
        Project.objects.filter(pk=other.pk).update(stage="live", was_already_running=True)
        ProjectProcedure.objects.filter(project=other).delete()
        refused(Conflict, "procedure.not_linked", lambda: move(applicant, counted, other))


def test_a_procedure_without_a_live_claim_has_nothing_to_transfer(procedure, other, applicant):
    refused(Conflict, "claim.none", lambda: move(applicant, procedure, other))


@pytest.mark.parametrize("relation", ["same", "parent", "child"])
def test_a_claim_does_not_move_to_the_side_of_its_verifier(counted, other, team, verifier, at, relation):
    home = DepartmentFactory(code="HOME")
    where = {"same": home, "parent": DepartmentFactory(code="ABOVE"), "child": DepartmentFactory(code="BELOW")}[
        relation
    ]
    if relation == "parent":
        Department.objects.filter(pk=home.pk).update(parent=where)
    if relation == "child":
        Department.objects.filter(pk=where.pk).update(parent=home)
    Project.objects.filter(pk=other.pk).update(department=home)
    PostingFactory(person=verifier.person, department=where)
    with at("2026-04-01"):
        error = refused(NotAllowed, "duty.department", lambda: move(team, counted, other))

    assert "claim anew" in str(error)
    assert Claim.objects.get().project != other


def test_a_claim_does_not_move_to_a_project_its_verifier_leads(counted, other, team, verifier, at):
    Project.objects.filter(pk=other.pk).update(lead=verifier.person)
    with at("2026-04-01"):
        refused(NotAllowed, "duty.department", lambda: move(team, counted, other))


def test_a_department_moves_claims_among_its_own_projects_and_the_team_between_departments(
    counted, other, world, applicant, b_applicant, team, at
):
    Project.objects.filter(pk=other.pk).update(department=world.b, lead=None)
    with at("2026-04-01"):
        refused(NotAllowed, "department.other", lambda: move(applicant, counted, other))
        refused(NotAllowed, "department.other", lambda: move(b_applicant, counted, other))
        move(team, counted, other)

    assert Claim.objects.get().project == other


def test_whoever_moved_a_claim_does_not_verify_it(procedure, project, other, applicant, team, at):
    from tests.factories.accounts import give_role

    give_role(team.person, "verifier")
    with at("2026-03-05"):
        services.claim(actor=applicant, procedure_id=procedure.pk, project_id=project.pk, went_live_on=date(2026, 3, 2))
        for kind in EvidenceKind.values:
            services.add_evidence(actor=applicant, procedure_id=procedure.pk, kind=kind, note="File 12.")
        move(team, procedure, other)
        refused(NotAllowed, "duty.separate", lambda: services.verify(actor=team, procedure_id=procedure.pk))


def test_all_claims_of_a_project_move_in_one_act_or_none(counted, project, other, applicant, team, verifier, at):
    second = ProcedureFactory(project=project)
    with at("2026-03-06"):
        services.claim(actor=applicant, procedure_id=second.pk, project_id=project.pk, went_live_on=date(2026, 3, 4))

    def leave():
        with transaction.atomic():
            return services.transfer_all_claims(
                actor=team, project=project, to_project=other, effective_on=date(2026, 4, 1), reason="Merged."
            )

    with at("2026-04-02"):
        refused(Conflict, "procedure.not_linked", leave)
        assert set(Claim.objects.values_list("project", flat=True)) == {project.pk}
        ProjectProcedure.objects.create(project=other, procedure=second, linked_at=clock.now())
        moved = leave()

    assert [fact.effective_on for fact in moved] == [date(2026, 4, 1)] * 2
    assert set(Claim.objects.values_list("project", flat=True)) == {other.pk}
    assert ProcedureFact.objects.filter(kind="transferred").count() == 2


def test_a_claim_moves_on_no_day_that_is_not_over_or_before_the_project_counted_it(counted, project, other, team, at):
    def on(day):
        return lambda: services.transfer_all_claims(
            actor=team, project=project, to_project=other, effective_on=day, reason="Merged."
        )

    with at("2026-04-02"):
        refused(Unprocessable, "date.future", on(date(2026, 4, 3)))
        refused(Unprocessable, "date.order", on(date(2026, 3, 1)))


def test_a_claim_after_a_transfer_is_still_one(counted, other, applicant, at):
    with at("2026-04-01"):
        move(applicant, counted, other)
        refused(
            Conflict,
            "procedure.counted",
            lambda: services.claim(
                actor=applicant, procedure_id=counted.pk, project_id=other.pk, went_live_on=date(2026, 4, 1)
            ),
        )
    assert Procedure.objects.in_use(date(2026, 4, 1)).count() == 1
