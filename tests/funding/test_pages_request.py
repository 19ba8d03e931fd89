"""The request list, its export and the page of one request: what each person sees and may do."""

import csv
import io

from django.urls import reverse
import pytest

from core import ledger
from core.models import LedgerEntry
from funding.models import Choice, Commitment, FundingRequest
from tests.funding.scene import Scene, make_scene


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


def page(client, user, address, **query):
    client.force_login(user)
    return client.get(address, query)


def detail(request: FundingRequest) -> str:
    return reverse("funding:request-detail", args=[request.reference])


def act(client, user, request, name, **sent):
    client.force_login(user)
    return client.post(reverse(f"funding:request-{name}", args=[request.reference]), sent)


def test_the_list_shows_own_drafts_and_not_those_of_others(client, scene):
    draft = scene.draft()

    assert draft.reference in page(client, scene.world["colleague"], "/funding/").content.decode()
    assert draft.reference not in page(client, scene.world["b_applicant"], "/funding/").content.decode()
    assert draft.reference not in page(client, scene.world["auditor"], "/funding/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "draft"}, True),
        ({"status": "submitted"}, False),
        ({"department": "AA"}, True),
        ({"department": "BB"}, False),
        ({"q": "visa"}, True),
        ({"q": "100%_\\"}, False),
        ({"q": "("}, False),
        ({"ordering": "-amount"}, True),
    ],
)
def test_the_list_is_filtered_by_what_the_address_says(client, scene, query, found):
    draft = scene.draft()

    answer = page(client, scene.world["applicant"], "/funding/", **query)

    assert answer.status_code == 200
    assert (draft.reference in answer.content.decode()) is found


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"ordering": "applicant__accounts__password"}, 400),
        ({"department__users__password": "x"}, 400),
        ({"status": "no-such"}, 400),
        ({"page": "0"}, 404),
        ({"page": "-1"}, 404),
        ({"page": "9" * 31}, 404),
        ({"page_size": "1000000"}, 400),
        ({"q": "\x00"}, 400),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(client, scene, query, status):
    assert page(client, scene.world["applicant"], "/funding/", **query).status_code == status


def test_the_totals_are_those_of_the_listed_rows(client, scene):
    scene.draft("300000.00")
    scene.submitted("1200000.00")

    totals = page(client, scene.world["applicant"], "/funding/").context["totals"]

    assert (totals.count, str(totals.asked)) == (2, "1500000.00")
    assert (totals.waiting, str(totals.waiting_amount)) == (1, "1200000.00")


