"""What people do to procedures and projects, and what they may not."""

from datetime import date, timedelta

from django.db import IntegrityError, ProgrammingError, transaction
import pytest

from accounts.models import Department
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from projects import services
from projects.models import Claim, EvidenceKind, Procedure, ProcedureFact, Project, ProjectProcedure
from tests.factories.accounts import DepartmentFactory, PostingFactory, UserFactory, give_role
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.projects.refusals import refused

WENT_LIVE = date(2026, 3, 2)


def claim(actor, procedure, project, went_live_on=WENT_LIVE, **more):
    return services.claim(
        actor=actor, procedure_id=procedure.pk, project_id=project.pk, went_live_on=went_live_on, **more
    )


def add_all_evidence(actor, procedure):
    for kind in EvidenceKind.values:
        services.add_evidence(actor=actor, procedure_id=procedure.pk, kind=kind, note="Kept in file 12.")


def state(procedure):
    procedure.refresh_from_db()
    return procedure.is_claimed, procedure.verified_on, procedure.in_use_from, procedure.in_use_until


@pytest.fixture
def second_verifier(world):
    user = UserFactory(username="second verifier")
    PostingFactory(person=user.person, department=world.team_department)
    give_role(user.person, "verifier")
    return user


@pytest.fixture
def claimed(procedure, project, applicant, at):
    with at("2026-03-05"):
        claim(applicant, procedure, project)
        add_all_evidence(applicant, procedure)
    return procedure


@pytest.fixture
def late(procedure, project, applicant, at):
    with at("2026-03-17"):
        claim(applicant, procedure, project, reason="The record was found late.")
        add_all_evidence(applicant, procedure)
    return procedure


def test_a_claim_with_evidence_and_an_independent_verifier_counts(claimed, verifier, at):
    assert state(claimed) == (True, None, None, None)
    with at("2026-03-10"):
        fact = services.verify(actor=verifier, procedure_id=claimed.pk)

    assert (fact.effective_on, fact.rule.starts_on) == (date(2026, 3, 10), date(2025, 10, 1))
    with at("2026-03-10"):
        assert list(Procedure.objects.in_use(clock.today())) == [claimed]
    assert state(claimed) == (True, date(2026, 3, 10), date(2026, 3, 10), date(2027, 3, 10))


def test_every_act_leaves_one_ledger_entry_whose_position_the_fact_carries(claimed, verifier):
    services.verify(actor=verifier, procedure_id=claimed.pk)

    facts = list(ProcedureFact.objects.all())
    entries = list(LedgerEntry.objects.filter(subject=claimed.reference))
    assert [entry.action for entry in entries] == [
        "procedure.claimed",
        "procedure.evidence_added",
        "procedure.evidence_added",
        "procedure.verified",
    ]
    assert [fact.position for fact in facts] == [entry.position for entry in entries]
    assert [fact.recorded_at for fact in facts] == [entry.recorded_at for entry in entries]
    assert isinstance(ledger.verify(ledger.stored_chain()), ledger.Position)


