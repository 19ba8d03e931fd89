"""Service times as dated, two-person policy, and the clock of a request by them."""

from datetime import timedelta

from django.db import IntegrityError, transaction
import pytest

from core import clock as core_clock
from core import working_days
from core.errors import Conflict, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.held import due
from funding.installation import install
from funding.models import FundingRequest, ServiceTimes
from funding.selectors.clock import clock_of, clocks, held, overdue_first
from tests.funding.policies import SOON, refused, second_of_team


@pytest.fixture
def times(office):
    return ServiceTimes.objects.get()


def propose(actor, **said):
    given = {"starts_on": core_clock.today() + SOON, "source": "Circular 5", "screen_days": 4}
    return services.propose_service_times(actor=actor, **given | said)


def approve(actor, row):
    return services.approve_service_times(actor=actor, times_id=row.pk)


def late(request, days):
    FundingRequest.objects.filter(pk=request.pk).update(holder_since=core_clock.now() - timedelta(days=days))
    request.refresh_from_db()
    return request


def test_times_are_proposed_by_one_and_approved_by_another(times, office, team, world):
    second = second_of_team(world)
    row = propose(team)
    refused(NotAllowed, "duty.separate", lambda: approve(team, row))
    approve(second, row)
    times.refresh_from_db()
    row.refresh_from_db()

    assert (times.ends_on, row.status, row.approved_by) == (row.starts_on, "approved", second.person)
    acts = LedgerEntry.objects.filter(subject=row.ledger_ref).values_list("action", flat=True)
    assert list(acts) == ["service_times.proposed", "service_times.approved"]


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"source": ""}, InvalidInput, "blank"),
        ({"vote_days": 0}, Unprocessable, "number.range"),
        ({"vote_days": 251}, Unprocessable, "number.range"),
    ],
)
def test_times_that_cannot_be_are_refused(times, team, said, error, code):
    refused(error, code, lambda: propose(team, **said))
    assert ServiceTimes.objects.count() == 1


def test_times_never_start_in_the_past_nor_overlap(times, team, world):
    second = second_of_team(world)
    refused(Conflict, "policy.past", lambda: propose(team, starts_on=core_clock.today() - timedelta(days=1)))
    first, other = propose(team), propose(team)
    approve(second, first)

    refused(Conflict, "policy.overlap", lambda: approve(second, other))
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceTimes.objects.filter(pk=other.pk).update(status="approved")


def test_withdrawn_times_say_why(times, team):
    row = propose(team)
    services.withdraw_service_times(actor=team, times_id=row.pk, reason="Not agreed.")
    row.refresh_from_db()

    assert (row.status, row.withdrawn_reason) == ("withdrawn", "Not agreed.")


def test_installation_brings_service_times_once(db):
    install()
    install()

    assert ServiceTimes.objects.approved().count() == 1


def test_a_request_has_a_holder_by_name_and_a_due_day(times, office, world):
    request = office.submitted()
    found = clock_of(request)
    since = core_clock.hong_kong_day(request.holder_since)

    assert found.holder.name == str(world["head"].person)
    assert found.due_on == working_days.add(since, times.endorse_days)
    assert (found.late_by, found.is_overdue) == (0, False)
    assert found.answer.on == working_days.add(since, 38)
    assert "38" in found.answer_words


@pytest.mark.parametrize(("state", "who"), [("screened", "secretary"), ("deciding", "chair")])
def test_secretary_and_chair_are_named(times, office, world, state, who):
    request = office.screened() if state == "screened" else office.round().request
    request.refresh_from_db()

    assert str((world["secretary"] if who == "secretary" else office.chair).person) in clock_of(request).holder.name


def test_a_late_request_says_by_how_many_working_days_and_comes_first(times, office, team):
    punctual, delayed = office.submitted(), late(office.submitted("700000.00", project_id=office.new_project().pk), 40)
    found = overdue_first(team)

    assert [one.request for one in found] == [delayed, punctual]
    expected = working_days.between(found[0].due_on, core_clock.today())
    assert (found[0].late_by, found[1].late_by) == (expected, 0)
    assert str(expected) in found[0].due_words


def test_without_service_times_nothing_is_due(office):
    ServiceTimes.objects.all().delete()
    found = clock_of(office.submitted())

    assert (found.due_on, found.answer, found.due_words, found.answer_words) == (None, None, "", "")


