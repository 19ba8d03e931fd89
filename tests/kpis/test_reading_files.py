"""Files of readings: what each row is told, what is reported as one act, what a second person verifies (TRUST 4.4)."""

from datetime import date
from decimal import Decimal
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
import openpyxl
import pytest

from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from kpis import services
from kpis.models import LatestValue, Reading, ReadingFile
from kpis.services import file_rows
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory

HEADING = "kpi,period,value,numerator,denominator"


@pytest.fixture
def kpi(world):
    definition = DefinitionFactory(highest=Decimal(1000))
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


@pytest.fixture
def share(world):
    definition = DefinitionFactory(percentage=True)
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=definition)


@pytest.fixture
def foreign(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.b))


def offer(actor, *lines, heading=HEADING, encoding="utf-8", name="readings.csv", reason=""):
    file = io.BytesIO("\r\n".join([heading, *lines]).encode(encoding))
    return services.offer_readings(actor=actor, file=file, file_name=name, encoding=encoding, reason=reason)


def judged(actor, batch):
    return file_rows.judged(batch.rows, user=actor, reason=batch.reason)


def states():
    return list(Reading.objects.with_state().order_by("period_start", "revision").values_list("value", "state"))


def test_rows_are_shown_first_and_reported_as_one_act_that_a_second_person_verifies(kpi, share, applicant, colleague):
    batch = offer(applicant, f"{kpi.reference},2026-01,5,,", f"{share.reference},2026-01,,3,4")
    assert not Reading.objects.exists()
    assert [row.kind for row in judged(applicant, batch)] == ["new", "new"]

    services.report_readings(actor=applicant, file_id=batch.pk)
    assert sorted(states()) == [(5, "submitted"), (75, "submitted")]
    assert not LatestValue.objects.exists()
    services.verify_file(actor=colleague, file_id=batch.pk)

    assert {state for _value, state in states()} == {"verified"}
    assert sorted(LatestValue.objects.values_list("value", flat=True)) == [5, 75]
    acts = LedgerEntry.objects.order_by("-position").values_list("action", flat=True)[:2]
    assert list(acts) == ["readings.verified", "readings.reported"]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("KPI-0000,2026-01,5,,", "kpi", "choice.invalid"),
        (",2026-01,5,,", "kpi", "choice.invalid"),
        ("{kpi},2026-13,5,,", "period", "period.format"),
        ("{kpi},2026-01-15,5,,", "period", "period.format"),
        ("{kpi},2098-01,5,,", "period", "observed.future"),
        ("{kpi},2023-12,5,,", "period", "observed.before_start"),
        ('{kpi},2026-01,"1,234",,', "value", "value.type"),
        ("{kpi},2026-01,NaN,,", "value", "value.type"),
        ("{kpi},2026-01,1e3,,", "value", "value.type"),
        ("{kpi},2026-01,１２,,", "value", "value.type"),
        ("{kpi},2026-01,1.1234567,,", "value", "value.precision"),
        ("{kpi},2026-01,1001,,", "value", "value.range"),
        ("{kpi},2026-01,-1,,", "value", "value.range"),
        ("{kpi},2026-01,,,", "value", "value.parts"),
        ("{kpi},2026-01,,3,4", "value", "value.parts"),
        ("{share},2026-01,75,,", "numerator", "value.parts"),
        ("{share},2026-01,,5,4", "numerator", "value.range"),
        ("{foreign},2026-01,5,,", "kpi", "duty.department"),
    ],
)
def test_a_row_that_cannot_be_is_told_its_column_and_why(kpi, share, foreign, applicant, line, column, code):
    references = {"kpi": kpi.reference, "share": share.reference, "foreign": foreign.reference}
    batch = offer(applicant, f"{kpi.reference},2026-02,5,,", line.format(**references))

    good, bad = judged(applicant, batch)

    assert good.kind == "new"
    assert (bad.kind, bad.number, bad.column, bad.code) == ("refused", 2, column, code)
    services.report_readings(actor=applicant, file_id=batch.pk)
    assert Reading.objects.count() == 1


