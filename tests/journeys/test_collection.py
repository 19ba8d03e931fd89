"""A lead connects a source: from the form to its first run, a refused row, the chart, and one corrected month.

The department's service is a server on the loopback; beat's and the worker's tasks are run where they would come.
"""

import pytest

from core import ledger_check
from kpis.models import CollectionRun, Kpi, Reading, Source
from tests.factories.kpis import DefinitionFactory, MeasuredProjectFactory
from tests.journeys import collecting, screens
from tests.journeys.walk import Walk, fill, walked_in
from tests.kpis.conftest import FakeDepartment, running

MONTHS = ("2026-01", "2026-02", "2026-03")
WORDS = {
    "en": {
        "new_host": "Nobody has approved this host for the department yet.",
        "nothing": "A run would store nothing.",
        "not_a_number": "The value is not a plain number such as 1234.5.",
        "would_read": "A run would read 3 readings.",
        "refused": "refused",
        "planned": "The run is planned again.",
        "why": "Say why the earlier value is corrected.",
        "corrections": "Corrections",
    },
    "zh-hant": {
        "new_host": "這個主機尚未為該部門獲批准。",
        "nothing": "收集將不會儲存任何讀數。",
        "not_a_number": "數值並非一般數字（例如 1234.5）。",
        "would_read": "收集將讀取 3 個讀數。",
        "refused": "被拒",
        "planned": "作業已重新排定。",
        "why": "請說明為何更正先前的數值。",
        "corrections": "更正",
    },
}


def sends(department, kpi, *values):
    rows = zip(MONTHS, values, strict=True)
    department.sends(*[{"kpi": kpi.reference, "period": month, "value": value} for month, value in rows])


@pytest.fixture
def department(settings):
    fake = FakeDepartment()
    settings.COLLECTOR_LOOPBACK_PORTS = [fake.port]
    with running(fake):
        yield fake


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", walked_in("zh-hant"))
def test_a_lead_connects_a_source_and_corrects_what_it_sent(visitor, live_world, department, language):
    walk, words = Walk(visitor, language), WORDS[language]
    kpi = _measure(walk, live_world)
    path = f"/kpis/{kpi.reference}/"
    sends(department, kpi, "120", "1,234", "140")

    source = _connect(walk, department, kpi, words)
    sends(department, kpi, "120", "130", "140")
    _preview(walk, source, words)
    sends(department, kpi, "120", "x", "140")
    run = _refused_first(walk, source, kpi, words)
    sends(department, kpi, "120", "130", "140")
    _retry(walk, run, source, words)
    _see_the_chart(walk, path, ["140", "130", "120"])
    _correct(walk, path, words)

    _see_the_chart(walk, path, ["140", "125", "120"])
    assert list(Reading.objects.values_list("value", "revision").order_by("period_start", "revision")) == [
        (120, 1),
        (130, 1),
        (125, 2),
        (140, 1),
    ]
    assert ledger_check.check().findings == []
    for page in (path, f"/kpis/sources/{source.reference}/", f"/jobs/{run.pk}/"):
        for size in screens.SIZES.values():
            walk.of("applicant").page.set_viewport_size(size)
            assert screens.sideways(walk.open("applicant", page)) == 0, page


def _measure(walk, world):
    """The lead says what the project measures."""
    definition = DefinitionFactory()
    project = MeasuredProjectFactory(department=world.a, lead=world["applicant"].person)
    page = walk.open("applicant", f"/kpis/new/{project.reference}/")
    form = page.locator("main form")
    for name, value in {
        "definition": definition.key,
        "name_en": "Papers read",
        "name_zh_hant": "閱讀文件數目",
        "frequency": "monthly",
        "starts_on": "2026-01-01",
    }.items():
        fill(form.locator(f"[name={name}]"), value)
    _press(page, form.locator("button[type=submit]"))
    return Kpi.objects.get()


