"""Appeals: a new request linked with the old, in time, against less than was asked, decided by somebody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import ballots, invariants, services
from funding.models import Appeal, FundingPolicy, FundingRequest
from tests.funding.replaying import replay


def rejected(office, amount="1200000.00"):
    return office.published(amount, "aaaaa", project=office.new_project()).request


def rejected_by_head(office, asked="300000.00", **decision):
    request = office.submitted(asked, project_id=office.new_project().pk)
    given = {"approve": False, "reason": "Not this year."}
    services.decide_in_department(actor=office.world["head"], request_id=request.pk, **given | decision)
    services.publish_department_decision(actor=office.world["secretary"], request_id=request.pk)
    return FundingRequest.objects.get(pk=request.pk)


def appeal(office, request, *, by="applicant", ground="The benefit is shown in annex 2."):
    return services.appeal(actor=office.world[by], request_id=request.pk, ground=ground)


def submit(office, request):
    return services.submit_request(
        actor=office.world["applicant"], request_id=request.pk, expected_version=request.version
    )


def refused(error, code, act):
    with pytest.raises(error) as refusal:
        act()
    assert refusal.value.code == code
    assert not Appeal.objects.exists()


def test_a_rejection_is_appealed_against_by_a_new_request_linked_with_the_old(office):
    old = rejected(office)

    new = appeal(office, old)

    assert (new.status, new.own_amount, list(new.linked.all()), new.project) == (
        "draft",
        Decimal("1200000.00"),
        [old],
        old.project,
    )
    assert (new.reuse, new.reuse_reason) == (old.reuse, old.reuse_reason) == ("nothing_found", "")
    assert (new.appeal.against.request, new.justification) == (old, "The benefit is shown in annex 2.")
    assert FundingRequest.objects.get(pk=old.pk).outcome == "rejected"
    assert LedgerEntry.objects.latest("position").action == "request.appealed"
    submitted = submit(office, new)
    assert (str(submitted.assessed_amount), submitted.tier) == ("1200000.00", "working_group")
    assert invariants.check() == []
    assert replay().differences == []


def test_an_approval_in_part_still_counts_beside_its_appeal(office, head):
    old = rejected_by_head(office, approve=True, amount=Decimal("200000.00"))

    new = submit(office, appeal(office, old))

    assert str(new.assessed_amount) == "500000.00"


def test_the_head_who_said_no_neither_decides_nor_endorses_the_appeal(office, head, secretary):
    new = submit(office, appeal(office, rejected_by_head(office)))

    assert (new.tier, new.raised) == ("working_group", "no_free_head")
    for act in (
        lambda: services.decide_in_department(actor=head, request_id=new.pk, approve=True),
        lambda: services.endorse_request(actor=head, request_id=new.pk, statement="Yes."),
    ):
        with pytest.raises(NotAllowed):
            act()
    screened = services.screen_request(actor=secretary, request_id=new.pk)
    assert screened.status == "screened"
    assert head.person_id in ballots.involved(screened).appealed
    assert invariants.check() == []
    assert replay().differences == []


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda office: office.published().request, "appeal.outcome"),
        (lambda office: office.screened(), "appeal.undecided"),
    ],
)
def test_only_against_less_than_was_asked(office, made, code):
    request = made(office)

    refused(Conflict, code, lambda: appeal(office, request))


def test_only_in_time_the_last_day_included(office):
    old = rejected(office)
    FundingPolicy.objects.update(appeal_days=10)
    midnight_after = clock.now().replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=10)
    day = clock.hong_kong_day(clock.now())
    last = (
        midnight_after
        - timedelta(seconds=1)
        + (day - clock.hong_kong_day(midnight_after - timedelta(days=10, seconds=1)))
    )

    with time_machine.travel(last + timedelta(seconds=1), tick=False):
        refused(Conflict, "appeal.late", lambda: appeal(office, old))
    with time_machine.travel(last, tick=False):
        assert appeal(office, old).status == "draft"


def test_only_by_the_department_with_a_ground_and_once(office):
    old = rejected(office)
    refused(NotAllowed, "department.other", lambda: appeal(office, old, by="secretary"))
    refused(InvalidInput, "ground.required", lambda: appeal(office, old, ground=" "))
    first = appeal(office, old)
    with pytest.raises(Conflict) as twice:
        appeal(office, old)
    services.withdraw_request(actor=office.world["applicant"], request_id=first.pk, reason="Better papers first.")

    assert twice.value.code == "appeal.twice"
    assert appeal(office, old, by="colleague").pk != first.pk