def test_known_rows_add_nothing_and_corrections_need_a_reason(kpi, applicant, colleague):
    first = offer(applicant, f"{kpi.reference},2026-01,5,,", f"{kpi.reference},2026-02,6,,")
    services.report_readings(actor=applicant, file_id=first.pk)
    lines = [f"{kpi.reference},2026-01,5.000,,", f"{kpi.reference},2026-02,7,,", f"{kpi.reference},2026-03,8,,"]

    without = judged(applicant, offer(applicant, *lines))
    again = offer(applicant, *lines, reason="Counted again.")

    assert [(row.kind, row.code) for row in without] == [("same", ""), ("refused", "reason.required"), ("new", "")]
    assert [row.kind for row in judged(applicant, again)] == ["same", "correction", "new"]
    services.report_readings(actor=applicant, file_id=again.pk)
    stored = Reading.objects.order_by("period_start", "revision").values_list("value", "revision", "reason")
    assert list(stored) == [(5, 1, ""), (6, 1, ""), (7, 2, "Counted again."), (8, 1, "")]
    assert [row.kind for row in judged(colleague, again)] == ["same", "same", "same"]


def test_one_period_twice_in_a_file_is_one_reading_or_a_conflict(kpi, applicant):
    line = f"{kpi.reference},2026-01,"
    batch = offer(applicant, f"{line}5,,", f"{line}5.0,,", f"{line}6,,")

    assert [(row.kind, row.code) for row in judged(applicant, batch)] == [
        ("new", ""),
        ("same", ""),
        ("refused", "conflict"),
    ]


def test_rows_of_another_department_are_refused(world, kpi, applicant):
    """Also those that the person may report, being the owner: a file holds the readings of one department."""
    own = KpiFactory(project=MeasuredProjectFactory(department=world.b), owner=applicant.person)

    batch = offer(applicant, f"{kpi.reference},2026-01,5,,", f"{own.reference},2026-01,5,,")

    assert [row.code for row in judged(applicant, batch)] == ["", "file.department"]


