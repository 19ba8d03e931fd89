"""The two bodies that the thread does not visit, walked by their people: the department and the Finance Committee."""

from decimal import Decimal
import io

from pypdf import PdfReader
import pytest

from core import clock, ledger_check
from funding.installation import install_finance_committee
from funding.models import Commitment, Decision, FundingRequest
from tests.funding.outcomes import officer
from tests.funding.scene import START, make_scene
from tests.journeys.walk import Walk, walked_in
from tests.plugins import files

WORDS = {
    "en": {"approved": "Approved", "locked": "The money is locked until", "differs": "differ"},
    "zh-hant": {"approved": "批准", "locked": "款項", "differs": "不同"},
}


def write_a_request(walk, amount):
    page = walk.open("applicant", "/funding/new/?project=AA-2026-001")
    page.locator("[name=title_en]").fill("Reading visa papers")
    page.locator("[name=title_zh_hant]").fill("簽證文件閱讀")
    page.locator("[name=justification]").fill("Applicants wait 14 days; with the reader they wait two.")
    page.locator("[name=reuse][value=nothing_found]").check()
    page.locator("[name=lines-0-amount]").fill(amount)
    with page.expect_navigation():
        page.locator(".funding-aside button[value=save]").click()
    request = FundingRequest.objects.get()
    walk.press("applicant", f"/funding/{request.reference}/", "submit")
    return request


def commit(walk, scene, path, amount):
    page = walk.open("finance", path)
    form = page.locator("form[action*='/commit/']")
    form.locator("[name=envelope]").select_option(str(scene.envelope.pk))
    form.locator("[name=amount]").fill(amount)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert Commitment.objects.get().amount == Decimal(amount.replace(",", ""))


def letter(walk, decision):
    """How many pages the decision letter has as the applicant opens it."""
    page = walk.open("applicant", f"/funding/{decision.request.reference}/")
    link = page.locator(f"a[href*='/decisions/{decision.pk}/letter/']").first.get_attribute("href")
    got = page.context.request.get(walk.of("applicant").address + link)
    assert (got.status, got.headers["content-type"]) == (200, "application/pdf")
    return len(PdfReader(io.BytesIO(got.body())).pages)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", walked_in("zh-hant"))
def test_the_head_decides_a_small_request_and_finance_commits_it(visitor, live_world, language):
    scene, walk = make_scene(live_world), Walk(visitor, language)
    request = write_a_request(walk, "400,000.00")
    path = f"/funding/{request.reference}/"

    assert walk.open(scene.members[1].username, path).locator("#act-decide").count() == 0
    walk.press("head", path, "decide", approve="yes", conditions="Report in six months.")
    walk.press("secretary", path, "publish", conditions_due_on="2027-06-30")

    decision = Decision.objects.get()
    page = walk.open("applicant", path)
    assert WORDS[language]["approved"] in page.inner_text("main")
    assert letter(walk, decision) >= 1
    commit(walk, scene, path, "400,000.00")
    assert ledger_check.check().findings == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", walked_in("zh-hant"))
def test_the_finance_committees_outcome_is_entered_twice_before_money_moves(visitor, live_world, language, tmp_path):
    """From the working group's recommendation on; how it votes is walked in the thread."""
    scene, walk = make_scene(live_world), Walk(visitor, language)
    install_finance_committee(starts_on=START)
    officer("treasury", "finance")
    evidence = tmp_path / "minutes.pdf"
    evidence.write_bytes(files.pdf())
    request = scene.round_published("20000000.01").request
    path = f"/funding/{request.reference}/"
    legco = f"{path}legco/"
    today = clock.today().isoformat()
    said = {"outcome": "approved", "meeting_on": today, "amount": "20,000,000.01"}
    said |= {"present": "40", "votes_for": "30", "votes_against": "5", "abstained": "2"}
    walk.press("secretary", legco, "legco-papers", panel_on=today, panel_paper="CB(1)77", paper="FCR(2026-27)12")
    walk.press("secretary", legco, "legco-record", **said, file=str(evidence))
    assert WORDS[language]["locked"] in walk.open("finance", legco).inner_text("main")
    assert walk.open("finance", path).locator("form[action*='/commit/']").count() == 0
    refused = walk.press("treasury", legco, "legco-confirm", **(said | {"votes_for": "31"}))
    assert refused.locator(".error-summary").count() == 1
    walk.press("treasury", legco, "legco-confirm", **said)
    walk.press("secretary", legco, "legco-publish")

    assert letter(walk, Decision.objects.latest("pk")) >= 1
    commit(walk, scene, path, "20,000,000.01")
    assert ledger_check.check().findings == []
