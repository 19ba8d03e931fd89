"""Every figure of an answer to the Legislative Council opens the records that it counts, as they were known then."""

from datetime import timedelta
from decimal import Decimal
import io
import re
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree
import zipfile

from django.conf import settings
from django.urls import resolve
from django.utils.translation import override
from pypdf import PdfReader
import pytest

from core import clock
from funding.financial_years import financial_year_of
from kpis.rules.values import Measured
from reports import blocks, services
from reports.render import document, pdf, word
from reports.services import Asked
from tests.factories.accounts import DepartmentFactory
from tests.factories.funding import EnvelopeFactory, make_office
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, verified
from tests.factories.projects import ProcedureFactory
from tests.funding.purse import Purse, decided

FIGURE = re.compile(r"[0-9][0-9,.%]*")


@pytest.fixture
def purse(programme):
    """HK$300,000.00 committed of a million, and HK$1,234.50 paid, in the year that runs."""
    envelope = EnvelopeFactory(amount="1000000.00", financial_year=financial_year_of(clock.today()))
    made = Purse(decided_office := make_office(programme), decided(decided_office), envelope)
    made.commit()
    made.spend("1234.50", on=clock.today())
    return made


@pytest.fixture
def answered(programme, purse, report_staff):
    """The answer; afterwards the programme moves on."""
    long_ago = clock.today() - timedelta(days=60)
    for _late in range(2):
        ProcedureFactory(department=programme.b, planned_on=long_ago)
    report = services.draft_report(
        actor=report_staff,
        form="legco_answer",
        period=clock.today().isoformat(),
        asked=Asked("1", "How many?", "多少？"),
    )
    ProcedureFactory(department=programme.a, in_use=True, went_live_on=long_ago)
    ProcedureFactory(department=programme.b, claimed=True, went_live_on=long_ago)
    ProcedureFactory(department=programme.b, planned_on=long_ago)
    purse.spend("999.00", on=clock.today(), voucher="V-2")
    return report


def cells_of(block) -> list[blocks.Cell]:
    if isinstance(block, blocks.Sentence):
        return list(block.parts)
    if isinstance(block, blocks.Figures):
        return [blocks.Cell(one.value, one.href) for one in block.items]
    return [row[place] for row in block.rows for place in block.right]


def figures_of(report, language: str = "en") -> list[blocks.Cell]:
    """Every figure of the answer but days: the words of the last, quiet sentence name the moment."""
    with override(language):
        sections = document.told(report).sections
        cells = [cell for section in sections for block in section.blocks for cell in cells_of(block)]
    return [cell for cell in cells if cell.href or FIGURE.fullmatch(cell.text.removeprefix("HK$"))]


def test_every_figure_of_an_answer_has_a_link(answered):
    found = figures_of(answered)

    assert [cell.text for cell in found if not cell.href] == []
    assert len(found) == 28


def test_no_figure_hides_in_the_words_between_links(answered):
    with override("en"):
        sections = document.told(answered).sections
    words = [
        part.text
        for section in sections
        for block in section.blocks
        if isinstance(block, blocks.Sentence) and block.look != "quiet"
        for part in block.parts
        if not part.href
    ]

    assert [one for one in words if FIGURE.search(one) and not re.search(r"20[0-9]{2}$", one)] == []


