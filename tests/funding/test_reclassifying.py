"""The secretary counts a line under another category: a version of its own, routed anew, not undone by a revision."""

from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, Stale, Unprocessable
from core.models import LedgerEntry
from funding import invariants, services
from funding.models import Reclassification, RequestVersion
from funding.services import reclassifying
from tests.factories.funding import line
from tests.funding.replaying import replay


def reclassify(office, request, *, by="secretary", **said):
    given = {"number": 2, "category": "software", "reason": "Licences of the first 12 months.", **said}
    given.setdefault("expected_version", request.version)
    actor = office.world[by] if isinstance(by, str) else by
    return services.reclassify_line(actor=actor, request_id=request.pk, **given)


def with_recurrent(office, own="400000.00", recurrent="200000.00", **more):
    lines = [line(own), line(recurrent, category="recurrent", description="Licences")]
    return office.submitted(own, lines=lines, **more)


def test_a_line_called_recurrent_comes_back_into_the_sum_and_the_tier_follows(office):
    request = with_recurrent(office)
    assert (request.tier, request.own_amount) == ("department", Decimal("400000.00"))

    request = reclassify(office, request)

    assert (request.tier, request.own_amount, request.recurrent_amount) == (
        "working_group",
        Decimal("600000.00"),
        Decimal("0.00"),
    )
    assert (request.status, request.submitted_version) == ("submitted", 2)
    done = Reclassification.objects.get()
    assert (done.number, done.was, done.became, done.amount) == (2, "recurrent", "software", Decimal("200000.00"))
    assert done.request_version.reason == "Licences of the first 12 months."
    assert LedgerEntry.objects.filter(action="request.reclassified").count() == 1
    assert (invariants.check(), replay().differences) == ([], [])


def test_the_other_way_it_comes_down_to_the_head_of_department(office):
    lines = [line("400000.00"), line("200000.00", description="Yearly fee")]
    request = office.screened("600000.00", lines=lines)

    request = reclassify(office, request, category="recurrent")

    assert (request.tier, request.status, request.own_amount) == ("department", "submitted", Decimal("400000.00"))
    assert (invariants.check(), replay().differences) == ([], [])


def test_an_endorsement_stands_where_the_tier_does(office):
    request = office.screened("600000.00", lines=[line("600000.00"), line("50000.00", category="recurrent")])
    held_since = request.holder_since

    request = reclassify(office, request)

    assert (request.status, request.tier, request.holder_since) == ("screened", "working_group", held_since)
    assert request.own_amount == Decimal("650000.00")


def test_related_requests_are_routed_with_it(office):
    first = with_recurrent(office, own="100000.00")
    second = office.submitted("250000.00", linked_ids=[first.pk])
    assert second.tier == "department"
    first.refresh_from_db()

    reclassify(office, first)

    second.refresh_from_db()
    assert (second.tier, second.assessed_amount) == ("working_group", Decimal("550000.00"))


def test_a_revision_does_not_undo_it(office, applicant):
    request = reclassify(office, with_recurrent(office))
    versions = RequestVersion.objects.count()

    with pytest.raises(Unprocessable) as refusal:
        services.revise_request(
            actor=applicant,
            request_id=request.pk,
            expected_version=request.version,
            reason="Back again.",
            lines=[line("400000.00"), line("0.01", category="recurrent")],
        )

    assert refusal.value.code == "line.reclassified"
    request.refresh_from_db()
    assert (RequestVersion.objects.count(), request.own_amount) == (versions, Decimal("600000.00"))
    assert request.lines.count() == 2


def test_what_stayed_recurrent_may_stay_so_in_a_revision(office, applicant):
    lines = [line("400000.00"), line("200000.00", category="recurrent"), line("30000.00", category="recurrent")]
    request = reclassify(office, office.submitted("400000.00", lines=lines))

    revised = services.revise_request(
        actor=applicant,
        request_id=request.pk,
        expected_version=request.version,
        reason="Cheaper.",
        lines=[line("550000.00"), line("30000.00", category="recurrent")],
    )

    assert (revised.own_amount, revised.recurrent_amount) == (Decimal("550000.00"), Decimal("30000.00"))


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"by": "applicant"}, NotAllowed, "secretary.only"),
        ({"by": "head"}, NotAllowed, "secretary.only"),
        ({"number": 0}, InvalidInput, "choice.invalid"),
        ({"number": 3}, InvalidInput, "choice.invalid"),
        ({"category": "recurrent"}, InvalidInput, "choice.invalid"),
        ({"category": "colour"}, InvalidInput, "choice.invalid"),
        ({"number": 1, "category": "recurrent"}, InvalidInput, "amount.min"),
        ({"reason": " "}, InvalidInput, "reason.required"),
        ({"expected_version": 1}, Stale, "version.stale"),
    ],
)
def test_a_refusal_stores_nothing(office, said, error, code):
    request = with_recurrent(office)
    entries = LedgerEntry.objects.count()

    with pytest.raises(error) as refusal:
        reclassify(office, request, **said)

    assert refusal.value.code == code
    assert (Reclassification.objects.count(), request.versions.count()) == (0, 1)
    assert LedgerEntry.objects.count() == entries
    assert [one.category for one in request.lines.all()] == ["software", "recurrent"]


def test_a_paper_under_vote_does_not_move(office):
    round_ = office.round()

    with pytest.raises(Conflict) as refusal:
        reclassify(office, round_.request, number=1, category="hardware", expected_version=round_.request.version)

    assert refusal.value.code == "state.move"


def test_whoever_reclassifies_wrote_a_part_and_never_votes(office):
    request = reclassify(office, with_recurrent(office))

    assert request.editors.filter(person=office.world["secretary"].person).exists()


def test_a_secretary_does_not_classify_their_own_request(office):
    request = with_recurrent(office)
    request.editors.create(person=office.world["secretary"].person)

    with pytest.raises(NotAllowed) as refusal:
        reclassify(office, request)

    assert refusal.value.code == "duty.separate"


def test_without_a_reclassification_nothing_is_kept_back(office):
    reclassifying.keep(with_recurrent(office))


def test_on_its_page_the_secretary_chooses_the_line_and_everybody_reads_why(client, office):
    request = with_recurrent(office)
    address = f"/funding/{request.reference}/"
    client.force_login(office.world["secretary"])
    assert "2. Licences, HK$200,000.00" in client.get(address).content.decode()

    sent = {"expected_version": request.version, "number": 2, "category": "software", "reason": "First 12 months."}
    refused = client.post(f"{address}reclassify/", sent | {"reason": ""})
    answer = client.post(f"{address}reclassify/", sent)

    assert (refused.status_code, answer.status_code) == (422, 302)
    client.force_login(office.world["applicant"])
    page = client.get(address).content.decode()
    assert "Reclassified by the secretary" in page
    assert "First 12 months." in page
