"""A project leaves the register by two people, with a reason; its page stays and its claims end or move."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from projects import services
from projects.models import Claim, ProcedureFact, Project, ProjectExit
from tests.factories.accounts import PostingFactory, UserFactory, give_role
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.projects.refusals import refused

TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def today(at):
    with at(TODAY.isoformat()):
        yield


@pytest.fixture
def heirs(project):
    return [ProjectFactory(department=project.department) for _n in range(2)]


def propose(actor, project, kind="stop", successors=(), claims_to=None, **more):
    return services.propose_exit(
        actor=actor,
        project_id=project.pk,
        kind=kind,
        successor_ids=[one.pk for one in successors],
        claims_to_id=claims_to.pk if claims_to else None,
        **{"effective_on": TODAY, "reason": "Superseded."} | more,
    )


def agree(actor, project):
    return services.approve_exit(actor=actor, project_id=project.pk)


@pytest.mark.parametrize(
    ("kind", "number", "approver"),
    [("stop", 0, "head"), ("reclassify", 0, "team"), ("merge", 1, "team"), ("split", 2, "team")],
)
def test_each_way_out_needs_its_second_person(world, project, heirs, applicant, kind, number, approver):
    propose(applicant, project, kind, heirs[:number])
    wrong = {"head", "team"} - {approver}
    for persona in (*wrong, "applicant", "colleague", "outsider", "auditor", "administrator"):
        refused(NotAllowed, *_reason(kind), lambda persona=persona: agree(world[persona], project))

    left = agree(world[approver], project)

    project.refresh_from_db()
    assert (project.stage, project.left_on, left.status) == ("retired", TODAY, "approved")
    assert left.decided_by == world[approver].person != left.proposed_by
    acts = list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))
    assert acts == ["project.exit_proposed", "project.left"]


def _reason(kind):
    return ("duty.head",) if kind == "stop" else ("duty.exits",)


def test_nobody_approves_what_they_proposed_whatever_account_they_use(world, project, head):
    propose(head, project)
    refused(NotAllowed, "duty.separate", lambda: agree(head, project))
    again = UserFactory(username="second account", person=head.person)
    refused(NotAllowed, "duty.separate", lambda: agree(again, project))

    posted = UserFactory(username="team and department")
    PostingFactory(person=posted.person, department=world.a)
    give_role(posted.person, "team")
    services.withdraw_exit(actor=head, project_id=project.pk, note="Not yet.")
    propose(posted, project, "reclassify")
    refused(NotAllowed, "duty.separate", lambda: agree(posted, project))
    project.refresh_from_db()
    assert project.stage == "live"


def test_the_database_too_wants_two_people(project, applicant):
    proposed = propose(applicant, project)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectExit.objects.filter(pk=proposed.pk).update(status="approved", decided_by=applicant.person)


@pytest.mark.parametrize(
    ("kind", "number"), [("stop", 1), ("reclassify", 1), ("merge", 0), ("merge", 2), ("split", 0), ("split", 1)]
)
def test_successors_fit_the_way_out(project, heirs, applicant, kind, number):
    refused(Unprocessable, "exit.successors", lambda: propose(applicant, project, kind, heirs[:number]))
    assert not ProjectExit.objects.exists()


def test_a_successor_is_another_project_in_the_register(world, project, heirs, applicant):
    draft = ProjectFactory(department=world.a, draft=True)
    gone = ProjectFactory(department=world.a, stage="retired")
    for wrong in (project, draft, gone):
        refused(Unprocessable, "exit.successors", lambda wrong=wrong: propose(applicant, project, "merge", [wrong]))
    refused(
        Unprocessable,
        "exit.claims_to",
        lambda: propose(applicant, project, "merge", heirs[:1], claims_to=heirs[1]),
    )


def test_a_proposal_has_a_possible_day_a_reason_and_is_made_once(project, applicant, colleague):
    refused(Unprocessable, "date.future", lambda: propose(applicant, project, effective_on=date(2026, 6, 11)))
    refused(InvalidInput, "reason.required", lambda: propose(applicant, project, reason=" \u200b "))
    propose(applicant, project)
    refused(Conflict, "exit.open", lambda: propose(colleague, project))


def test_a_proposal_is_withdrawn_or_refused_with_a_reason_and_stays_on_record(project, applicant, colleague, head):
    propose(applicant, project)
    services.withdraw_exit(actor=colleague, project_id=project.pk, note="We go on after all.")
    propose(applicant, project)
    services.refuse_exit(actor=head, project_id=project.pk, note="Not convinced.")

    assert sorted(ProjectExit.objects.values_list("status", flat=True)) == ["refused", "withdrawn"]
    project.refresh_from_db()
    assert (project.stage, project.left_on) == ("live", None)
    refused(Conflict, "exit.none", lambda: agree(head, project))


def test_live_claims_end_with_the_project_on_its_day(project, applicant, head):
    counted = [ProcedureFactory(in_use=True, project=project, went_live_on=date(2026, 4, 1)) for _n in range(3)]
    propose(applicant, project, effective_on=date(2026, 6, 1))
    agree(head, project)

    assert not Claim.objects.filter(is_live=True).exists()
    ended = ProcedureFact.objects.filter(kind="claim_ended")
    assert {fact.effective_on for fact in ended} == {date(2026, 6, 1)}
    for procedure in counted:
        procedure.refresh_from_db()
        assert procedure.in_use_until == date(2026, 5, 31)


def test_claims_move_in_the_same_act_where_they_were_promised(project, heirs, applicant, team):
    counted = ProcedureFactory(in_use=True, project=project, went_live_on=date(2026, 4, 1))
    planned = ProcedureFactory(project=project)
    propose(applicant, project, "merge", heirs[:1], claims_to=heirs[0])
    agree(team, project)

    claim = Claim.objects.get()
    assert (claim.is_live, claim.project) == (True, heirs[0])
    counted.refresh_from_db()
    assert counted.in_use_until > TODAY
    assert set(heirs[0].procedures.all()) == {counted, planned}


def test_a_move_that_is_refused_keeps_everything_as_it_was(world, project, applicant, team):
    before_gate = ProjectFactory(department=world.a, before_gate=True)
    ProcedureFactory(in_use=True, project=project, went_live_on=date(2026, 4, 1))
    propose(applicant, project, "merge", [before_gate], claims_to=before_gate)

    refused(Conflict, "golive.before_gate", lambda: agree(team, project))

    project.refresh_from_db()
    assert (project.stage, project.left_on) == ("live", None)
    assert Claim.objects.get().project == project
    assert not before_gate.procedure_links.exists()


def test_a_reference_is_never_given_out_again(world, rule, applicant, head):
    def register():
        return services.register_project(
            actor=applicant, department_id=world.a.pk, title_en="New", category="other", lead=applicant.person
        )

    first = register()
    propose(applicant, first)
    agree(head, first)
    draft = services.save_draft(actor=applicant, department_id=world.a.pk, title_en="Draft", category="other")
    after = register()

    assert [first.reference, draft.reference, after.reference] == ["AA-2026-001", "AA-2026-002", "AA-2026-003"]
    assert Project.objects.filter(reference="AA-2026-001", stage="retired").exists()


def test_the_tombstone_links_to_what_came_of_it_both_ways(project, heirs, applicant, team, signed_in, official):
    propose(applicant, project, "merge", heirs[:1], reason="One team goes on with both.")
    agree(team, project)
    client = signed_in(official)

    stone = client.get(reverse("projects:project-detail", args=[project.reference])).content.decode()
    heir = client.get(reverse("projects:project-life", args=[heirs[0].reference])).content.decode()

    assert "Left the register on 10 Jun 2026: merged into another project" in stone
    assert "One team goes on with both." in stone
    assert reverse("projects:project-detail", args=[heirs[0].reference]) in stone
    assert reverse("projects:project-detail", args=[project.reference]) in heir


def test_the_api_gives_the_same_answers(project, api, applicant, head):
    here = f"/api/v1/projects/{project.reference}/"
    sent = {"kind": "stop", "effective_on": "2026-06-10", "reason": "Superseded."}
    proposed = api(applicant).post(f"{here}propose-exit/", sent, format="json")
    own = api(applicant).post(f"{here}approve-exit/", {}, format="json")
    left = api(head).post(f"{here}approve-exit/", {"note": "Agreed."}, format="json")

    assert (proposed.status_code, proposed.json()["exits"][0]["status"]) == (201, "proposed")
    assert (own.status_code, own.json()["code"]) == (403, "duty.head")
    assert (left.status_code, left.json()["stage"], left.json()["left_on"]) == (200, "retired", "2026-06-10")
    wrong = api(applicant).post(f"{here}propose-exit/", sent | {"successors": ["XX-2026-001"]}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "choice.invalid")
