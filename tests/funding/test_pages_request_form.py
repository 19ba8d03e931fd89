"""The guided form: what is typed, what is refused beside its field, and what one sending makes."""

import uuid

from django.urls import reverse
import pytest

from funding.models import FundingRequest
from tests.funding.scene import Scene, make_scene

NEW = "/funding/new/"


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


@pytest.fixture
def lead(client, scene):
    client.force_login(scene.world["applicant"])
    return client


def typed(amount="1,200,000.00", **changes):
    """What a browser sends of a filled form with one line."""
    return {
        "form_token": str(uuid.uuid4()),
        "project": "AA-2026-001",
        "title_en": "Reading visa papers",
        "title_zh_hant": "簽證文件閱讀",
        "justification": "Faster answers.",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-category": "services",
        "lines-0-description": "Document reader",
        "lines-0-financial_year": "2026",
        "lines-0-amount": amount,
        "do": "save",
        **changes,
    }


def test_a_filled_form_makes_one_draft_and_goes_to_it(lead):
    answer = lead.post(NEW, typed())

    request = FundingRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("funding:request-detail", args=[request.reference])
    assert request.status == "draft"
    assert str(request.lines.get().amount) == "1200000.00"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("500,00", "Write the amount in digits"),
        ("-1", "must be more than HK$0.00"),
        ("0", "must be more than HK$0.00"),
        ("0.00", "must be more than HK$0.00"),
        ("NaN", "Write the amount in digits"),
        ("1e5", "Write the amount in digits"),
        ("１２３", "Write the amount in digits"),
        ("499999.995", "at most two decimals"),
        ("1000000000000", "at most 12 digits"),
        ("HK$1.2m", "Write the amount in digits"),
        ("", "This field is required"),
    ],
)
def test_a_bad_amount_is_named_beside_its_field_and_keeps_what_was_typed(lead, amount, words):
    answer = lead.post(NEW, typed(amount))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert 'href="#id_lines-0-amount"' in page
    assert page.count(words) >= 2  # in the summary and beside the field
    assert f'value="{amount}"' in page or amount == ""
    assert "Reading visa papers" in page
    assert not FundingRequest.objects.exists()


def test_the_same_form_sent_twice_makes_one_request(lead):
    sent = typed()
    first, second = lead.post(NEW, sent), lead.post(NEW, sent)

    assert FundingRequest.objects.count() == 1
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"title_en": "x" * 10_000}, "id_title_en"),
        ({"title_en": " \u200b\u3000"}, "id_title_en"),
        ({"justification": "with \x00 inside"}, "id_justification"),
        ({"project": "NO-2026-999"}, "id_project"),
    ],
)
def test_bad_text_is_refused_with_a_link_to_its_field(lead, changes, target):
    answer = lead.post(NEW, typed(**changes))

    assert answer.status_code == 422
    assert f'href="#{target}"' in answer.content.decode()
    assert not FundingRequest.objects.exists()


def test_a_project_of_another_department_is_refused_in_the_words_of_a_missing_one(lead, scene):
    from tests.factories.projects import ProjectFactory

    other = ProjectFactory(department=scene.world.b)
    words = "Choose one of the entries offered."
    for reference in (other.reference, "NO-2026-999"):
        assert words in lead.post(NEW, typed(project=reference)).content.decode()


def test_fields_the_form_does_not_have_change_nothing(lead, scene):
    lead.post(NEW, typed(tier="department", status="approved", department="B", assessed_amount="1.00"))

    request = FundingRequest.objects.get()
    assert (request.status, request.department) == ("draft", scene.world.a)


def test_another_line_is_added_by_a_round_trip_without_faults_or_losses(lead):
    answer = lead.post(NEW, typed("500,00", do="add", title_en=""))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="lines-1-amount"' in page
    assert 'value="500,00"' in page
    assert "field-error" not in page.split('id="lines"')[1].split('id="route"')[0]
    assert 'role="alert"' not in page


def test_a_removed_line_closes_up_and_the_others_keep_what_was_typed(lead):
    two = {
        "lines-TOTAL_FORMS": "2",
        "lines-1-category": "hardware",
        "lines-1-description": "Scanner",
        "lines-1-financial_year": "2027",
        "lines-1-amount": "30,000",
    }
    page = lead.post(NEW, typed(do="remove-0", **two)).content.decode()

    assert 'value="30,000"' in page
    assert "Document reader" not in page
    assert 'name="lines-1-amount"' not in page


def test_htmx_gets_only_the_lines_when_one_is_added(lead):
    answer = lead.post(NEW, typed(do="add"), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "<html" not in page
    assert 'name="lines-1-amount"' in page


@pytest.mark.parametrize(
    ("amount", "body"),
    [
        ("499,999.99", "the Head of Department"),
        ("500,000.00", "the digitalisation working group"),
        ("1,200,000.00", "the digitalisation working group"),
        ("20,000,000.00", "the digitalisation working group"),
        ("20,000,000.01", "the Finance Committee of the Legislative Council"),
    ],
)
def test_the_route_is_explained_exactly_at_each_edge(lead, amount, body):
    answer = lead.post("/funding/route/", typed(amount), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"HK${amount}, decided by {body}." in page
    assert "because" in page
    assert not FundingRequest.objects.exists()


def test_the_route_can_be_checked_with_a_plain_button(lead):
    answer = lead.post(NEW, typed(do="check", title_en=""))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "HK$1,200,000.00, decided by the digitalisation working group." in page
    assert not FundingRequest.objects.exists()


def test_somebody_without_a_department_project_is_told_so(client, scene):
    client.force_login(scene.world["auditor"])

    assert client.post(NEW, typed()).status_code in (403, 422)
    assert not FundingRequest.objects.exists()


def test_a_draft_edited_meanwhile_is_not_overwritten(lead, scene):
    request = scene.draft()
    address = reverse("funding:request-edit", args=[request.reference])
    stale = {"expected_version": str(request.version), "title_en": "Mine"}
    fresh = {"expected_version": str(request.version), "title_en": "Theirs"}

    assert lead.post(address, typed(**fresh)).status_code == 302
    assert lead.post(address, typed(**stale)).status_code == 412
    request.refresh_from_db()
    assert request.title_en == "Theirs"
