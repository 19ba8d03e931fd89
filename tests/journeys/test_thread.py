"""The thread: one project from an added procedure to money committed and a KPI charted, each by the right person.

One walk a language, every request of every page on loopback only (the `visitor` fixture fails otherwise).
"""

import pytest

from core import ledger_check
from funding.models import Commitment, FundingRequest
from projects import installation as projects_installation
from projects.models import Procedure
from tests.funding.scene import make_scene
from tests.journeys import collecting, screens
from tests.journeys.walk import Walk, walked_in

PROJECT = "/projects/AA-2026-001/"
LAST_CALL_SECONDS = 1

WORDS = {
    "en": {
        "because": "because",
        "hod": "HK$499,999.99, decided by the Head of Department.",
        "group": "HK$1,200,000.00, decided by the digitalisation working group.",
        "legco": "HK$20,000,000.01, decided by the Finance Committee of the Legislative Council.",
        "met": "Quorum met",
        "last": "The last call has run out",
        "sentence": "9 seats, 1 recused, 8 may vote, quorum 5 met (6 voted): for 4, against 1, abstain 1",
        "committed": "The money is committed.",
    },
    "zh-hant": {
        "because": "因為",
        "hod": "HK$499,999.99，由部門首長決定。",
        "group": "HK$1,200,000.00，由數碼化工作小組決定。",
        "legco": "HK$20,000,000.01，由立法會財務委員會決定。",
        "met": "已達法定人數",
        "last": "最後表決時間已過",
        "sentence": "贊成 4",
        "committed": "款項已承擔。",
    },
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", walked_in("en"))
def test_one_project_from_a_procedure_to_committed_money_and_a_chart(visitor, live_world, settings, language):
    scene, words = make_scene(live_world, last_call_seconds=LAST_CALL_SECONDS), WORDS[language]
    walk = Walk(visitor, language)

    _add_a_procedure(walk)
    request = _write_the_request(walk, words)
    path = f"/funding/{request.reference}/"
    walk.press("applicant", path, "submit")
    walk.press("head", path, "endorse", statement="The department needs this before the summer.")
    walk.press("secretary", path, "screen")
    walk.press("secretary", path, "open-round")
    round_path = f"/funding/rounds/{request.rounds.get().pk}/"

    _vote(walk, scene, round_path, words)
    _close(walk, round_path, words)
    walk.press("secretary", round_path, "publish")
    page = walk.open("applicant", path)
    assert words["sentence"] in page.inner_text("main")
    _commit(walk, path, scene, words)
    _chart_a_kpi(walk, request.project, settings)
    _open_the_figures(walk)

    if language == "en":
        _take_pictures(walk, path, round_path)
    assert ledger_check.check().findings == []


def _add_a_procedure(walk):
    walk.open("applicant", PROJECT)
    page = walk.open("applicant", f"{PROJECT}procedures/new/")
    page.locator("[name=name_en]").fill("Read visa papers")
    page.locator("[name=name_zh_hant]").fill("閱讀簽證文件")
    page.locator("[name=planned_on]").fill("2027-03-31")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    assert Procedure.objects.filter(name_en="Read visa papers").exists()


def _write_the_request(walk, words):
    """The route is told while one types, and follows the amount up and down."""
    page = walk.open("applicant", PROJECT)
    with page.expect_navigation():
        page.locator("#project-funding a.btn-primary").click()
    page.locator("[name=title_en]").fill("Reading visa papers")
    page.locator("[name=title_zh_hant]").fill("簽證文件閱讀")
    page.locator("[name=justification]").fill("Applicants wait 14 days; with the reader they wait two.")
    page.locator("[name=reuse][value=nothing_found]").check()
    amount = page.locator("[name=lines-0-amount]")
    for typed, name in (
        ("1,200,000.00", "group"),
        ("499,999.99", "hod"),
        ("20,000,000.01", "legco"),
        ("1,200,000.00", "group"),
    ):
        amount.fill(typed)
        page.locator("#route", has_text=words[name]).wait_for()
        assert words["because"] in page.locator("#route").inner_text()
    with page.expect_navigation():
        page.locator(".funding-aside button[value=save]").click()
    return FundingRequest.objects.get()


def _vote(walk, scene, round_path, words):
    """Four for, one against with a reason, one abstaining; the member of the applicant's department has no ballot."""
    for place, member in enumerate(scene.members[:6]):
        choice = "against" if place == 4 else "abstain" if place == 5 else "for"
        page = walk.open(member.username, round_path)
        page.locator(f"#act-vote [name=choice][value={choice}]").check()
        page.locator("#act-vote [name=reason]").fill("The second year costs too much." if choice == "against" else "")
        with page.expect_navigation():
            page.locator("#act-vote button[type=submit]").click()
        assert page.locator(".receipt code").inner_text()
    assert words["met"] in page.locator("#standing").inner_text()
    recused = walk.open(scene.recused.username, round_path)
    assert recused.locator("#act-vote").count() == 0


def _close(walk, round_path, words):
    page = walk.press("chair", round_path, "last-call")
    page.locator("#standing", has_text=words["last"]).wait_for()
    walk.press("chair", round_path, "close")


def _commit(walk, path, scene, words):
    page = walk.open("finance", path)
    form = page.locator("form[action*='/commit/']")
    form.locator("[name=envelope]").select_option(str(scene.envelope.pk))
    form.locator("[name=amount]").fill("1,200,000.00")
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert words["committed"] in page.inner_text("main")
    assert str(Commitment.objects.get().amount) == "1200000.00"


def _chart_a_kpi(walk, project, settings):
    """Collected over HTTP, each month once however often the tasks come, and drawn on the project's page."""
    with collecting.department_service(settings) as port:
        kpi = collecting.measured(project, port)
        once = collecting.collect(kpi, times=1)
        assert once >= 34
        assert collecting.collect(kpi, times=3) == once
    page = walk.open("applicant", PROJECT)
    chart = page.locator("#project-kpis .chart")
    chart.scroll_into_view_if_needed()
    chart.locator("svg.main-svg").first.wait_for()
    page.locator("#project-kpis summary").click()
    assert page.locator("#project-kpis tbody tr").count() == once


def _open_the_figures(walk):
    """The curve with its targets is drawn, and each of the overview's first figures opens the records it counts."""
    projects_installation.install(source="test")
    page = walk.open("applicant", "/")
    page.locator(".chart svg.main-svg").first.wait_for()
    for state in ("in_use", "verified", "claimed"):
        assert page.locator(f"#figures a[href*='state={state}']").count() == 1


def _take_pictures(walk, path, round_path):
    screens.take(walk.of("applicant"), "request", path)
    screens.take(walk.of("chair"), "round-published", round_path)
    screens.take(walk.of("applicant"), "request-form", "/funding/new/?project=AA-2026-001")
    screens.take(walk.of("applicant"), "request-list", "/funding/")
