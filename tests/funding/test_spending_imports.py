"""Files of expenditure: what each row is told, what is recorded once, what is refused whole (TRUST 4.3)."""

import csv
from decimal import Decimal
import io

from django.core.files.uploadedfile import SimpleUploadedFile
import pytest

from core.errors import Conflict, DomainError, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from funding import services, spending_files
from funding.models import Expenditure, SpendingImport, Supplement
from tests.funding.purse import make_purse


@pytest.fixture
def purse(office):
    return make_purse(office)


def row(purse, **said):
    fields = {
        "request": purse.decision.request.reference,
        "envelope": purse.envelope.code,
        "category": "software",
        "amount": "100.00",
        "spent_on": "2026-05-04",
        "voucher": "V-1",
        "description": "Licences",
    }
    return [{**fields, **said}[name] for name in spending_files.COLUMNS]


def file_of(*rows, heading=spending_files.COLUMNS):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([heading, *rows])
    return io.BytesIO(text.getvalue().encode())


def offer(actor, *rows, source="GFMIS", name="payments.csv", **more):
    return services.offer_spending(actor=actor, file=file_of(*rows, **more), file_name=name, source=source)


def judged(actor, batch):
    return spending_files.judged(batch.rows, user=actor, source=batch.source)


def test_rows_are_shown_first_and_recorded_as_one_act(purse, colleague):
    batch = offer(colleague, row(purse), row(purse, amount="HK$1,000.50", voucher="V-2"))
    assert not Expenditure.objects.exists()

    services.confirm_spending(actor=colleague, import_id=batch.pk)

    assert list(Expenditure.objects.order_by("pk").values_list("voucher", "amount", "source", "batch")) == [
        ("V-1", 100, "GFMIS", batch.pk),
        ("V-2", Decimal("1000.50"), "GFMIS", batch.pk),
    ]
    entry = LedgerEntry.objects.latest("position")
    assert entry.action == "money.imported"
    assert '"recorded":2' in entry.payload.decode()
    assert '"total":"1100.50"' in entry.payload.decode()


@pytest.mark.parametrize(
    ("column", "held", "code"),
    [
        ("amount", "1.005", "amount.precision"),
        ("amount", "-5.00", "amount.min"),
        ("amount", "0.00", "amount.min"),
        ("amount", "NaN", "amount.format"),
        ("amount", "Infinity", "amount.format"),
        ("amount", "1e5", "amount.format"),
        ("amount", "US$5.00", "amount.format"),
        ("amount", "RMB 5.00", "amount.format"),
        ("amount", "１００", "amount.format"),
        ("amount", "500,00", "amount.format"),
        ("amount", "1000000000000.00", "amount.max"),
        ("amount", "", "amount.format"),
        ("spent_on", "2098-05-04", "date.future"),
        ("spent_on", "2026-03-31", "spending.year"),
        ("spent_on", "04.05.26", "date.format"),
        ("category", "gifts", "choice.invalid"),
        ("envelope", "none", "choice.invalid"),
        ("request", "FR-1999-0001", "choice.invalid"),
        ("voucher", " ", "blank"),
        ("voucher", "V" * 101, "text.max"),
        ("description", "D" * 301, "text.max"),
    ],
)
def test_a_row_says_which_column_is_wrong_and_why(purse, colleague, column, held, code):
    batch = offer(colleague, row(purse, **{column: held}))

    [found] = judged(colleague, batch)

    assert (found.number, found.column, found.code, found.is_new) == (1, column, code, False)
    assert str(found.reason)
    with pytest.raises(Unprocessable) as refusal:
        services.confirm_spending(actor=colleague, import_id=batch.pk)
    assert refusal.value.code == "import.nothing"
    assert not Expenditure.objects.exists()


def test_refused_rows_stay_out_and_the_others_are_recorded(purse, colleague):
    batch = offer(colleague, row(purse, amount="1.005"), row(purse, voucher="V-2"), row(purse, category="gifts"))

    services.confirm_spending(actor=colleague, import_id=batch.pk)

    assert [one.voucher for one in Expenditure.objects.all()] == ["V-2"]


