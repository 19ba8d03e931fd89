"""Deferred until a day or a condition; on the day it comes back by itself."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import invariants, services
from funding.models import Deferral
from tests.factories.funding import line


def defer(office, request, *, by="secretary", **said):
    actor = office.world[by] if isinstance(by, str) else by
    given = {"reason": "The survey is running.", "until": clock.today() + timedelta(days=30)}
    return services.defer_request(actor=actor, request_id=request.pk, **given | said)


def test_on_its_day_it_is_back_on_the_screened_list_and_not_before(office):
    request = defer(office, office.screened())
    until = request.deferrals.get().until
    midnight = clock.now().replace(hour=16, minute=0, second=0, microsecond=0)  # of Hong Kong

    early = services.bring_back_due(now=midnight + timedelta(days=(until - clock.hong_kong_day(midnight)).days - 1))
    assert early == 0
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert services.bring_back_due(now=clock.now()) == 1
        assert services.bring_back_due(now=clock.now()) == 0

    request.refresh_from_db()
    deferral = request.deferrals.get()
    assert (request.status, deferral.ended_by, deferral.ended_at is not None) == ("screened", None, True)
    assert LedgerEntry.objects.filter(action="request.brought_back").get().actor == "system"
    assert invariants.check() == []


def test_a_condition_waits_for_the_secretary(office):
    request = defer(office, office.screened(), until=None, condition="The privacy assessment is accepted.")
    assert services.bring_back_due(now=clock.now() + timedelta(days=4_000)) == 0
    with pytest.raises(InvalidInput) as silent:
        services.bring_back(actor=office.world["secretary"], request_id=request.pk, note=" ")

    back = services.bring_back(actor=office.world["secretary"], request_id=request.pk, note="Accepted on Monday.")

    assert (silent.value.code, back.status) == ("note.required", "screened")
    assert request.deferrals.get().ended_because == "Accepted on Monday."


def test_the_chair_defers_what_is_being_decided_and_a_new_round_does_not_erase_the_old(office):
    round_ = office.round()
    office.vote(round_, "fa")
    request = defer(office, round_.request, by=office.chair)
    assert request.status == "deferred"
    services.bring_back(actor=office.world["secretary"], request_id=request.pk, note="Taken up again.")

    second = office.open(request)

    assert (second.number, [row.outcome for row in request.rounds.order_by("number")]) == (2, ["deferred", ""])
    assert request.rounds.get(number=1).votes.count() == 2


def test_what_the_department_defers_comes_back_to_its_head(office):
    request = defer(office, office.submitted("100.00"), by="head")

    back = services.bring_back(actor=office.world["head"], request_id=request.pk, note="Now.")

    assert back.status == "submitted"


def test_a_deferred_request_is_counted_routed_and_may_be_revised_or_withdrawn(office):
    request = defer(office, office.screened("600000.00"))
    other = office.submitted("19500000.00")
    request.refresh_from_db()
    assert (str(other.assessed_amount), request.tier) == ("20100000.00", "legco")

    revised = services.revise_request(
        actor=office.world["applicant"],
        request_id=request.pk,
        expected_version=request.version,
        reason="Smaller.",
        lines=[line("500000.00")],
    )

    assert (revised.status, revised.submitted_version, revised.tier) == ("submitted", 2, "working_group")
    assert request.deferrals.get().ended_because == "Smaller."
    assert invariants.check() == []


def test_where_the_sum_fell_meanwhile_it_comes_back_to_the_head(office):
    request = defer(office, office.screened("400000.00", linked_ids=[office.submitted("300000.00").pk]))
    other = request.linked.get()
    services.withdraw_request(actor=office.world["applicant"], request_id=other.pk, reason="No.")
    request.refresh_from_db()
    assert (request.status, request.tier) == ("deferred", "department")

    back = services.bring_back(actor=office.world["head"], request_id=request.pk, note="Now.")

    assert back.status == "submitted"


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"reason": ""}, InvalidInput, "reason.required"),
        ({"until": None}, InvalidInput, "until.required"),
        ({"until": clock.today()}, Unprocessable, "until.past"),
        ({"by": "finance"}, NotAllowed, "secretary.only"),
        ({"by": "applicant"}, NotAllowed, "secretary.only"),
    ],
)
def test_a_deferral_is_refused(office, said, error, code):
    request = office.screened()

    with pytest.raises(error) as refusal:
        defer(office, request, **said)

    assert refusal.value.code == code
    assert not Deferral.objects.exists()


def test_a_head_does_not_defer_what_the_working_group_decides(office):
    request = office.submitted()

    with pytest.raises(Conflict) as refusal:
        defer(office, request, by="head")

    assert refusal.value.code == "tier.mismatch"