def test_each_link_opens_exactly_what_its_figure_counts(client, answered, applicant):
    client.force_login(applicant)
    names = set()

    for cell in figures_of(answered):
        page = client.get(cell.href)
        assert page.status_code == 200, cell
        name = resolve(urlsplit(cell.href).path).view_name
        names.add(name)
        if name.endswith("-list"):
            assert f"{page.context['page_of'].paginator.count:,}" == cell.text, cell
        elif name == "funding:money-index":
            part = urlsplit(cell.href).fragment
            year = page.content.decode().split(f'id="{part}"')[1].split("</section>")[0]
            assert cell.text in year, cell
        elif name == "projects:target-detail":
            assert f"{page.context['target'].value:,}" == cell.text
        else:
            late = page.context["procedure"].planned_on
            assert f"{(answered.day - late).days:,}" == cell.text

    assert names == {
        "projects:procedure-list",
        "projects:procedure-detail",
        "projects:target-detail",
        "funding:money-index",
    }


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_paper_holds_the_same_links_as_the_page(client, answered, report_staff, language):
    expected = [cell.href for cell in figures_of(answered, language)]
    with override(language):
        told = document.told(answered)
        printed = PdfReader(io.BytesIO(pdf.as_paper(told).pdf()))
        written = zipfile.ZipFile(io.BytesIO(word.as_word(told))).read("word/document.xml")
    client.force_login(report_staff)
    page = client.get(f"/reports/{answered.reference}/", headers={"accept-language": language}).content.decode()

    notes = [note.get_object() for one in printed.pages for note in one.get("/Annots", [])]
    linked = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}
    root = ElementTree.fromstring(written)
    fields = {one.attrib[f"{{{word.W}}}instr"] for one in root.iter(f"{{{word.W}}}fldSimple")}

    assert {settings.SITE_URL + href for href in expected} <= linked
    assert {f' HYPERLINK "{settings.SITE_URL}{href}" ' for href in expected} <= fields
    assert [href for href in expected if f'href="{href.replace("&", "&amp;")}"' not in page] == []


def test_a_reading_that_came_is_on_the_board_too_though_its_values_stand_still(programme, report_staff, client):
    kpi = KpiFactory(project=MeasuredProjectFactory(status="registered"), frequency="daily")
    first = clock.today() - timedelta(days=20)
    values = [*map(Decimal, range(10)), *[Decimal(13)] * 10]
    verified(kpi, {first + timedelta(days=day): Measured(value) for day, value in enumerate(values)})
    report = services.draft_report(actor=report_staff, form="policy_address", period=clock.today().isoformat())
    client.force_login(report_staff)

    there = [cell for cell in figures_of(report) if "/boards/kpis/" in cell.href]

    assert [cell.text for cell in there] == ["1"]
    assert [line.kpi for line, _judged in client.get(there[0].href).context["lines"]] == [kpi]


def words_of(report, language: str = "en") -> list[str]:
    with override(language):
        sections = document.told(report).sections
    return [block.text for one in sections for block in one.blocks if isinstance(block, blocks.Sentence)]


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (2, "3 procedures are past their planned day."),
        (6, "7 procedures are past their planned day; the 3 longest overdue are shown."),
    ],
)
def test_a_brief_says_when_it_shows_only_the_longest_overdue(programme, report_staff, late, said):
    for days in range(late):
        ProcedureFactory(department=programme.b, planned_on=clock.today() - timedelta(days=9 + days))

    brief = services.draft_report(actor=report_staff, form="minister_brief", period=clock.today().isoformat())

    assert said in words_of(brief)


def test_a_department_with_nothing_due_is_told_so_without_a_share_of_nothing(programme, report_staff):
    empty = DepartmentFactory()

    report = services.draft_report(actor=report_staff, form="department_quarter", period="2026-Q3", department=empty)

    words = words_of(report)
    assert "Nothing is claimed yet." in words
    assert "No KPI has a reading due yet." in words
    assert [one for one in words if "0 of 0" in one] == []


def test_a_report_that_knows_later_facts_opens_its_own_day_and_says_so(programme, report_staff, client):
    day = clock.today() - timedelta(days=1)
    first, later = (
        services.draft_report(actor=report_staff, form="policy_address", period=day.isoformat(), as_at=instant)
        for instant in (clock.end_of_day(day), clock.now())
    )
    client.force_login(report_staff)

    def links(report):
        return {dict(parse_qsl(urlsplit(cell.href).query)).get("as_at") for cell in figures_of(report) if cell.href}

    said = [[one for one in words_of(report) if "also holds what was learned" in one] for report in (first, later)]
    assert links(first) == links(later) == {day.isoformat()}
    assert [len(one) for one in said] == [0, 1]