def _connect(walk, department, kpi, words):
    """Nobody is called before two people agreed: the lead proposes, the second person tries and approves."""
    page = walk.open("applicant", "/kpis/sources/collect/")
    form = page.locator("main form")
    for name, value in {
        "name": "Case system",
        "url": department.url,
        "networks": "127.0.0.0/8",
        "items": "readings",
        "period": "period",
        "kpi": "kpi",
        "value": "value",
        "interval_minutes": "1440",
    }.items():
        fill(form.locator(f"[name={name}]"), value)
    form.locator(f"[name=kpi_{kpi.pk}]").check()
    _press(page, form.locator("button[formaction]"))
    assert words["new_host"] in page.inner_text("main")
    assert (department.requests, Source.objects.count()) == (0, 0)
    _press(page, page.locator("main form button:not([formaction])"))

    source = Source.objects.get()
    here = f"/kpis/sources/{source.reference}/"
    assert walk.open("applicant", here).locator("form[action$='/try/']").count() == 0
    page = walk.open("team", here)
    _press(page, page.locator("form[action$='/try/'] button"))
    told = page.inner_text("main")
    assert words["nothing"] in told and words["not_a_number"] in told and "2026-01" in told
    walk.press("team", here, "approve")
    return source


def _preview(walk, source, words):
    page = walk.open("applicant", f"/kpis/sources/{source.reference}/")
    _press(page, page.locator("form[action$='/try/'] button"))
    assert words["would_read"] in page.inner_text("main")
    assert page.locator("main tbody tr").count() == len(MONTHS)
    assert (Reading.objects.count(), CollectionRun.objects.count()) == (0, 0)


def _refused_first(walk, source, kpi, words):
    """One row that is no number: all of it is refused, and both pages say why."""
    assert collecting.collect(kpi, times=1) == 0
    run = CollectionRun.objects.get()
    for path in (f"/kpis/sources/{source.reference}/", f"/jobs/{run.pk}/"):
        told = walk.open("applicant", path).inner_text("main")
        assert words["refused"] in told and words["not_a_number"] in told
    return run


def _retry(walk, run, source, words):
    page = walk.press("applicant", f"/jobs/{run.pk}/", "retry", reason="The department mended its row of February.")
    assert words["planned"] in page.inner_text("body")
    assert collecting.collect(source.links.get().kpi, times=2) == len(MONTHS)
    row = walk.open("applicant", f"/kpis/sources/{source.reference}/").locator("main tbody tr")
    assert row.locator("td.text-end").all_inner_texts()[0] == "3"


def _see_the_chart(walk, path, values):
    """Drawn, and the same values in its table, newest first."""
    page = walk.open("applicant", path)
    card = page.locator("#kpi-history")
    card.locator("svg.main-svg").first.wait_for()
    card.locator("summary").click()
    assert card.locator("tbody td:nth-child(2)").all_inner_texts() == values


def _correct(walk, path, words):
    """The lead types another value with its reason; it counts once a second person has verified it."""
    page = _type(walk, path, "")
    assert words["why"] in page.inner_text("main")
    page = _type(walk, path, "Two papers were counted twice.")
    assert page.locator("#waiting-readings").count() == 1
    page = walk.open("head", path)
    _press(page, page.locator("#waiting-readings button[value=verify]"))
    section = walk.open("applicant", path).locator("section[aria-labelledby=corrections-heading]")
    assert words["corrections"] in section.inner_text()
    assert section.locator("s").inner_text().startswith("130 ")
    assert section.locator("strong").inner_text().startswith("125 ")


def _type(walk, path, reason):
    page = walk.open("applicant", path)
    page.locator("#type-reading summary").click()
    form = page.locator("#type-reading form")
    for name, value in {"period": "2026-02", "value": "125", "reason": reason}.items():
        fill(form.locator(f"[name={name}]"), value)
    _press(page, form.locator("button:not([formaction])"))
    return page


def _press(page, button):
    with page.expect_navigation():
        button.click()
