"""A point of a chart opens exactly the records it counts: with the mouse, and with arrow keys and Enter."""

from datetime import timedelta
import re

from django.urls import reverse
import pytest

from core import clock
from core.models import Installation
from projects.installation import install
from projects.models import EvidenceKind
from projects.services import add_evidence, claim, verify
from tests.dashboards.boards import waiting
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_look import _enter

PLACE = """([chart, trace, number]) => {
    const plot = document.querySelector(`#${chart} .js-plotly-plot`);
    const { xaxis, yaxis } = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    const { x, y } = plot.data[trace];
    const lying = plot.data[trace].orientation === "h";
    const across = lying ? xaxis.d2p(x[number] / 2) : xaxis.d2p(x[number]);
    return [box.left + xaxis._offset + across, box.top + yaxis._offset + yaxis.d2p(y[number])];
}"""
DATA = "(chart) => document.querySelector(`#${chart} .js-plotly-plot`).data"

CUT_SHORT = """() => [...document.querySelectorAll("main .card")]
    .filter((one) => one.getClientRects().length && one.scrollHeight > one.clientHeight + 2)
    .map((one) => one.id || one.className)"""


def put_in_use(world, count, *, days):
    """Procedures that were claimed and verified so many days ago, when their rows were made too."""
    applicant = world["applicant"]
    with clock.story_at(clock.now() - timedelta(days=days)):
        today = clock.today()
        for _each in range(count):
            project = ProjectFactory(department=world.a, lead=applicant.person, gate_passed_on=today)
            procedure = ProcedureFactory(project=project)
            claim(actor=applicant, procedure_id=procedure.pk, project_id=project.pk, went_live_on=today)
            for kind in EvidenceKind.values:
                add_evidence(actor=applicant, procedure_id=procedure.pk, kind=kind, note="File 12.")
            verify(actor=world["verifier"], procedure_id=procedure.pk)


@pytest.fixture
def reader(visitor, live_app, live_world):
    """Three procedures in use since thirty days ago and two more since five; requests wait at two stages."""
    install()
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    put_in_use(live_world, 3, days=30)
    put_in_use(live_world, 2, days=5)
    for status, count in (("submitted", 2), ("endorsed", 1)):
        for _each in range(count):
            waiting(status)
    someone = visitor()
    _enter(someone, live_app, live_world["team"])
    return someone


def drawn(someone, address, chart):
    """The page with its chart drawn, and what the chart was drawn of."""
    page = someone.open(address)
    page.locator(f"#{chart}").scroll_into_view_if_needed()
    page.locator(f"#{chart} .chart-opens").wait_for()
    return page, page.evaluate(DATA, chart)


def clicked(page, chart, trace, number):
    x, y = page.evaluate(PLACE, [chart, trace, number])
    page.mouse.move(x, y)
    with page.expect_navigation():
        page.mouse.click(x, y)
    return page


def listed(page):
    """How many records the opened list says it has."""
    words = page.locator("main").inner_text()
    found = re.search(r"of (\d+) record", words)
    assert found, f"{page.url} lists nothing"
    return int(found[1])


def test_points_of_the_curve_open_the_procedures_in_use_that_day(reader):
    page, traces = drawn(reader, "/", "in-use-curve")
    curve = next(number for number, trace in enumerate(traces) if trace.get("name") == "In use")
    line = traces[curve]
    earlier = max(number for number, count in enumerate(line["y"]) if count == 3)
    assert line["y"][-1] == 5

    for number, count in ((-1, 5), (earlier, 3)):
        page, _traces = drawn(reader, "/", "in-use-curve")
        clicked(page, "in-use-curve", curve, number % len(line["x"]))
        assert page.url.endswith(line["customdata"][number])
        assert listed(page) == count

    page, _traces = drawn(reader, "/", "in-use-curve")
    page.locator("#in-use-curve .chart").focus()
    steps = len(line["x"]) - 1 - earlier
    for _press in range(steps + 1):  # the first press is the newest point
        page.keyboard.press("ArrowLeft")
    assert "In use" in page.locator("#in-use-curve [aria-live]").inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(line["customdata"][earlier])
    assert listed(page) == 3


def test_a_bar_opens_the_requests_that_wait_at_its_stage(reader):
    board = reverse("dashboards:decision-board")
    page, traces = drawn(reader, board, "decision-stages")
    found = [
        (trace, number, count) for trace, told in enumerate(traces) for number, count in enumerate(told["x"]) if count
    ]
    assert sorted(count for _trace, _number, count in found) == [1, 2]

    for trace, number, count in found:
        page, _traces = drawn(reader, board, "decision-stages")
        clicked(page, "decision-stages", trace, number)
        assert page.url.endswith(traces[trace]["customdata"][number])
        assert listed(page) == count


def test_on_paper_no_card_is_shorter_than_what_is_drawn_in_it(reader):
    page, _traces = drawn(reader, "/", "in-use-curve")
    page.emulate_media(media="print")

    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        assert page.locator("#in-use-curve .chart-drawing svg").is_visible()
        assert page.evaluate(CUT_SHORT) == []