@pytest.mark.parametrize(
    ("heading", "lines", "code"),
    [
        ("kpi,period,value", (), "csv.header_missing"),
        (HEADING, ("KPI-0000,2026-01,5,,",), "file.nothing"),
        (HEADING, (), "csv.empty"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(applicant, heading, lines, code):
    with pytest.raises(Unprocessable) as refused:
        offer(applicant, *lines, heading=heading)

    assert refused.value.code == code
    assert not ReadingFile.objects.exists()


def test_a_workbook_is_read_alike(kpi, applicant):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADING.split(","))
    book.active.append([kpi.reference, date(2026, 1, 1), 5.5, None, None])
    book.active.append([kpi.reference, "2026-02", "6", None, None])
    book.save(kept)
    kept.seek(0)

    batch = services.offer_readings(actor=applicant, file=kept, file_name="readings.xlsx", encoding="utf-8")

    assert [(row.kind, row.value_words) for row in judged(applicant, batch)] == [("new", "5.50"), ("new", "6")]


def test_who_offered_a_file_reports_it_once_and_does_not_verify_it(kpi, applicant, colleague, official):
    batch = offer(applicant, f"{kpi.reference},2026-01,5,,")
    with pytest.raises(NotAllowed):
        services.report_readings(actor=colleague, file_id=batch.pk)
    with pytest.raises(NotVisible):
        services.report_readings(actor=official, file_id=batch.pk)
    with pytest.raises(Conflict, match="not reported"):
        services.verify_file(actor=colleague, file_id=batch.pk)
    services.report_readings(actor=applicant, file_id=batch.pk)

    with pytest.raises(Conflict, match="already"):
        services.report_readings(actor=applicant, file_id=batch.pk)
    with pytest.raises(NotAllowed, match="second person"):
        services.verify_file(actor=applicant, file_id=batch.pk)

    assert states() == [(5, "submitted")]


def test_a_returned_reading_stays_returned_when_the_rest_is_verified(kpi, applicant, colleague):
    batch = offer(applicant, f"{kpi.reference},2026-01,5,,", f"{kpi.reference},2026-02,6,,")
    services.report_readings(actor=applicant, file_id=batch.pk)
    services.verify_reading(
        actor=colleague, kpi_id=kpi.pk, period="2026-01", revision=1, accept=False, note="Twice too many."
    )

    services.verify_file(actor=colleague, file_id=batch.pk)

    assert states() == [(5, "returned"), (6, "verified")]
    with pytest.raises(Conflict, match="waits"):
        services.verify_file(actor=colleague, file_id=batch.pk)


def test_what_a_file_asks_the_database_does_not_grow_with_its_kpis(world, applicant, colleague):
    """Files name hundreds of KPIs; each looked up by itself took seconds of their readers' time."""

    def asked(many):
        kpis = [KpiFactory(project=MeasuredProjectFactory(department=world.a)) for _kpi in range(many)]
        with CaptureQueriesContext(connection) as captured:
            batch = offer(applicant, *(f"{kpi.reference},2026-01,5,," for kpi in kpis))
            services.report_readings(actor=applicant, file_id=batch.pk)
            services.verify_file(actor=colleague, file_id=batch.pk)
        return len(captured)

    few = asked(2)
    assert asked(6) <= few
    assert len(states()) == 8


def test_a_withdrawn_file_reports_nothing(kpi, applicant):
    batch = offer(applicant, f"{kpi.reference},2026-01,5,,")
    services.withdraw_readings(actor=applicant, file_id=batch.pk)

    with pytest.raises(Conflict):
        services.report_readings(actor=applicant, file_id=batch.pk)

    assert not Reading.objects.exists()


def test_the_pages_carry_a_file_from_offer_to_verification(client, kpi, applicant, colleague):
    client.force_login(applicant)
    lines = f"{HEADING}\r\n{kpi.reference},2026-01,5,,\r\n{kpi.reference},2026-02,=1+1,,\r\n"
    file = SimpleUploadedFile("readings.csv", lines.encode(), content_type="text/csv")

    offered = client.post(reverse("kpis:file-list"), {"encoding": "utf-8", "file": file})
    batch = ReadingFile.objects.get()
    assert offered["Location"] == reverse("kpis:file-detail", args=[batch.pk])
    page = client.get(offered["Location"]).content.decode()
    chinese = client.get(offered["Location"], headers={"Accept-Language": "zh-hant"}).content.decode()
    refused = client.get(reverse("kpis:file-refused", args=[batch.pk])).content.decode("utf-8-sig")
    assert client.post(reverse("kpis:file-report", args=[batch.pk])).status_code == 302
    client.force_login(colleague)
    assert 'id="act-verify"' in client.get(offered["Location"]).content.decode()
    assert client.post(reverse("kpis:file-verify", args=[batch.pk])).status_code == 302
    assert 'id="act-verify"' not in client.get(offered["Location"]).content.decode()  # nothing waits any more

    assert "To be reported: 1. Known already: 0. Refused: 1." in page
    assert "將會匯報：1行" in chinese
    assert refused.splitlines()[1].startswith("2,value,'=1+1,value.type,")
    assert states() == [(5, "verified")]


def test_the_empty_file_is_read_back(client, applicant):
    client.force_login(applicant)

    template = client.get(reverse("kpis:file-template")).content

    file = io.BytesIO(template + b"KPI-0001,2026-01,5,,,")
    (row,) = file_rows.read(file, file_name="readings.csv", encoding="utf-8")
    assert row["cells"] == dict(
        zip((*file_rows.COLUMNS, file_rows.GROUP), ("KPI-0001", "2026-01", "5", "", "", ""), strict=True)
    )


def test_the_api_offers_reports_and_verifies(client, kpi, applicant, colleague):
    client.force_login(applicant)
    file = SimpleUploadedFile("readings.csv", f"{HEADING}\r\n{kpi.reference},2026-01,5,,".encode())

    offered = client.post("/api/v1/reading-files/", {"encoding": "utf-8", "file": file}).json()
    address = f"/api/v1/reading-files/{offered['id']}/"
    reported = client.post(f"{address}report/")
    client.force_login(colleague)
    verified = client.post(f"{address}verify/")

    assert [(row["number"], row["kind"]) for row in offered["rows"]] == [(1, "new")]
    assert [reported.status_code, verified.status_code] == [200, 200]
    assert client.get(address).json()["status"] == "reported"
    assert states() == [(5, "verified")]