def test_a_row_given_twice_adds_one_payment_within_a_file_and_between_files(purse, colleague, finance):
    batch = offer(colleague, row(purse), row(purse))
    assert [(one.is_new, one.is_known) for one in judged(colleague, batch)] == [(True, False), (False, True)]
    services.confirm_spending(actor=colleague, import_id=batch.pk)

    again = offer(finance, row(purse))
    other = offer(finance, row(purse), source="Treasury")

    assert [one.is_known for one in judged(finance, again)] == [True]
    with pytest.raises(Unprocessable):
        services.confirm_spending(actor=finance, import_id=again.pk)
    assert [one.is_new for one in judged(finance, other)] == [True]
    assert Expenditure.objects.count() == 1


def test_what_became_known_after_the_file_was_offered_adds_nothing(purse, colleague, finance):
    first, second = offer(colleague, row(purse)), offer(finance, row(purse), row(purse, voucher="V-2"))
    services.confirm_spending(actor=colleague, import_id=first.pk)

    services.confirm_spending(actor=finance, import_id=second.pk)

    assert Expenditure.objects.count() == 2
    assert SpendingImport.objects.get(pk=second.pk).recorded == 1


def test_another_department_cannot_record_through_a_file(purse, world):
    stranger = world["b_applicant"]

    [found] = judged(stranger, offer(stranger, row(purse)))

    assert (found.column, found.code) == ("request", "spending.department")


def test_spending_above_the_approval_is_recorded_from_a_file_too_and_drafts_one_supplement(purse, colleague):
    rows = [row(purse, amount="200000.00", voucher=f"V-{number}") for number in range(3)]
    batch = offer(colleague, *rows)

    services.confirm_spending(actor=colleague, import_id=batch.pk)

    assert Supplement.objects.get().amount == 100_000
    assert Supplement.objects.get().request.reference in LedgerEntry.objects.latest("position").payload.decode()


@pytest.mark.parametrize(
    ("heading", "name", "source"),
    [
        (("request", "amount"), "payments.csv", "GFMIS"),
        ((*spending_files.COLUMNS, "approved_by"), "payments.csv", "GFMIS"),
        (spending_files.COLUMNS, "payments.xlsx", "GFMIS"),
        (spending_files.COLUMNS, "payments.csv", " "),
        (spending_files.COLUMNS, "payments.csv", "typed"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(purse, colleague, heading, name, source):
    with pytest.raises(DomainError):
        offer(colleague, heading=heading, name=name, source=source)

    assert not SpendingImport.objects.exists()


def test_only_who_offered_a_file_records_or_withdraws_it_and_once(purse, colleague, finance, outsider):
    batch = offer(colleague, row(purse))
    for act in (services.confirm_spending, services.withdraw_spending):
        with pytest.raises(NotAllowed):
            act(actor=finance, import_id=batch.pk)
        with pytest.raises(NotVisible):
            act(actor=outsider, import_id=batch.pk)

    services.withdraw_spending(actor=colleague, import_id=batch.pk)

    with pytest.raises(Conflict):
        services.confirm_spending(actor=colleague, import_id=batch.pk)
    assert not Expenditure.objects.exists()


def test_the_empty_file_has_the_columns_that_an_import_reads(client, purse, colleague):
    client.force_login(colleague)

    answer = client.get("/funding/money/imports/template/")

    [heading] = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(heading) == spending_files.COLUMNS
    assert answer["Content-Disposition"] == 'attachment; filename="expenditure-template.csv"'


def test_the_page_shows_every_row_and_records_them(client, purse, colleague):
    client.force_login(colleague)
    content = file_of(row(purse), row(purse, amount="1.005", voucher="V-2")).getvalue()
    file = SimpleUploadedFile("payments.csv", content, content_type="text/csv")
    address = client.post("/funding/money/imports/", {"source": "GFMIS", "file": file})["Location"]

    page = client.get(address).content.decode()
    client.post(f"{address}import-confirm/")
    after = client.get(address).content.decode()

    assert "New rows: 1. On record before: 0. Refused: 1." in page
    assert "at most two decimals" in page
    assert "Rows recorded: 1." in after
    assert "HK$100.00" in after


def test_a_file_that_is_refused_keeps_what_was_typed_and_answers_422(client, purse, colleague):
    client.force_login(colleague)
    file = SimpleUploadedFile("payments.csv", b"a,b\r\n1,2\r\n", content_type="text/csv")

    answer = client.post("/funding/money/imports/", {"source": "GFMIS", "file": file})

    assert answer.status_code == 422
    assert 'value="GFMIS"' in answer.content.decode()
    assert not SpendingImport.objects.exists()