def test_facts_cannot_be_changed_or_removed(claimed):
    for change in (lambda f: f.update(note="other"), lambda f: f.delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(ProcedureFact.objects.filter(procedure=claimed))


def test_a_second_claim_is_refused_and_names_the_project_only_to_who_may_see_it(claimed, project, b_applicant, world):
    other = ProjectFactory(department=world.b, lead=b_applicant.person)
    ProjectProcedure.objects.create(project=other, procedure=claimed, linked_at=clock.now())

    error = refused(Conflict, "procedure.counted", lambda: claim(b_applicant, claimed, other))
    assert project.reference in str(error)
    Project.objects.filter(pk=project.pk).update(status="draft")
    error = refused(Conflict, "procedure.counted", lambda: claim(b_applicant, claimed, other))
    assert project.reference not in str(error)


def test_the_database_refuses_two_live_claims_of_one_procedure(claimed, project):
    with pytest.raises(IntegrityError, match="claim_one_live"), transaction.atomic():
        Claim.objects.create(procedure=claimed, project=project, went_live_on=WENT_LIVE)


def test_a_claim_reaches_back_no_further_than_the_gate(procedure, project, applicant, at):
    with at("2026-03-05"):
        before = date(2026, 3, 1)
        refused(Unprocessable, "golive.before_gate", lambda: claim(applicant, procedure, project, before))
        Project.objects.filter(pk=project.pk).update(gate_passed_on=None, stage="pilot")
        refused(Unprocessable, "golive.before_gate", lambda: claim(applicant, procedure, project))
        Project.objects.filter(pk=project.pk).update(was_already_running=True)
        claim(applicant, procedure, project, before)

    assert state(procedure)[0]


def test_a_claim_in_the_future_is_refused(procedure, project, applicant, at):
    with at("2026-03-05"):
        refused(
            Unprocessable, "date.future", lambda: claim(applicant, procedure, project, went_live_on=date(2026, 3, 6))
        )


@pytest.mark.parametrize(("day", "is_late"), [("2026-03-16", False), ("2026-03-17", True)])
def test_a_go_live_more_than_fourteen_days_back_needs_a_reason(procedure, project, applicant, at, day, is_late):
    with at(day):
        if is_late:
            refused(Unprocessable, "reason.required", lambda: claim(applicant, procedure, project, reason=" \u200b"))
        claim(applicant, procedure, project, reason="Found late." if is_late else "")

    assert Claim.objects.get().is_late is is_late


def test_a_late_claim_counts_only_with_a_second_verifier(late, verifier, second_verifier, at):
    with at("2026-03-20"):
        services.verify(actor=verifier, procedure_id=late.pk)
        assert state(late)[1:] == (None, None, None)
        refused(NotAllowed, "duty.separate", lambda: services.confirm_late(actor=verifier, procedure_id=late.pk))
    with at("2026-03-25"):
        services.confirm_late(actor=second_verifier, procedure_id=late.pk)

    assert state(late)[1:] == (date(2026, 3, 25), date(2026, 3, 25), date(2027, 3, 25))


def test_who_confirmed_a_late_claim_cannot_also_verify_it(late, verifier, at):
    with at("2026-03-20"):
        services.confirm_late(actor=verifier, procedure_id=late.pk)
        refused(NotAllowed, "duty.separate", lambda: services.verify(actor=verifier, procedure_id=late.pk))


def test_a_claim_in_time_needs_no_second_verifier(claimed, verifier):
    refused(Conflict, "claim.not_late", lambda: services.confirm_late(actor=verifier, procedure_id=claimed.pk))


def test_verification_waits_for_the_evidence_and_names_what_is_missing(procedure, project, applicant, verifier, at):
    with at("2026-03-05"):
        claim(applicant, procedure, project)
        services.add_evidence(
            actor=applicant, procedure_id=procedure.pk, kind=EvidenceKind.ACCEPTANCE, note="Signed on 4 March."
        )
        error = refused(
            Conflict, "evidence.missing", lambda: services.verify(actor=verifier, procedure_id=procedure.pk)
        )

    assert "operating record" in str(error)
    assert "acceptance" not in str(error)


def test_only_the_verifier_role_verifies(claimed, applicant, head, team, outsider):
    for actor in (applicant, head, team, outsider):
        refused(NotAllowed, "duty.verifier", lambda actor=actor: services.verify(actor=actor, procedure_id=claimed.pk))


def test_a_verifier_with_a_hand_in_the_claim_is_refused(claimed, project, verifier, applicant):
    def verify():
        return services.verify(actor=verifier, procedure_id=claimed.pk)

    Project.objects.filter(pk=project.pk).update(lead=verifier.person)
    refused(NotAllowed, "duty.separate", verify)
    Project.objects.filter(pk=project.pk).update(lead=applicant.person)
    ProjectProcedure.objects.filter(procedure=claimed).update(linked_by=verifier.person)
    refused(NotAllowed, "duty.separate", verify)


def test_another_account_of_the_claimant_does_not_verify(claimed, applicant):
    give_role(applicant.person, "verifier")
    again = UserFactory(username="again", person=applicant.person)

    refused(NotAllowed, "duty.separate", lambda: services.verify(actor=again, procedure_id=claimed.pk))


@pytest.mark.parametrize("relation", ["same", "parent", "child", "procedure's own", "claimant's", "until last week"])
def test_a_verifier_of_a_delivering_department_is_refused(claimed, verifier, applicant, world, relation):
    bureau = DepartmentFactory(code="SB")
    day_of_claim = date(2026, 3, 5)
    where, ends_on = {
        "same": (world.a, None),
        "parent": (bureau, None),
        "child": (DepartmentFactory(code="UNIT", parent=world.a), None),
        "procedure's own": (DepartmentFactory(code="OWN"), None),
        "claimant's": (DepartmentFactory(code="SECOND"), None),
        "until last week": (world.a, day_of_claim + timedelta(30)),
    }[relation]
    Department.objects.filter(pk=world.a.pk).update(parent=bureau)
    if relation == "procedure's own":
        Procedure.objects.filter(pk=claimed.pk).update(department=where)
    if relation == "claimant's":
        PostingFactory(person=applicant.person, department=where)
    PostingFactory(person=verifier.person, department=where, ends_on=ends_on)

    refused(NotAllowed, "duty.department", lambda: services.verify(actor=verifier, procedure_id=claimed.pk))


def test_a_verifier_of_a_sister_department_is_independent(claimed, verifier, world):
    bureau = DepartmentFactory(code="SB")
    Department.objects.filter(pk=world.a.pk).update(parent=bureau)
    PostingFactory(person=verifier.person, department=DepartmentFactory(code="SISTER", parent=bureau))

    services.verify(actor=verifier, procedure_id=claimed.pk)
    assert state(claimed)[1]


def test_a_claim_is_verified_once(claimed, verifier, second_verifier):
    services.verify(actor=verifier, procedure_id=claimed.pk)

    refused(Conflict, "procedure.verified", lambda: services.verify(actor=second_verifier, procedure_id=claimed.pk))


def test_attesting_again_brings_a_lapsed_procedure_back(claimed, verifier, at):
    with at("2026-03-10"):
        refused(
            Conflict,
            "procedure.not_verified",
            lambda: services.attest(actor=verifier, procedure_id=claimed.pk, note="Seen."),
        )
        services.verify(actor=verifier, procedure_id=claimed.pk)
    with at("2027-03-12"):
        assert not Procedure.objects.in_use(clock.today()).exists()
        services.attest(actor=verifier, procedure_id=claimed.pk, note="Records of three months seen.")
        assert Procedure.objects.in_use(clock.today()).exists()

    assert state(claimed)[2:] == (date(2027, 3, 12), date(2028, 3, 12))


def test_retiring_ends_the_claim_and_keeps_it_verified(claimed, verifier, applicant, project, at):
    with at("2026-03-10"):
        services.verify(actor=verifier, procedure_id=claimed.pk)
    with at("2026-06-10"):
        services.retire(
            actor=applicant, procedure_id=claimed.pk, effective_on=date(2026, 6, 1), reason="The step was abolished."
        )

    assert state(claimed) == (True, date(2026, 3, 10), date(2026, 3, 10), date(2026, 5, 31))
    assert claimed.retired_on == date(2026, 6, 1)
    refused(Conflict, "procedure.retired", lambda: claim(applicant, claimed, project))


@pytest.mark.parametrize(
    ("effective_on", "reason", "error", "code"),
    [
        (date(2026, 3, 6), "Gone.", Unprocessable, "date.future"),
        (date(2026, 3, 1), "Gone.", Unprocessable, "date.order"),
        (date(2026, 3, 4), " ", InvalidInput, "reason.required"),
    ],
)
def test_a_retirement_needs_a_possible_day_and_a_reason(claimed, applicant, at, effective_on, reason, error, code):
    def work():
        return services.retire(actor=applicant, procedure_id=claimed.pk, effective_on=effective_on, reason=reason)

    with at("2026-03-05"):
        refused(error, code, work)


def test_stopping_a_project_ends_its_claims(claimed, project, applicant, head, verifier, at):
    with at("2026-03-10"):
        services.verify(actor=verifier, procedure_id=claimed.pk)
    with at("2026-06-10"):
        services.propose_exit(
            actor=applicant,
            project_id=project.pk,
            kind="stop",
            effective_on=date(2026, 6, 10),
            reason="No budget.",
        )
        services.approve_exit(actor=head, project_id=project.pk)

    assert state(claimed) == (True, date(2026, 3, 10), date(2026, 3, 10), date(2026, 6, 9))
    assert not Claim.objects.get().is_live
    project.refresh_from_db()
    refused(
        Conflict,
        "project.stopped",
        lambda: services.edit_project(
            actor=applicant, project_id=project.pk, expected_version=project.version, stage="pilot"
        ),
    )


def test_people_of_other_departments_change_nothing(claimed, project, outsider):
    acts = [
        lambda: services.add_procedure(actor=outsider, project_id=project.pk, name_en="Other"),
        lambda: services.edit_project(actor=outsider, project_id=project.pk, expected_version=1, title_en="Other"),
        lambda: services.propose_exit(
            actor=outsider, project_id=project.pk, kind="stop", effective_on=WENT_LIVE, reason="Gone."
        ),
        lambda: services.add_evidence(actor=outsider, procedure_id=claimed.pk, kind="acceptance", note="Note."),
        lambda: services.retire(actor=outsider, procedure_id=claimed.pk, effective_on=WENT_LIVE, reason="Gone."),
    ]
    for act in acts:
        refused(NotAllowed, "department.other", act)
    assert Procedure.objects.count() == 1


def test_a_draft_of_another_department_does_not_exist(world, rule, outsider):
    hidden = ProjectFactory(department=world.a, draft=True)

    refused(
        NotVisible,
        "project.none",
        lambda: services.add_procedure(actor=outsider, project_id=hidden.pk, name_en="Other"),
    )


def test_adding_a_procedure_registers_links_and_names_it_once(project, applicant):
    made = services.add_procedure(
        actor=applicant, project_id=project.pk, name_en="Visa triage", name_zh_hant="簽證分流"
    )

    assert made.reference == "PROC-0001"
    assert (made.department, made.name_zh_hans) == (project.department, "签证分流")
    assert made.project_links.get().linked_by == applicant.person
    refused(
        Conflict,
        "procedure.exists",
        lambda: services.add_procedure(actor=applicant, project_id=project.pk, name_en="VISA TRIAGE"),
    )


def test_a_procedure_is_linked_once_and_by_who_delivers_the_project(project, applicant):
    elsewhere = ProcedureFactory()
    services.link_procedure(actor=applicant, project_id=project.pk, procedure_id=elsewhere.pk)

    refused(
        Conflict,
        "procedure.linked",
        lambda: services.link_procedure(actor=applicant, project_id=project.pk, procedure_id=elsewhere.pk),
    )
