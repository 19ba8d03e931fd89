"""Decision letters, minutes extracts and paper packs: what the page says, for whom the page is."""

import io

from pypdf import PdfReader
import pytest

from core.models import LedgerEntry
from core.money import hkd
from funding import services, wording
from tests.factories.funding import line
from tests.funding import meetings
from tests.funding.scene import make_scene

LANGUAGES = ("en", "zh-hant")


def read(client, user, address, language="en"):
    client.force_login(user)
    return client.get(address, {"language": language})


def text_of(answer) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def squeezed(text: str) -> str:
    return "".join(str(text).split())


@pytest.fixture
def decision(office):
    lines = [line("900000.00"), line("300000.00", category="training"), line("50000.00", category="recurrent")]
    request = office.screened("1200000.00", lines=lines, title_zh_hant="衞生署信件", justification="Letters.")
    round_ = office.open(request, conditions=["A privacy assessment is filed."])
    office.vote(round_, "ffffffa")
    office.close(round_)
    return office.publish(round_)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_what_was_decided_by_whom_and_what_follows(client, office, applicant, decision, language):
    answer = read(client, applicant, f"/funding/decisions/{decision.pk}/letter/", language)
    said = text_of(answer)

    entry = LedgerEntry.objects.get(action="decision.published")
    for figure in ("1,200,000.00", "900,000.00", "300,000.00", "50,000.00", decision.request.reference):
        assert figure in said
    assert "Aprivacyassessmentisfiled." in said
    assert f"{entry.position}:{bytes(entry.entry_hash).hex()}" in said
    assert {"en": "Outcome:approved,with1condition,HK$1,200,000.00.", "zh-hant": "撥款申請"}[language] in said
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_letter_never_changes_after_publication(client, office, applicant, decision):
    address = f"/funding/decisions/{decision.pk}/letter/"
    before = read(client, applicant, address).content

    office.published("800000.00", "fffff", project=office.new_project())

    assert read(client, applicant, address).content == before


def test_a_rejection_names_its_reason_and_the_last_day_of_an_appeal(client, office, applicant):
    decision = office.published("800000.00", "aaaaa")

    said = text_of(read(client, applicant, f"/funding/decisions/{decision.pk}/letter/"))

    assert "Outcome:rejected." in said
    assert "Thebenefitisnotshown." in said
    assert "Anappealmaybefileduntil" in said


def test_a_head_of_departments_decision_has_a_letter_too(client, office, applicant):
    request = office.submitted("100000.00")
    services.decide_in_department(
        actor=office.world["head"], request_id=request.pk, approve=True, reason="", amount=None, conditions=[]
    )
    decision = services.publish_department_decision(actor=office.world["secretary"], request_id=request.pk)

    said = text_of(read(client, applicant, f"/funding/decisions/{decision.pk}/letter/"))

    assert squeezed(office.world["head"].person) in said
    assert "HK$100,000.00" in said


def test_minutes_say_the_sentence_of_the_page_and_votes_by_name_to_the_body_alone(client, office, decision):
    round_ = decision.round
    address = f"/funding/rounds/{round_.pk}/minutes/"
    said = text_of(read(client, office.members[0], address))

    assert squeezed(wording.result_sentence(round_.result)) in said
    assert squeezed(office.members[6].person) in said
    assert "Toodear." in said
    assert "against" in said


def test_minutes_wait_for_publication(client, office):
    round_ = office.round()

    answer = read(client, office.members[0], f"/funding/rounds/{round_.pk}/minutes/")

    assert answer.status_code == 404


def test_a_pack_begins_with_two_pages_of_summary_and_then_its_contents(client, office, decision):
    answer = read(client, office.members[0], f"/funding/rounds/{decision.round.pk}/pack/")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]

    assert "Summary" in pages[0]
    assert hkd(decision.round.motion_amount) in pages[0]
    assert "Costs by category and year" in pages[1]
    assert "Contents" in pages[2]
    assert "Needed." in "".join(pages[3:])  # the statement of the Head of Department
    assert decision.round.motion_digest in text_of(answer)