def test_the_export_holds_exactly_the_listed_rows(client, scene):
    draft, submitted = scene.draft("300000.00"), scene.submitted("1200000.00")
    answer = page(client, scene.world["head"], "/funding/export/", format="csv", status="submitted")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["Reference [reference]"] for row in rows] == [submitted.reference]
    assert rows[0]["Amount asked (HK$) [own_amount]"] == "1200000.00"
    assert draft.reference not in text
    assert answer["X-Export-Filter"] == "status=submitted"
    assert answer["X-Export-Ledger"] == ledger.head().anchor
    sheet = page(client, scene.world["head"], "/funding/export/", format="xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    assert page(client, scene.world["head"], "/funding/export/", format="exe").status_code == 400


def test_a_request_one_may_not_see_is_a_404_like_a_missing_one(client, scene):
    draft = scene.draft()

    hidden = page(client, scene.world["b_applicant"], detail(draft))
    missing = page(client, scene.world["b_applicant"], "/funding/FR-2026-9999/")

    assert hidden.status_code == missing.status_code == 404


def test_the_page_says_who_holds_it_now_and_the_route(client, scene):
    request = scene.submitted()

    text = page(client, scene.world["applicant"], detail(request)).content.decode()

    assert "With the Head of Department, Head since" in text
    assert "digitalisation working group, because HK$1,200,000.00" in text


@pytest.mark.parametrize(
    ("state", "name", "persona"),
    [
        ("draft", "submit", "applicant"),
        ("submitted", "endorse", "head"),
        ("endorsed", "screen", "secretary"),
        ("screened", "open-round", "secretary"),
        ("submitted", "withdraw", "applicant"),
    ],
)
def test_each_act_is_offered_to_the_right_person_alone(client, scene, state, name, persona):
    request = getattr(scene, state)()
    offered = {
        who: f'id="act-{name}"' in page(client, scene.world[who], detail(request)).content.decode()
        for who in ("applicant", "head", "colleague", "secretary", "auditor")
        if page(client, scene.world[who], detail(request)).status_code == 200
    }

    assert offered[persona]
    assert not offered.get("auditor")


def test_a_request_goes_from_draft_to_an_open_round_by_its_buttons(client, scene):
    world, request = scene.world, scene.draft()

    assert act(client, world["applicant"], request, "submit", expected_version=request.version).status_code == 302
    assert act(client, world["head"], request, "endorse", statement="Needed.").status_code == 302
    assert act(client, world["secretary"], request, "screen").status_code == 302
    opened = act(client, world["secretary"], request, "open-round", amount="1,200,000.00", mode="meeting")

    request.refresh_from_db()
    assert opened.status_code == 302
    assert request.status == "deciding"
    assert request.rounds.get().status == "open"


def test_a_forced_act_is_refused_as_the_button_is_hidden(client, scene):
    request = scene.submitted()

    answer = act(client, scene.world["applicant"], request, "endorse", statement="Me too.")

    request.refresh_from_db()
    assert answer.status_code == 403
    assert request.status == "submitted"


def test_an_endorsement_without_a_statement_says_so_beside_the_field(client, scene):
    request = scene.submitted()

    answer = act(client, scene.world["head"], request, "endorse", statement="")

    request.refresh_from_db()
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert request.status == "submitted"


def test_the_decision_appears_with_its_sentence_and_money_can_be_committed_once(client, scene):
    request = scene.round_published().request
    decision = request.decisions.get()
    text = page(client, scene.world["finance"], detail(request)).content.decode()
    assert "9 seats, 1 recused, 8 may vote, quorum 5 met (6 voted): for 4, against 1, abstain 1" in text
    assert "HK$100,000,000.00" in text  # what is left in the envelope

    sent = {"form_token": "3f0a1c1e-0000-4000-8000-000000000001", "envelope": scene.envelope.pk, "amount": "1,200,000"}
    address = reverse("funding:decision-commit", args=[decision.pk])
    for _time in range(2):
        assert client.post(address, sent).status_code == 302

    assert str(Commitment.objects.get().amount) == "1200000.00"
    assert LedgerEntry.objects.filter(action="money.committed").count() == 1
    assert "act-commit-title" not in page(client, scene.world["finance"], detail(request)).content.decode()


def test_a_bad_commitment_is_shown_on_the_page_with_what_was_typed(client, scene):
    request = scene.round_published().request
    client.force_login(scene.world["finance"])
    address = reverse("funding:decision-commit", args=[request.decisions.get().pk])

    answer = client.post(address, {"envelope": scene.envelope.pk, "amount": "500,00"})

    assert answer.status_code == 422
    assert 'value="500,00"' in answer.content.decode()
    assert not Commitment.objects.exists()


def test_the_outcome_is_not_shown_to_the_department_before_publication(client, scene):
    request = scene.round_closed().request

    text = page(client, scene.world["applicant"], detail(request)).content.decode()
    listed = page(client, scene.world["applicant"], "/funding/", outcome="approved").content.decode()

    assert "for 4, against 1" not in text
    assert request.reference not in listed


def test_a_revision_needs_a_reason_and_starts_again(client, scene):
    request = scene.round_open().request
    client.force_login(scene.world["applicant"])
    address = reverse("funding:request-revise", args=[request.reference])
    request.refresh_from_db()
    sent = {
        "expected_version": request.version,
        "title_en": "Reading visa papers",
        "justification": "Faster.",
        "reuse": "nothing_found",
        "procedures": scene.procedure.pk,
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-category": "services",
        "lines-0-financial_year": "2026",
        "lines-0-amount": "1,300,000.00",
    }
    assert client.post(address, sent).status_code == 422

    assert client.post(address, {**sent, "reason": "A dearer quotation."}).status_code == 302

    request.refresh_from_db()
    assert (request.status, request.submitted_version) == ("submitted", 2)
    assert request.rounds.get().status == "ended"
    assert request.rounds.get().votes.filter(choice=Choice.FOR).count() == 0


def test_the_department_decides_the_smallest_requests(client, scene):
    request = scene.submitted("300000.00")
    assert act(client, scene.world["head"], request, "decide", approve="yes").status_code == 302
    assert act(client, scene.world["secretary"], request, "publish").status_code == 302

    request.refresh_from_db()
    assert (request.status, request.outcome) == ("published", "approved")
    assert str(request.decisions.get().amount) == "300000.00"


def test_a_decided_request_keeps_the_route_it_was_decided_on(client, scene):
    request = scene.submitted("300000.00")
    act(client, scene.world["head"], request, "decide", approve="yes")
    act(client, scene.world["secretary"], request, "publish")
    scene.submitted("1200000.00")

    text = page(client, scene.world["head"], detail(request)).content.decode()

    assert "Goes to the Head of Department, because HK$300,000.00 is less than HK$500,000.00." in text


def test_requests_counted_together_are_listed_with_their_link(client, scene):
    first, second = scene.submitted("400000.00"), scene.submitted("400000.00")

    text = page(client, scene.world["head"], f"{detail(second)}related/").content.decode()

    assert f"{first.reference}: HK$400,000.00" in text
    assert "same project" in text
