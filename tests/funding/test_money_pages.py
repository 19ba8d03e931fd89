"""Pages and API of money after approval: the same acts, bad input answered in words, and how much each page asks."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
import pytest

from funding import services
from funding.models import (
    BudgetLine,
    CarryOver,
    Commitment,
    Envelope,
    EnvelopeVote,
    Expenditure,
    Release,
    SpendingImport,
    YearlyReturn,
)
from tests.factories.funding import EnvelopeFactory, line
from tests.funding.purse import make_purse

D = Decimal
MOST = 20
BAD_AMOUNTS = ["1.005", "-5", "0", "NaN", "Infinity", "1e5", "US$5.00", "１００", "500,00", "1000000000000", ""]


@pytest.fixture
def purse(office):
    return make_purse(office)


def address(purse, act=""):
    return f"/funding/money/decisions/{purse.decision.pk}/" + (f"{act}/" if act else "")


def payment(purse, **said):
    fields = {
        "envelope": purse.envelope.code,
        "category": "software",
        "amount": "1000.00",
        "spent_on": "2026-05-04",
        "voucher": "V-1",
        "description": "",
    }
    return {**fields, **said}


def of_api(purse, act):
    return f"/api/v1/decision-money/{purse.decision.pk}/{act}/"


def send(client, where, data):
    return client.post(where, data, content_type="application/json")


@pytest.mark.parametrize("amount", BAD_AMOUNTS)
def test_a_bad_amount_is_answered_beside_its_field_and_nothing_is_stored(client, purse, finance, amount):
    client.force_login(finance)
    later = EnvelopeFactory(financial_year=2027)
    milestone = purse.milestone()
    before = counted()
    forms = {
        address(purse, "spend"): payment(purse, amount=amount),
        address(purse, "release"): {"envelope": purse.envelope.code, "milestone": milestone.pk, "amount": amount},
        address(purse, "carry"): {
            "source": purse.envelope.code,
            "target": later.code,
            "amount": amount,
            "reason": "Late.",
        },
        address(purse, "move"): {
            "line": "2026/software",
            "financial_year": "2027",
            "category": "training",
            "amount": amount,
            "reason": "Later.",
        },
        f"/funding/money/envelopes/{later.code}/vote/": {"amount": amount, "source": "FCR"},
        "/funding/money/new/": {
            "code": "new-2027",
            "name_en": "New",
            "financial_year": "2027",
            "amount": amount,
            "source": "FCR",
        },
    }

    for where, data in forms.items():
        answer = client.post(where, data)
        assert (where, answer.status_code) == (where, 422)
        assert "field-error" in answer.content.decode()

    assert counted() == before


def counted():
    models = (BudgetLine, CarryOver, Commitment, Envelope, EnvelopeVote, Expenditure, Release)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount": 1000.0}, "amount.type"),
        ({"amount": "1.005"}, "amount.precision"),
        ({"amount": "5e5"}, "amount.format"),
        ({"amount": "-1"}, "amount.min"),
        ({"amount": "1000000000000"}, "amount.max"),
        ({"spent_on": "2026-03-31"}, "spending.year"),
        ({"spent_on": "2098-01-01"}, "date.future"),
        ({"envelope": "none"}, "choice.invalid"),
        ({"currency": "USD"}, "field.unknown"),
        ({"voucher": "V" * 101}, "text.max"),
    ],
)
def test_the_api_answers_bad_input_with_a_code_and_stores_nothing(client, purse, finance, said, code):
    client.force_login(finance)

    answer = send(client, of_api(purse, "spend"), payment(purse, **said))

    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == code
    assert not Expenditure.objects.exists()


def test_the_api_does_what_the_pages_do(client, purse, finance, team):
    client.force_login(finance)
    later = EnvelopeFactory(financial_year=2027)
    paid = send(client, of_api(purse, "spend"), payment(purse)).json()
    freed = send(
        client,
        of_api(purse, "release"),
        {"envelope": purse.envelope.code, "milestone": purse.milestone().pk, "amount": "2000.00"},
    ).json()
    carried = send(
        client,
        of_api(purse, "carry-over"),
        {"source": purse.envelope.code, "target": later.code, "amount": "3000.00", "reason": "Late."},
    ).json()
    client.force_login(team)
    approved = send(client, f"/api/v1/carry-overs/{carried['id']}/approve/", {}).json()

    found = client.get(f"/api/v1/decision-money/{purse.decision.pk}/").json()

    assert (paid["amount"], freed["amount"], approved["status"]) == ("1000.00", "2000.00", "approved")
    assert [found[name] for name in ("approved", "committed", "released", "spent", "left", "overspent")] == [
        "300000.00",
        "300000.00",
        "2000.00",
        "1000.00",
        "0.00",
        "0.00",
    ]
    assert [(row["envelope"], row["committed"]) for row in found["envelopes"]] == [
        (purse.envelope.code, "297000.00"),
        (later.code, "3000.00"),
    ]


def test_the_page_of_a_request_says_where_its_money_stands(client, purse, applicant):
    purse.release("2000.00")
    purse.spend("1000.00")
    client.force_login(applicant)

    page = client.get(reverse("funding:request-detail", args=[purse.decision.request.reference])).content.decode()

    for text in ("HK$300,000.00", "HK$2,000.00", "HK$1,000.00"):
        assert text in page
    assert address(purse) in page


def test_a_voucher_is_shown_only_to_who_may_read_the_whole_request(client, purse, applicant, outsider):
    row = purse.spend("1000.00", voucher="PV-77")
    places = [address(purse), f"/funding/money/envelopes/{purse.envelope.code}/", f"/api/v1/expenditures/{row.pk}/"]

    for person, shown in ((applicant, True), (outsider, False)):
        client.force_login(person)
        for where in places:
            assert ("PV-77" in client.get(where).content.decode()) is shown


def test_a_supplement_and_its_first_approval_are_one_sum(client, purse, office, finance):
    """What a supplement approved is spent once: not under the first decision and again under its own."""
    purse.spend("450000.00")
    asked = purse.decision.supplements.get().request
    lead = office.world["applicant"]
    services.submit_request(actor=lead, request_id=asked.pk, expected_version=asked.version)
    services.decide_in_department(actor=office.world["head"], request_id=asked.pk, approve=True)
    second = services.publish_department_decision(actor=office.world["secretary"], request_id=asked.pk)
    services.commit(actor=finance, decision_id=second.pk, envelope_id=purse.envelope.pk, amount=D("150000.00"))
    client.force_login(finance)

    send(client, f"/api/v1/decision-money/{second.pk}/spend/", payment(purse, amount="0.01", voucher="V-2"))

    found = client.get(f"/api/v1/decision-money/{second.pk}/").json()
    assert (found["approved"], found["spent"], found["overspent"]) == ("450000.00", "0.01", "0.01")
    assert purse.decision.supplements.count() == 2
    assert "HK$450,000.01 spent" in client.get(f"/funding/money/decisions/{second.pk}/").content.decode()


def asked(client, user, where):
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def fill(purse, count):
    """`count` more of everything a list of money shows, as rows."""
    finance, now = purse.finance.person, timezone.now()
    decision, envelope, milestone = purse.decision, purse.envelope, purse.milestone()
    later = EnvelopeFactory(financial_year=2027)
    for number in range(count):
        EnvelopeFactory()
        EnvelopeVote.objects.create(envelope=envelope, amount=1, source="FCR", proposed_by=finance, proposed_at=now)
        said = {"decision": decision, "envelope": envelope, "amount": D("1.00")}
        Commitment.objects.create(**said, committed_by=finance, committed_at=now)
        Release.objects.create(**said, milestone=milestone, released_by=finance, released_at=now)
        Expenditure.objects.create(
            **said,
            category="software",
            spent_on=date(2026, 5, 4),
            voucher=f"V-{number}",
            row_digest=f"{later.pk}-{number}",
            recorded_by=finance,
            recorded_at=now,
        )
        CarryOver.objects.create(
            decision=decision,
            source=envelope,
            target=later,
            amount=1,
            reason="Late.",
            proposed_by=finance,
            proposed_at=now,
        )
        SpendingImport.objects.create(source="GFMIS", file_name="a.csv", offered_by=finance, offered_at=now)
        YearlyReturn.objects.create(
            reference=f"MR-2026-{YearlyReturn.objects.count() + 1:04d}",
            financial_year=2025,
            content="{}",
            digest="0" * 64,
            position=1,
            issued_by=finance,
            issued_at=now,
        )


def test_no_page_or_list_of_money_asks_more_at_twenty_rows_than_at_one(client, purse, finance):
    places = [
        "/funding/money/",
        f"/funding/money/envelopes/{purse.envelope.code}/",
        address(purse),
        "/funding/money/imports/",
        "/funding/money/returns/",
        "/funding/money/years/2026/",
        "/api/v1/money-votes/",
        "/api/v1/carry-overs/",
        "/api/v1/decision-money/",
        f"/api/v1/decision-money/{purse.decision.pk}/",
        "/api/v1/expenditures/",
        "/api/v1/spending-imports/",
        "/api/v1/yearly-returns/",
        "/api/v1/money-policies/",
    ]
    fill(purse, 1)
    for where in places:
        asked(client, finance, where)  # fills what is kept between requests
    one = {where: asked(client, finance, where) for where in places}
    fill(purse, 19)

    twenty = {where: asked(client, finance, where) for where in places}

    assert twenty == one
    many = {where: count for where, count in one.items() if count > MOST and where != address(purse)}
    assert many == {}
    assert one[address(purse)] <= 40  # every form of finance staff lists its own choices


@pytest.mark.parametrize("persona", ["applicant", "head", "secretary", "auditor", "finance", "outsider"])
def test_the_page_of_a_funded_request_asks_at_most_twenty(client, office, purse, persona):
    purse.release("2000.00")
    purse.spend("1000.00")
    where = reverse("funding:request-detail", args=[purse.decision.request.reference])
    client.force_login(office.world[persona])
    if client.get(where).status_code == 404:
        where = "/funding/money/"

    assert asked(client, office.world[persona], where) <= MOST


def test_money_moves_between_lines_on_the_page(client, office, colleague):
    purse = make_purse(office, lines=[line("200000.00", category="hardware"), line("100000.00")])
    client.force_login(colleague)
    moved = {
        "line": "2026/hardware",
        "financial_year": "2027",
        "category": "training",
        "amount": "50,000.00",
        "reason": "People first.",
    }

    done = client.post(address(purse, "move"), moved)
    refused = client.post(address(purse, "move"), {**moved, "amount": "150,000.01"})
    same = client.post(address(purse, "move"), {**moved, "financial_year": "2026", "category": "hardware"})

    assert (done.status_code, refused.status_code, same.status_code) == (302, 422, 422)
    assert "Only HK$150,000.00 is planned there." in refused.content.decode()
    assert "Choose another line than the one it comes from." in same.content.decode()
