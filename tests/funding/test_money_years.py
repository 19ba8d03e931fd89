"""What the end of a financial year does to money, and the return of it that never moves (DESIGN 3, 4)."""

import csv
from datetime import date
from decimal import Decimal
import hashlib
import io
import json
from urllib.parse import quote

from django.db import DatabaseError, transaction
import openpyxl
import pytest
import time_machine

from core import clock
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import LedgerEntry
from funding import invariants, services
from funding.models import Commitment, Envelope, Expenditure, Release, YearlyReturn
from funding.selectors import positions
from tests.factories.funding import EnvelopeFactory
from tests.funding.purse import make_purse

D = Decimal
APRIL = "2027-04-05T04:00:00Z"
MARCH = date(2027, 3, 20)


@pytest.fixture
def purse(office):
    with time_machine.travel("2026-05-10T04:00:00Z"):
        return make_purse(office)


@pytest.fixture
def april(purse):
    with time_machine.travel(APRIL):
        yield


def explain(purse, text="The server came late."):
    services.explain_variance(
        actor=purse.office.world["colleague"],
        decision_id=purse.decision.pk,
        financial_year=2026,
        category="software",
        text=text,
    )


def issue(purse, year=2026, by="finance"):
    return services.issue_return(actor=purse.office.world[by], financial_year=year)


def row_of(found, purse):
    [row] = [row for row in found if row["request"] == purse.decision.request.reference]
    return {name: row[name] for name in positions.FIGURES}


def test_a_payment_is_charged_to_the_year_of_its_day(purse, april):
    for day in (date(2026, 3, 31), date(2027, 4, 1)):
        with pytest.raises(Unprocessable) as refusal:
            purse.spend("1.00", on=day)
        assert refusal.value.code == "spending.year"

    purse.spend("1.00", on=date(2027, 3, 31))
    purse.spend("1.00", on=date(2026, 4, 1))

    assert Expenditure.objects.count() == 2


def test_a_year_that_is_over_takes_no_commitment_and_no_release(purse, office):
    other = make_purse(office, committed=None)
    with time_machine.travel("2027-03-31T15:59:59Z", tick=False):  # the last second of the year in Hong Kong
        purse.release("1.00")
        other.commit("1.00")

    with time_machine.travel("2027-03-31T16:00:00Z"):
        for act in (lambda: purse.release("1.00"), lambda: other.commit("1.00")):
            with pytest.raises(Conflict) as refusal:
                act()
            assert refusal.value.code == "envelope.year_over"

    assert (Release.objects.count(), other.decision.commitments.count()) == (1, 1)


def test_money_is_not_carried_into_a_year_that_is_over(purse):
    target = EnvelopeFactory(financial_year=2027)
    with time_machine.travel("2028-04-01T04:00:00Z"), pytest.raises(Conflict) as refusal:
        purse.carry("1.00", target)

    assert refusal.value.code == "envelope.year_over"


def test_what_was_released_and_not_paid_goes_along_once_the_year_is_over(purse, team):
    target = EnvelopeFactory(financial_year=2027)
    with time_machine.travel("2026-06-10T04:00:00Z"):
        purse.release("200000.00")
        purse.spend("150000.00")
        with pytest.raises(Conflict) as early:
            purse.carry("100000.01", target)

    with time_machine.travel(APRIL):
        carried = purse.carry("150000.00", target)
        services.approve_carry_over(actor=team, carry_over_id=carried.pk)

    assert early.value.code == "carry.too_much"
    lapsed = Release.objects.get(carry_over=carried)
    assert (lapsed.amount, lapsed.milestone) == (D("-50000.00"), None)
    sums = {row.envelope_id: row.amount for row in Commitment.objects.filter(carry_over=carried)}
    assert sums == {purse.envelope.pk: D("-150000.00"), target.pk: D("150000.00")}
    assert [found for found in invariants.check() if found.startswith("M")] == []


def test_a_return_freezes_the_position_and_its_digest(purse, april):
    purse.spend("60000.00", on=MARCH)
    explain(purse)

    issued = issue(purse)

    content = json.loads(issued.content)
    assert issued.reference == "MR-2027-0001"
    assert hashlib.sha256(issued.content.encode()).hexdigest() == issued.digest
    assert (content["at"], content["allocated"]) == ("2027-03-31", {purse.envelope.code: "1000000.00"})
    assert row_of(content["rows"], purse) == {
        "opening": "0.00",
        "committed": "300000.00",
        "spent": "60000.00",
        "carried": "0.00",
        "closing": "240000.00",
    }
    assert LedgerEntry.objects.latest("position").action == "money.return_issued"