def test_many_clocks_cost_as_much_as_one(times, office, django_assert_num_queries):
    made = [office.submitted(project_id=office.new_project().pk) for _number in range(4)]
    rows = FundingRequest.objects.select_related("applicant")
    for wanted in (made[:1], made):
        found = list(rows.filter(pk__in=[one.pk for one in wanted]))
        with django_assert_num_queries(4):
            assert len(clocks(found)) == len(wanted)


def test_pages_show_the_clock_to_those_who_see_the_paper_alone(times, office, client, world):
    request = late(office.submitted(), 40)
    for name, shown in (("applicant", True), ("outsider", False)):
        client.force_login(world[name])
        assert (request.reference in client.get("/funding/clock/").content.decode()) is shown
    client.force_login(world["applicant"])

    assert "working days late" in client.get(f"/funding/{request.reference}/").content.decode()
    told = client.get(f"/api/v1/requests/{request.reference}/clock/").json()
    assert told["holder"].endswith(str(world["head"].person))
    assert told["late_by"] > 0


def test_the_page_of_a_proposal_says_what_would_change(times, office, team, client):
    late(office.submitted(), 5)
    row = propose(team, endorse_days=1)
    client.force_login(team)
    page = client.get(f"/policy/service-times/{row.pk}/").content.decode()

    assert "Late today: 0; under the new times: 1." in page


def test_the_route_says_when_an_answer_is_likely_while_it_is_typed(times, office, client, applicant):
    day = working_days.add(core_clock.today(), 38)
    client.force_login(applicant)
    line = {"category": "services", "amount": "1,200,000.00", "financial_year": "2026"}
    typed = {f"lines-0-{name}": text for name, text in line.items()}
    counts = {"project": office.project.reference, "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
    page = client.post("/funding/route/", typed | counts).content.decode()
    sent = {"project": office.project.reference, "amount": "1200000.00"}
    told = client.post("/api/v1/requests/explain-route/", sent, content_type="application/json").json()

    assert told["answer"]["on"] == day.isoformat()
    assert told["answer"]["words"] in page


def test_lists_and_files_say_who_holds_what_until_when_and_filter_by_it(times, office, client, secretary):
    """The secretary's own, the head's, the chair's; one long late, one due this week."""
    sent = late(office.submitted(), 40)
    near = late(office.screened(project_id=office.new_project().pk), 0)
    open_ = office.round().request
    client.force_login(secretary)

    def listed(**asked):
        told = client.get("/api/v1/requests/", asked).json()["results"]
        page = client.get("/funding/", asked).content.decode()
        found = {row["reference"] for row in told}
        assert {one.reference for one in (sent, near, open_) if f"/funding/{one.reference}/" in page} == found
        return found, told

    everything, told = listed()
    by_reference = {row["reference"]: row for row in told}
    clock = clock_of(sent)
    assert everything == {sent.reference, near.reference, open_.reference}
    assert by_reference[sent.reference]["holder"] == clock.holder.words
    assert by_reference[sent.reference]["due_on"] == clock.due_on.isoformat()
    assert by_reference[sent.reference]["late_by"] == clock.late_by > 0
    assert listed(due="overdue")[0] == {sent.reference}
    assert listed(holder="head")[0] == {sent.reference}
    assert listed(holder="me")[0] == listed(holder="secretary")[0] == {near.reference}
    assert listed(holder="chair")[0] == {open_.reference}
    file = client.get("/funding/export/", {"due": "overdue"}).getvalue().decode()
    assert f"{clock.holder.words}" in file
    assert f"{clock.due_on.isoformat()}" in file


@pytest.mark.parametrize("status", ["submitted", "screened", "deciding", "decided", "returned"])
def test_the_filter_by_due_day_agrees_with_the_due_day_itself(times, office, status):
    """Every start of a stage within two months, counted by days and by the query."""
    request, today = office.submitted(), core_clock.today()
    for ahead in range(60):
        FundingRequest.objects.filter(pk=request.pk).update(
            status=status, holder_since=core_clock.end_of_day(today - timedelta(days=ahead)) - timedelta(seconds=1)
        )
        (clock,) = held([FundingRequest.objects.get(pk=request.pk)])
        soon = today <= clock.due_on <= working_days.add(today - timedelta(days=1), 5)

        assert due(FundingRequest.objects.all(), "overdue").exists() is clock.is_overdue
        assert due(FundingRequest.objects.all(), "soon").exists() is soon
