"""Whole journeys by keyboard alone (WCAG 2.1.1, 2.1.2, 2.4.7)."""

from decimal import Decimal

from django.urls import reverse
import pytest

from core import ledger_check
from funding.models import Commitment, FundingRequest
from tests.funding.scene import make_scene
from tests.journeys.keyboard import KeyboardWalk, enter, follow, tab_to

LAST_CALL_SECONDS = 1


def test_an_official_gets_from_sign_in_to_a_filtered_board(visitor, live_world):
    page = KeyboardWalk(visitor, "en").open("official", "/")
    follow(page, reverse("projects:department-list"))
    follow(page, reverse("dashboards:department-board"))
    follow(page, reverse("dashboards:decision-board"))
    tab_to(page, "select[name=age]")
    page.keyboard.press("End")
    tab_to(page, ".filter-bar [type=submit]")
    enter(page)

    assert "age=longer" in page.url
    assert page.locator("select[name=age]").input_value() == "longer"


@pytest.mark.prove("journeys", gate=False)
@pytest.mark.timeout(1_800)
def test_a_request_goes_from_its_first_word_to_committed_money(visitor, live_world):
    """Written, endorsed, screened, voted on by six, closed, published and committed, each by the right person."""
    scene, walk = make_scene(live_world, last_call_seconds=LAST_CALL_SECONDS), KeyboardWalk(visitor, "en")
    page = walk.open("applicant", "/funding/new/?project=AA-2026-001")
    written = {
        "title_en": "Reading visa papers",
        "title_zh_hant": "簽證文件閱讀",
        "justification": "Applicants wait 14 days; with the reader they wait two.",
        "reuse": "nothing_found",
        "lines-0-amount": "1,200,000.00",
    }
    walk.send(page, "main", written, button=".funding-aside button[value=save]")
    path = f"/funding/{FundingRequest.objects.get().reference}/"
    walk.press("applicant", path, "submit")
    walk.press("head", path, "endorse", statement="The department needs this before the summer.")
    walk.press("secretary", path, "screen")
    walk.press("secretary", path, "open-round")
    round_path = f"/funding/rounds/{FundingRequest.objects.get().rounds.get().pk}/"

    for member in scene.members[:6]:
        page = walk.press(member.username, round_path, "vote", choice="for")
        assert page.locator(".receipt code").inner_text()
    page = walk.press("chair", round_path, "last-call")
    page.locator("#standing", has_text="The last call has run out").wait_for()
    walk.press("chair", round_path, "close")
    walk.press("secretary", round_path, "publish")
    page = walk.open("finance", path)
    walk.send(page, "form[action*='/commit/']", {"envelope": str(scene.envelope.pk), "amount": "1,200,000.00"})

    assert Commitment.objects.get().amount == Decimal("1200000.00")
    assert ledger_check.check().findings == []