def test_what_is_recorded_later_never_moves_what_was_returned(purse, april, team):
    purse.spend("60000.00", on=MARCH)
    explain(purse)
    first = issue(purse)
    before = first.content
    purse.spend("1000.00", on=MARCH, voucher="V-late")
    carried = purse.carry("239000.00", EnvelopeFactory(financial_year=2027))
    services.approve_carry_over(actor=team, carry_over_id=carried.pk)
    explain(purse)

    second = issue(purse)

    first.refresh_from_db()
    assert (first.content, second.replaces) == (before, first)
    assert row_of(json.loads(second.content)["rows"], purse) == {
        "opening": "0.00",
        "committed": "300000.00",
        "spent": "61000.00",
        "carried": "239000.00",
        "closing": "0.00",
    }
    taken_in = positions.year_position(2027).rows
    assert [(row.opening, row.committed) for row in taken_in] == [(D("239000.00"), D("0.00"))]


def test_no_statement_changes_an_issued_return(purse, april):
    explain(purse)
    issued = issue(purse)

    for act in (lambda rows: rows.update(content="{}"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(YearlyReturn.objects.filter(pk=issued.pk))

    assert YearlyReturn.objects.get().content == issued.content


def test_a_return_is_refused_before_the_year_is_over_without_money_and_by_others(purse):
    with time_machine.travel("2027-03-31T15:59:59Z", tick=False), pytest.raises(Conflict) as early:
        issue(purse)
    with time_machine.travel(APRIL):
        with pytest.raises(Unprocessable) as empty:
            issue(purse, year=2024)
        with pytest.raises(NotAllowed):
            issue(purse, by="team")
        with pytest.raises(Conflict) as unexplained:
            issue(purse)

    assert (early.value.code, empty.value.code) == ("return.early", "return.empty")
    assert unexplained.value.code == "return.unexplained"
    assert purse.decision.request.reference in str(unexplained.value.message)
    assert not YearlyReturn.objects.exists()


def test_the_form_to_issue_a_return_waits_for_a_year_that_is_over(client, purse, finance):
    for instant, offered in (("2027-03-31T15:59:59Z", False), (APRIL, True)):
        with time_machine.travel(instant, tick=False):
            client.force_login(finance)
            assert bool(client.get("/funding/money/returns/").context["form"]) is offered


def test_page_file_and_workbook_of_a_return_agree(client, purse, april, official):
    purse.spend("60000.00", on=MARCH)
    explain(purse)
    address = f"/funding/money/returns/{issue(purse).reference}/"
    client.force_login(official)

    page = client.get(address).content.decode()
    lines = list(csv.reader(io.StringIO(client.get(f"{address}export/?format=csv").content.decode("utf-8-sig"))))
    workbook = b"".join(client.get(f"{address}export/?format=xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]

    assert lines[1][2:] == [purse.decision.request.reference, "0.00", "300000.00", "60000.00", "0.00", "240000.00"]
    assert lines[-1][3:] == lines[1][3:]
    numbers = [cell.value for cell in list(sheet.iter_rows())[1]][3:]
    assert [D(str(number)) for number in numbers] == [D(text) for text in lines[1][3:]]
    for text in ("HK$300,000.00", "HK$60,000.00", "HK$240,000.00", str(purse.envelope)):
        assert text in page


def test_a_past_position_is_read_as_it_was_known_then(client, purse, official):
    """A payment recorded later, about an earlier day, changes nothing that was read before it."""
    purse.spend("60000.00")
    before = clock.now()
    purse.spend("5000.00", voucher="V-late")
    client.force_login(official)
    asked = f"?as_at={quote(before.isoformat())}"

    for address in (
        "/funding/money/",
        f"/funding/money/envelopes/{purse.envelope.code}/",
        f"/funding/money/decisions/{purse.decision.pk}/",
        "/funding/money/years/2026/",
    ):
        now, then = client.get(address).content.decode(), client.get(address + asked).content.decode()
        assert "HK$65,000.00" in now
        assert "HK$65,000.00" not in then
        assert "HK$60,000.00" in then


def test_in_the_past_nothing_is_offered(client, purse, finance):
    before = clock.now()
    client.force_login(finance)

    then = client.get(f"/funding/money/decisions/{purse.decision.pk}/?as_at={quote(before.isoformat())}")

    assert then.context["offers"] == []
    assert Envelope.objects.get().amount == D("1000000.00")
