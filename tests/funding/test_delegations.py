"""Who decides for a Head of Department: dated, limited, two people, never on an own request (TRUST T12)."""

from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
import pytest
import time_machine

from core import clock
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import policies, services
from funding.models import Decision, Delegation
from tests.factories.accounts import PostingFactory, UserFactory
from tests.funding.policies import refused

PEOPLE = ("head", "delegate", "colleague")


@pytest.fixture
def people(office, world):
    """The head of department A, whoever decides for the head, and somebody else of the department."""
    found = {"head": world["head"]}
    for name in ("delegate", "colleague"):
        user = UserFactory(username=f"department-{name}")
        PostingFactory(person=user.person, department=world.a)
        found[name] = user
    return found


def propose(people, **said):
    today = clock.today()
    given = {
        "actor": people["head"],
        "department": people["head"].person.postings.first().department,
        "delegate": people["delegate"].person,
        "most": Decimal("200000.00"),
        "starts_on": today,
        "last_on": today + timedelta(days=9),
        "source": "Office order 3",
    }
    return services.propose_delegation(**given | said)


@pytest.fixture
def given(people, team):
    return services.approve_delegation(actor=team, delegation_id=propose(people).pk)


def small(office, amount="100000.00", **fields):
    return office.submitted(amount, project_id=office.new_project().pk, **fields)


def decide(actor, request):
    return services.decide_in_department(actor=actor, request_id=request.pk, approve=True)


def test_a_delegate_decides_in_the_name_of_the_head(office, people, given, client):
    request = small(office)
    decision = decide(people["delegate"], request)

    assert (decision.decided_by, decision.delegation) == (people["delegate"].person, given)
    made = LedgerEntry.objects.get(action="decision.made", subject=request.reference)
    assert given.ledger_ref.encode() in bytes(made.payload)
    client.force_login(people["head"])
    page = client.get(f"/funding/{request.reference}/").content.decode()
    assert f"in the name of the Head of Department, {people['head'].person}" in page


def test_a_delegation_is_approved_by_the_team_and_by_neither_head_nor_delegate(people, team, world):
    row = propose(people)
    for actor, code in ((people["head"], "duty.policy"), (people["delegate"], "duty.separate")):
        refused(NotAllowed, code, lambda actor=actor: services.approve_delegation(actor=actor, delegation_id=row.pk))
    refused(NotAllowed, "head.only", lambda: propose(people, actor=people["delegate"], delegate=people["head"].person))
    services.approve_delegation(actor=team, delegation_id=row.pk)

    acts = LedgerEntry.objects.filter(subject=row.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["delegation.proposed", "delegation.approved"]


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"most": Decimal("0.00")}, Unprocessable, "amount.min"),
        ({"last_on": clock.today() - timedelta(days=1)}, Unprocessable, "delegation.period"),
        ({"last_on": clock.today() + timedelta(days=400)}, Unprocessable, "delegation.period"),
        ({"starts_on": clock.today() - timedelta(days=1)}, Conflict, "policy.past"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused(people, said, error, code):
    refused(error, code, lambda: propose(people, **said))
    assert not Delegation.objects.exists()


def test_nobody_delegates_to_themselves_or_outside_the_department(people, world):
    for person in (people["head"].person, world["outsider"].person):
        refused(Unprocessable, "delegation.delegate", lambda person=person: propose(people, delegate=person))
    assert not Delegation.objects.exists()


def test_one_delegate_at_a_time(people, given, team):
    refused(Conflict, "policy.overlap", lambda: propose(people, delegate=people["colleague"].person))
    later = propose(people, starts_on=given.ends_on, last_on=given.ends_on)
    services.approve_delegation(actor=team, delegation_id=later.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=later.pk).update(starts_on=given.starts_on)


@pytest.mark.parametrize("applicant", PEOPLE)
@pytest.mark.parametrize("decider", PEOPLE)
def test_no_way_leads_from_who_asks_to_who_decides(office, people, given, applicant, decider):
    """T12: neither oneself nor, through the delegation, the head who gave it; and nobody else at all."""
    request = small(office, actor=people[applicant])
    may = bool(policies.can_decide_in_department(people[decider], request))

    assert may is ((applicant, decider) in {("colleague", "head"), ("colleague", "delegate"), ("delegate", "head")})


def test_the_limit_is_of_the_assessed_amount(office, people, given):
    project = office.new_project()
    first = office.submitted("150000.00", project_id=project.pk)
    second = office.submitted("60000.00", project_id=project.pk)
    for request in (first, second):
        refused(NotAllowed, "delegation.limit", lambda request=request: decide(people["delegate"], request))
    assert not Decision.objects.exists()


def test_a_delegate_decides_on_no_day_before_or_after(office, people, given):
    request = small(office)
    with time_machine.travel(clock.end_of_day(given.ends_on - timedelta(days=1)) + timedelta(seconds=1), tick=False):
        refused(NotAllowed, "head.only", lambda: decide(people["delegate"], request))
    assert not Decision.objects.exists()


def test_a_head_who_left_has_nobody_decide(office, people, given):
    request = small(office)
    people["head"].person.postings.update(duty="staff")

    refused(NotAllowed, "head.only", lambda: decide(people["delegate"], request))


def test_an_ended_delegation_lets_nobody_decide(office, people, given):
    request = small(office)
    services.end_delegation(actor=people["head"], delegation_id=given.pk, reason="Back from leave.")

    refused(NotAllowed, "head.only", lambda: decide(people["delegate"], request))
    refused(
        Conflict,
        "policy.state",
        lambda: services.end_delegation(actor=people["head"], delegation_id=given.pk, reason="Again."),
    )
    assert not Decision.objects.exists()


def test_the_page_says_what_the_delegate_could_decide(office, people, client, team):
    within, above = small(office), small(office, "300000.00")
    row = propose(people)
    client.force_login(team)
    page = client.get(f"/policy/delegations/{row.pk}/").content.decode()

    assert within.reference in page
    assert above.reference not in page
