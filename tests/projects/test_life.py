"""Gates, approvals and pilots: who lets a project go on, and what keeps it where it is."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, Stale, Unprocessable
from core.models import LedgerEntry
from kpis.models import Baseline
from projects import gates, policies, services
from projects.models import HeadApproval, PilotDecision, Project, Stage
from projects.rules import editing
from projects.rules.editing import State
from projects.rules.lifecycle import Need
from tests.factories.kpis import KpiFactory
from tests.factories.projects import ProjectFactory
from tests.projects.refusals import refused

STATES = {
    State.DRAFT: {"draft": True, "stage": "idea"},
    State.BEFORE_PILOT: {"stage": "assessed"},
    State.PILOT: {"stage": "pilot"},
    State.RUNNING: {"stage": "live"},
    State.LEFT: {"stage": "retired"},
}


@pytest.fixture
def planned(world, rule, applicant):
    """An approved project of department A before its pilot, led by the applicant."""
    return ProjectFactory(department=world.a, lead=applicant.person, stage="approved", gate_passed_on=None)


def name_baseline(project, *, locked=False):
    series = KpiFactory(project=project).series.get()
    return Baseline.objects.create(
        series=series,
        value=Decimal(9),
        period_start=date(2025, 1, 1),
        period_end=date(2025, 6, 30),
        evidence="Returns.",
        set_by=project.lead,
        locked_at="2026-01-01T00:00:00Z" if locked else None,
    )


def approve(project, head):
    return services.approve_pilot(actor=head, project_id=project.pk, statement="Read the plan.")


def move(project, actor, stage):
    return services.change_stage(actor=actor, project_id=project.pk, stage=stage)


def scale(project, lead, head, decision="scale"):
    services.record_pilot(actor=lead, project_id=project.pk, outcome="met", findings="12 weeks, 900 cases.")
    return services.decide_pilot(actor=head, project_id=project.pk, decision=decision, reason="It works.")


def needs(project, to):
    project.refresh_from_db()
    return {one.need for one in gates.missing(project, to)}


def test_a_project_goes_all_the_way_through_its_gates(planned, applicant, head, at):
    with at("2026-03-02"):
        assert needs(planned, "pilot") == {Need.HEAD_APPROVAL, Need.BASELINE_NAMED}
        approve(planned, head)
        baseline = name_baseline(planned)
        move(planned, applicant, "pilot")
        assert needs(planned, "roll_out") == {Need.PILOT_DECISION, Need.BASELINES_LOCKED}
        scale(planned, applicant, head)
        Baseline.objects.filter(pk=baseline.pk).update(locked_at="2026-03-02T00:00:00Z")
        live = move(planned, applicant, "live")

    assert (live.stage, live.gate_passed_on, live.version) == ("live", date(2026, 3, 2), 3)
    acts = list(LedgerEntry.objects.order_by("position").values_list("action", flat=True))
    assert acts == ["project.pilot_approved", "project.gate_passed", "project.pilot_decided", "project.gate_passed"]


@pytest.mark.parametrize("missing", [Need.LEAD, Need.HEAD_APPROVAL, Need.BASELINE_NAMED])
def test_the_pilot_waits_for_each_thing_its_gate_asks_for(planned, applicant, colleague, head, missing):
    if missing is not Need.HEAD_APPROVAL:
        approve(planned, head)
    if missing is not Need.BASELINE_NAMED:
        name_baseline(planned)
    if missing is Need.LEAD:
        Project.objects.filter(pk=planned.pk).update(lead=None)

    assert needs(planned, "pilot") == {missing}
    refusal = refused(InvalidMove, "gate.closed", lambda: move(planned, colleague, "pilot"))
    assert [str(text) for text in refusal.fields["stage"]] == [str(gates.SENTENCES[missing])]
    planned.refresh_from_db()
    assert planned.stage == "approved"


@pytest.mark.parametrize("missing", [Need.PILOT_DECISION, Need.BASELINES_LOCKED])
def test_going_live_waits_for_each_thing_its_gate_asks_for(world, rule, applicant, head, missing):
    pilot = ProjectFactory(department=world.a, lead=applicant.person, before_gate=True)
    name_baseline(pilot, locked=missing is not Need.BASELINES_LOCKED)
    if missing is not Need.PILOT_DECISION:
        scale(pilot, applicant, head)

    for stage in ("roll_out", "live"):
        assert needs(pilot, stage) == {missing}
        refused(InvalidMove, "gate.closed", lambda stage=stage: move(pilot, applicant, stage))


def test_one_unlocked_baseline_among_several_keeps_the_gate_closed(world, rule, applicant):
    pilot = ProjectFactory(department=world.a, lead=applicant.person, before_gate=True)
    name_baseline(pilot, locked=True)
    assert Need.BASELINES_LOCKED not in needs(pilot, "live")

    KpiFactory(project=pilot)  # measured, and no baseline

    assert Need.BASELINES_LOCKED in needs(pilot, "live")


@pytest.mark.parametrize("decision", ["change", "stop"])
def test_only_a_decision_to_scale_opens_the_gate_and_the_latest_stands(world, rule, applicant, head, decision):
    pilot = ProjectFactory(department=world.a, lead=applicant.person, before_gate=True)
    scale(pilot, applicant, head)
    assert Need.PILOT_DECISION not in needs(pilot, "live")

    scale(pilot, applicant, head, decision)

    assert Need.PILOT_DECISION in needs(pilot, "live")


def test_an_edit_meets_the_same_gate(planned, applicant):
    refused(
        InvalidMove,
        "gate.closed",
        lambda: services.edit_project(actor=applicant, project_id=planned.pk, expected_version=1, stage="pilot"),
    )
    refused(
        InvalidMove,
        "state.move",
        lambda: services.edit_project(actor=applicant, project_id=planned.pk, expected_version=1, stage="retired"),
    )
    services.edit_project(actor=applicant, project_id=planned.pk, expected_version=1, stage="idea")
    refused(
        Stale,
        "version.stale",
        lambda: services.edit_project(actor=applicant, project_id=planned.pk, expected_version=1, title_en="Older"),
    )


def test_nobody_registers_a_project_behind_a_gate(world, rule, applicant):
    said = {"actor": applicant, "department_id": world.a.pk, "title_en": "New", "category": "other"}
    for stage in ("pilot", "roll_out", "live"):
        refused(Conflict, "gate.closed", lambda stage=stage: services.register_project(**said, stage=stage))
    for stage in ("", "idea", "pilot"):
        refused(
            Conflict,
            "gate.closed",
            lambda stage=stage: services.register_project(**said, stage=stage, was_already_running=True),
        )
    assert not Project.objects.exists()

    running = services.register_project(**said, stage="live", was_already_running=True)
    assert (running.was_already_running, running.gate_passed_on) == (True, None)


@pytest.mark.parametrize("persona", ["applicant", "colleague", "team", "administrator", "outsider", "auditor"])
def test_only_the_head_approves_a_pilot(world, planned, persona):
    refused(NotAllowed, "duty.head", lambda: approve(planned, world[persona]))
    assert not HeadApproval.objects.exists()


def test_a_head_never_approves_what_they_lead(planned, head, applicant):
    Project.objects.filter(pk=planned.pk).update(lead=head.person)
    refused(NotAllowed, "duty.separate", lambda: approve(planned, head))

    Project.objects.filter(pk=planned.pk).update(lead=applicant.person)
    approve(planned, head)
    name_baseline(planned)
    services.edit_project(actor=applicant, project_id=planned.pk, expected_version=1, lead=head.person)

    assert needs(planned, "pilot") == {Need.HEAD_APPROVAL}


def test_an_approval_is_withdrawn_with_a_reason_until_the_pilot_begins(planned, applicant, head):
    approve(planned, head)
    name_baseline(planned)
    refused(
        InvalidInput,
        "reason.required",
        lambda: services.withdraw_approval(actor=head, project_id=planned.pk, reason=" \u200b"),
    )
    services.withdraw_approval(actor=head, project_id=planned.pk, reason="The scope grew.")
    assert needs(planned, "pilot") == {Need.HEAD_APPROVAL}
    assert HeadApproval.objects.get().withdrawn_because == "The scope grew."

    approve(planned, head)
    move(planned, applicant, "pilot")
    refused(
        Conflict,
        "approval.none",
        lambda: services.withdraw_approval(actor=head, project_id=planned.pk, reason="Too late."),
    )


def test_a_pilot_is_decided_by_a_second_person(world, rule, applicant, colleague, head, team):
    pilot = ProjectFactory(department=world.a, lead=applicant.person, before_gate=True)
    decide = {"project_id": pilot.pk, "decision": "scale", "reason": "Good."}
    refused(Conflict, "pilot.not_waiting", lambda: services.decide_pilot(actor=head, **decide))
    services.record_pilot(actor=head, project_id=pilot.pk, outcome="met", findings="Seen.")
    refused(NotAllowed, "duty.separate", lambda: services.decide_pilot(actor=head, **decide))

    services.record_pilot(actor=colleague, project_id=pilot.pk, outcome="partly", findings="Seen again.")
    for other in (applicant, colleague, team):
        refused(NotAllowed, "duty.head", lambda other=other: services.decide_pilot(actor=other, **decide))
    decided = services.decide_pilot(actor=head, **decide)

    assert (decided.outcome, decided.decided_by, PilotDecision.objects.count()) == ("partly", head.person, 1)


def test_only_the_team_names_flagships(world, planned, head, team):
    refused(
        NotAllowed,
        "field.not_yours",
        lambda: services.mark_flagship(actor=head, project_id=planned.pk, is_flagship=True),
    )
    services.mark_flagship(actor=team, project_id=planned.pk, is_flagship=True)

    planned.refresh_from_db()
    assert planned.is_flagship


@pytest.mark.parametrize("state", State)
def test_the_service_keeps_to_the_table_of_fields(world, rule, applicant, colleague, head, team, outsider, state):
    project = ProjectFactory(department=world.a, lead=applicant.person, **STATES[state])
    people = {applicant: {"L", "D"}, colleague: {"D"}, head: {"H", "D"}, team: {"T"}, outsider: set()}
    letters = {"L": editing.Role.LEAD, "D": editing.Role.DEPARTMENT, "H": editing.Role.HEAD, "T": editing.Role.TEAM}

    assert policies.projects.state_of(project) is state
    for user, held in people.items():
        roles = {letters[letter] for letter in held}
        assert policies.projects.roles_of(user, project) == roles
        for field, row in editing.MAY_EDIT.items():
            assert bool(policies.can_edit_field(user, project, field)) == bool(row[state] & roles), (user, field)


def test_a_colleague_may_not_take_over_a_running_project(world, rule, applicant, colleague):
    running = ProjectFactory(department=world.a, lead=applicant.person)
    refusal = refused(
        NotAllowed,
        "field.not_yours",
        lambda: services.edit_project(
            actor=colleague, project_id=running.pk, expected_version=1, lead=colleague.person, title_en="Mine"
        ),
    )

    assert set(refusal.fields) == {"lead"}
    running.refresh_from_db()
    assert (running.lead, running.title_en != "Mine") == (applicant.person, True)


def test_from_the_pilot_on_somebody_leads(world, rule, applicant):
    running = ProjectFactory(department=world.a, lead=applicant.person, stage=Stage.PILOT)
    refused(
        Unprocessable,
        "lead.required",
        lambda: services.edit_project(actor=applicant, project_id=running.pk, expected_version=1, lead=None),
    )