def test_a_pack_is_what_was_frozen_whatever_happens_afterwards(client, office, applicant):
    round_ = office.round()
    address = f"/funding/rounds/{round_.pk}/pack/"
    before = read(client, office.members[0], address).content

    office.vote(round_, "ffa")
    services.revise_request(
        actor=applicant,
        request_id=round_.request_id,
        expected_version=round_.request.version,
        reason="Cheaper.",
        lines=[line("1100000.00")],
    )

    assert read(client, office.members[0], address).content == before


def held(scene):
    """A meeting with two papers, the first opened, asked about, voted on and published."""
    first = scene.screened("910000.00", title_en="First")
    second = scene.screened("920000.00", title_en="Second")
    meeting = meetings.attend(scene, meetings.published(scene, first, second), seat_3="apologies")
    round_ = meetings.open_item(scene, meeting)
    asked = services.ask_on_paper(actor=scene.chair, round_id=round_.pk, text="Who runs it in 2028?")
    services.answer_on_paper(
        actor=scene.world["applicant"], round_id=round_.pk, number=asked.number, text="The department itself."
    )
    for member in (scene.members[0], scene.members[1], *scene.members[3:7]):
        scene.vote(round_, member)
    services.call_last(actor=scene.chair, round_id=round_.pk)
    services.close_round(actor=scene.chair, round_id=round_.pk)
    services.publish_decision(actor=scene.world["secretary"], round_id=round_.pk)
    return meeting, round_


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_say_who_was_there_what_was_asked_and_what_was_answered(client, world, language):
    scene = make_scene(world)
    _meeting, round_ = held(scene)

    said = text_of(read(client, scene.chair, f"/funding/rounds/{round_.pk}/minutes/", language))

    assert {"en": "apologies", "zh-hant": "一號會議室"}[language] in said
    assert "Whorunsitin2028?" in said
    assert "Thedepartmentitself." in said


def test_the_pack_of_a_meeting_has_agenda_items_in_brief_contents_and_each_paper(client, world):
    scene = make_scene(world)
    meeting, _round = held(scene)
    address = f"/funding/meetings/{meeting.pk}/pack/"

    answer = read(client, scene.chair, address)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]

    assert "HK$910,000.00" in pages[0]
    assert "HK$920,000.00" in pages[0]
    assert "The items in brief" in pages[1]
    assert "Contents" in pages[2]
    for item in meeting.items.all():
        assert item.request_version.digest in text_of(answer)


def test_a_paper_that_is_closed_to_a_member_is_closed_in_the_pack_of_the_meeting(client, world):
    scene = make_scene(world)
    meeting, _round = held(scene)
    second = meetings.open_item(scene, meeting, 2)
    services.declare_interest(actor=scene.members[1], round_id=second.pk, note="My brother sells it.")

    said = text_of(read(client, scene.members[1], f"/funding/meetings/{meeting.pk}/pack/"))

    assert "closedtoyou" in said
    assert "920,000.00" not in said
    assert "Second" not in said
    assert "910,000.00" in said


def test_there_is_no_pack_before_the_agenda_is_published(client, world):
    scene = make_scene(world)
    meeting = meetings.with_items(scene, scene.screened())

    assert read(client, scene.world["secretary"], f"/funding/meetings/{meeting.pk}/pack/").status_code == 404


def test_who_is_recused_reads_no_pack_before_publication(client, office):
    round_ = office.round()
    services.declare_interest(actor=office.members[2], round_id=round_.pk, note="My brother sells it.")

    assert read(client, office.members[2], f"/funding/rounds/{round_.pk}/pack/").status_code == 404


@pytest.mark.parametrize("address", ["/funding/decisions/999/letter/", f"/funding/decisions/{2**63}/letter/"])
def test_no_letter_of_what_is_not_there(client, applicant, address):
    assert read(client, applicant, address).status_code == 404


def test_pages_link_to_their_papers(client, office, applicant, decision):
    client.force_login(applicant)
    request_page = client.get(f"/funding/{decision.request.reference}/").content.decode()
    round_page = client.get(f"/funding/rounds/{decision.round.pk}/").content.decode()

    assert f"/funding/decisions/{decision.pk}/letter/?language=zh-hant" in request_page
    assert f"/funding/rounds/{decision.round.pk}/minutes/?language=en" in round_page
    assert f"/funding/rounds/{decision.round.pk}/pack/?language=en" in round_page
