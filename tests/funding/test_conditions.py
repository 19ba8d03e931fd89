"""Conditions of an approval as tasks: owner, date, evidence, discharge by another person, waiver by two."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import InvalidInput, InvalidMove, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.models import Condition, EvidenceFile
from funding.selectors.conditions import open_conditions
from tests.funding.outcomes import FILE, conditional, officer


@pytest.fixture
def condition(office):
    return conditional(office, "Report twice a year.", "Close the old counter.").tasks.first()


def hand_in(office, condition, *, by="applicant", note="The first report."):
    return services.submit_evidence(actor=office.world[by], condition_id=condition.pk, note=note, stored=FILE)


def refused(error, code, act):
    with pytest.raises(error) as refusal:
        act()
    assert refusal.value.code == code


def test_publication_sets_a_task_for_each_condition_of_the_motion(office, applicant):
    day = clock.today() + timedelta(days=45)

    decision = conditional(office, "Report twice a year.", "Close the old counter.", conditions_due_on=day)

    tasks = list(decision.tasks.order_by("number"))
    assert [(task.number, task.text, task.due_on, task.status) for task in tasks] == [
        (1, "Report twice a year.", day, "open"),
        (2, "Close the old counter.", day, "open"),
    ]
    assert {task.owner for task in tasks} == {decision.request.lead}
    assert list(open_conditions(decision)) == tasks


def test_a_lost_motion_leaves_no_tasks_and_no_day_lies_behind(office):
    round_ = office.round(conditions=["Report."])
    office.vote(round_, "aaaaa")
    office.close(round_)
    assert not office.publish(round_).tasks.exists()
    with pytest.raises(Unprocessable) as refusal:
        conditional(office, conditions_due_on=clock.today() - timedelta(days=1))

    assert refusal.value.code == "due.past"


def test_a_condition_of_the_head_is_a_task_too(office, head, secretary):
    request = office.submitted("100.00")
    services.decide_in_department(actor=head, request_id=request.pk, approve=True, conditions=["Report.", " "])
    decision = services.publish_department_decision(actor=secretary, request_id=request.pk)
    task = decision.tasks.get()
    hand_in(office, task)

    assert services.discharge_condition(actor=head, condition_id=task.pk).status == "discharged"
    assert not open_conditions(decision)


def test_evidence_is_handed_in_and_another_person_discharges_it(office, condition, secretary):
    hand_in(office, condition)

    done = services.discharge_condition(actor=secretary, condition_id=condition.pk, note="Seen.")

    assert (done.status, [step.kind for step in done.steps.all()]) == ("discharged", ["set", "submitted", "discharged"])
    file = EvidenceFile.objects.get()
    assert (file.digest, file.request, done.steps.get(kind="submitted").evidence) == (
        FILE.digest,
        condition.decision.request,
        file,
    )
    assert [c.number for c in open_conditions(condition.decision)] == [2]
    kinds = LedgerEntry.objects.filter(subject=condition.ledger_ref).values_list("action", flat=True)
    assert list(kinds.order_by("position")) == ["condition.evidence", "condition.discharged"]


def test_nobody_discharges_what_they_own_or_handed_in(office, condition, secretary):
    hand_in(office, condition)
    Condition.objects.filter(pk=condition.pk).update(owner=secretary.person)
    refused(
        NotAllowed, "duty.separate", lambda: services.discharge_condition(actor=secretary, condition_id=condition.pk)
    )
    refused(
        NotAllowed,
        "duty.separate",
        lambda: services.discharge_condition(actor=office.world["applicant"], condition_id=condition.pk),
    )
    refused(
        NotAllowed,
        "secretary.only",
        lambda: services.discharge_condition(actor=office.world["finance"], condition_id=condition.pk),
    )

    condition.refresh_from_db()
    assert condition.status == "submitted"


def test_evidence_that_does_not_show_it_goes_back_and_stays_on_record(office, condition, secretary):
    hand_in(office, condition)
    refused(
        InvalidInput,
        "reason.required",
        lambda: services.return_evidence(actor=secretary, condition_id=condition.pk, reason=""),
    )
    back = services.return_evidence(actor=secretary, condition_id=condition.pk, reason="Unsigned.")
    again = hand_in(office, condition)

    assert (back.status, again.status, EvidenceFile.objects.count()) == ("open", "submitted", 2)


def test_a_waiver_takes_the_secretary_and_a_second_person_each_with_a_reason(office, condition, secretary, team):
    services.propose_waiver(actor=secretary, condition_id=condition.pk, reason="The counter was sold.")

    def answer(actor, reason="Agreed."):
        return services.answer_waiver(actor=actor, condition_id=condition.pk, agree=True, reason=reason)

    assert open_conditions(condition.decision).count() == 2
    refused(NotAllowed, "duty.separate", lambda: answer(secretary))
    refused(NotAllowed, "condition.waiver", lambda: answer(office.world["finance"]))
    refused(InvalidInput, "reason.required", lambda: answer(team, " "))

    assert answer(team).status == "waived"
    assert open_conditions(condition.decision).count() == 1
    assert LedgerEntry.objects.filter(action="condition.waived").count() == 1


def test_a_waiver_that_is_refused_leaves_the_condition_owed(office, condition, secretary):
    services.propose_waiver(actor=secretary, condition_id=condition.pk, reason="Too much work.")
    second = officer("secretary2", "secretary")

    kept = services.answer_waiver(actor=second, condition_id=condition.pk, agree=False, reason="It stays.")

    assert (kept.status, kept.steps.last().kind) == ("open", "kept")


def test_only_the_secretary_proposes_a_waiver_or_another_owner(office, condition, applicant, colleague, outsider):
    day = clock.today() + timedelta(days=9)

    def assign(actor, owner, **said):
        given = {"due_on": day, "reason": "He moved."} | said
        return services.assign_condition(actor=actor, condition_id=condition.pk, owner=owner.person, **given)

    secretary = office.world["secretary"]
    refused(
        NotAllowed,
        "duty.separate" if condition.owner == applicant.person else "secretary.only",
        lambda: services.propose_waiver(actor=applicant, condition_id=condition.pk, reason="x"),
    )
    refused(NotAllowed, "secretary.only", lambda: assign(applicant, colleague))
    refused(Unprocessable, "owner.department", lambda: assign(secretary, outsider))
    refused(Unprocessable, "due.past", lambda: assign(secretary, colleague, due_on=clock.today() - timedelta(days=1)))
    refused(InvalidInput, "reason.required", lambda: assign(secretary, colleague, reason=""))

    moved = assign(secretary, colleague)
    assert (moved.owner, moved.due_on, moved.steps.last().kind) == (colleague.person, day, "assigned")


def test_strangers_do_not_see_a_condition_and_what_is_over_is_over(office, condition, outsider, secretary):
    refused(NotVisible, "condition.none", lambda: hand_in(office, condition, by="outsider"))
    refused(NotAllowed, "condition.owner", lambda: hand_in(office, condition, by="auditor"))
    hand_in(office, condition)
    services.discharge_condition(actor=secretary, condition_id=condition.pk)

    refused(InvalidMove, "state.move", lambda: hand_in(office, condition))


def test_overdue_is_what_is_owed_after_its_day(office, condition):
    day = condition.due_on

    assert not Condition.objects.overdue(on=day).exists()
    assert Condition.objects.overdue(on=day + timedelta(days=1)).count() == 2
