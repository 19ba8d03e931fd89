"""Papers that each tier wants, as dated, two-person policy, and requests that lack one."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
import pytest
import time_machine

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import LedgerEntry
from funding import services
from funding.models import RequestStatus, RequiredPapers
from tests.factories.work import DocumentFactory
from tests.funding.policies import SOON, refused, second_of_team


def propose(actor, **said):
    given = {"starts_on": clock.today() + SOON, "source": "Circular 6", "working_group_papers": ["plan", "business"]}
    return services.propose_required_papers(actor=actor, **given | said)


def approve(actor, row):
    return services.approve_required_papers(actor=actor, papers_id=row.pk)


@pytest.fixture
def wanted(office, team, world):
    """A business case and a privacy assessment go with what the working group decides, from today."""
    row = propose(team, starts_on=clock.today(), working_group_papers=["privacy", "business"])
    return approve(second_of_team(world), row)


def submit(office, request):
    request.refresh_from_db()
    return services.submit_request(
        actor=office.world["applicant"], request_id=request.pk, expected_version=request.version
    )


def test_papers_are_proposed_by_one_and_approved_by_another(office, team, world):
    second = second_of_team(world)
    row = propose(team)
    refused(NotAllowed, "duty.separate", lambda: approve(team, row))
    approve(second, row)
    row.refresh_from_db()

    assert (row.status, row.approved_by, row.working_group_papers) == ("approved", second.person, ["business", "plan"])
    acts = LedgerEntry.objects.filter(subject=row.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["required_papers.proposed", "required_papers.approved"]


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"source": ""}, InvalidInput, "blank"),
        ({"legco_papers": ["minutes"]}, InvalidInput, "choice.invalid"),
        ({"starts_on": clock.today() - timedelta(days=1)}, Conflict, "policy.past"),
    ],
)
def test_papers_that_cannot_be_asked_for_are_refused(team, said, error, code):
    refused(error, code, lambda: propose(team, **said))
    assert not RequiredPapers.objects.exists()


def test_papers_never_overlap(team, world):
    second = second_of_team(world)
    first, other = propose(team), propose(team)
    approve(second, first)

    refused(Conflict, "policy.overlap", lambda: approve(second, other))
    with pytest.raises(IntegrityError), transaction.atomic():
        RequiredPapers.objects.filter(pk=other.pk).update(status="approved")


def test_withdrawn_papers_say_why(team):
    row = propose(team)
    services.withdraw_required_papers(actor=team, papers_id=row.pk, reason="Not agreed.")
    row.refresh_from_db()

    assert (row.status, row.withdrawn_reason) == ("withdrawn", "Not agreed.")


def test_a_request_without_its_papers_is_refused_by_their_names(office, wanted):
    request = office.draft()
    DocumentFactory(subject=request, kind="privacy")
    refusal = refused(Conflict, "papers.missing", lambda: submit(office, request))
    request.refresh_from_db()

    assert (request.status, request.versions.count()) == (RequestStatus.DRAFT, 0)
    assert "business case" in str(refusal.message)
    assert "privacy" not in str(refusal.message)
    with translation.override("zh-hant"), pytest.raises(Conflict, match="業務論證"):
        submit(office, request)


def test_a_request_with_its_papers_is_submitted_and_a_smaller_one_needs_none(office, wanted):
    request = office.draft()
    for kind in ("privacy", "business"):
        DocumentFactory(subject=request, kind=kind)
    small = office.draft("1000.00", project_id=office.new_project().pk)

    assert submit(office, request).status == RequestStatus.SUBMITTED
    assert submit(office, small).status == RequestStatus.SUBMITTED


def test_a_request_keeps_the_papers_of_its_first_submission(office, team, world, applicant):
    request = office.submitted()
    approve(second_of_team(world), propose(team, starts_on=clock.today() + timedelta(days=1)))
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        revised = services.revise_request(
            actor=applicant, request_id=request.pk, expected_version=request.version, reason="A better title."
        )

    assert revised.submitted_version == 2


def test_form_and_page_say_which_paper_is_missing(office, wanted, client, applicant):
    request = office.draft()
    DocumentFactory(subject=request, kind="privacy")
    client.force_login(applicant)
    page = client.get(f"/funding/{request.reference}/").content.decode()
    form = client.get(f"/funding/{request.reference}/edit/").content.decode()

    for shown in (page, form):
        assert shown.count("still missing") == 1
        assert '<span class="text-secondary">added</span>' in shown


def test_the_page_of_a_proposal_names_the_requests_that_would_lack_one(office, team, client):
    request = office.submitted()
    row = propose(team)
    client.force_login(team)
    page = client.get(f"/policy/papers/{row.pk}/").content.decode()
    told = client.get(f"/api/v1/required-papers/{row.pk}/impact/").json()

    assert request.reference in page
    assert told["lacking"] == [{"reference": request.reference, "papers": ["business case", "plan"]}]


@pytest.fixture
def risen(office, wanted):
    """A request of the department that another one raised to the working group after it was submitted."""
    first = office.submitted("300000.00")
    second = office.draft("300000.00", title_en="The rest")
    for kind in ("privacy", "business"):
        DocumentFactory(subject=second, kind=kind)
    submit(office, second)
    first.refresh_from_db()
    assert first.tier == "working_group"
    return first


def test_a_tier_that_rose_asks_for_its_papers_before_a_vote(office, risen, world, applicant):
    services.endorse_request(actor=world["head"], request_id=risen.pk, statement="Needed.")
    services.screen_request(actor=world["secretary"], request_id=risen.pk)
    refusal = refused(Conflict, "papers.missing", lambda: office.open(risen))
    assert "business case, privacy" in str(refusal.message).lower()
    assert not risen.rounds.exists()

    for kind in ("privacy", "business"):
        DocumentFactory(subject=risen, kind=kind)
    refused(Conflict, "papers.missing", lambda: office.open(risen))  # what is not submitted is not before the body
    risen.refresh_from_db()
    services.revise_request(
        actor=applicant, request_id=risen.pk, expected_version=risen.version, reason="The papers were missing."
    )
    services.endorse_request(actor=world["head"], request_id=risen.pk, statement="Needed.")
    services.screen_request(actor=world["secretary"], request_id=risen.pk)

    assert office.open(risen).status == "open"


def test_page_clock_and_api_name_the_papers_of_a_tier_that_rose(office, risen, client, applicant, head):
    client.force_login(applicant)
    page = client.get(f"/funding/{risen.reference}/").content.decode()
    listed = client.get("/funding/clock/").content.decode()
    told = client.get(f"/api/v1/requests/{risen.reference}/clock/").json()

    assert page.count("still missing") == len(told["missing_papers"]) == 2
    assert 'id="clocks-mine"' in listed
    assert f"Papers missing: {', '.join(told['missing_papers'])}" in listed
