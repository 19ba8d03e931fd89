"""Look-alikes and findings on their pages and over the API: the same acts, the same refusals, in both languages."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from funding.models import FundingRequest, LinkFinding, LookalikeQuestion
from tests.funding.test_lookalikes import OTHER, TITLE, linked, parts, propose  # noqa: F401 - fixtures
from tests.funding.test_policy_pages import program, signed_in

LIST = "/funding/lookalikes/"


def page(question):
    return reverse("funding:lookalike-detail", args=[question.pk])


def test_the_secretary_finds_the_question_reads_its_working_and_answers(office, parts, secretary):  # noqa: F811
    browser, question = signed_in(secretary), parts[2]
    assert page(question) in browser.get(LIST).content.decode()

    shown = browser.get(page(question)).content.decode()
    sent = browser.post(page(question) + "answer/", {"linked": "yes", "reason": "One tender."})

    assert f"{question.score} of 100" in shown and "Words in common" in shown
    assert (sent.status_code, sent.url) == (302, page(question))
    assert "One tender." in browser.get(page(question)).content.decode()
    assert set(FundingRequest.objects.values_list("tier", flat=True)) == {"working_group"}


def test_an_answer_without_reason_is_shown_again(parts, secretary):  # noqa: F811
    answer = signed_in(secretary).post(page(parts[2]) + "answer/", {"linked": "no", "reason": ""})

    assert answer.status_code == 422
    assert LookalikeQuestion.objects.get().status == "open"


def test_the_page_of_the_request_says_what_the_decision_waits_for(parts, head):  # noqa: F811
    address = reverse("funding:request-lookalikes", args=[parts[0].reference])

    shown = signed_in(head).get(address).content.decode()

    assert "A decision at a lower tier waits for the secretary’s answer" in shown
    assert page(parts[2]) not in shown


def test_a_finding_is_proposed_on_one_page_and_agreed_to_on_another(office, linked, secretary, team):  # noqa: F811
    first, second = linked
    typed = {"first": first.reference, "second": second.reference, "reason": "Two tenders."}
    made = signed_in(secretary).post(reverse("funding:finding-new"), typed)

    agreed = signed_in(team).post(made.url + "confirm/", {"agree": "yes", "reason": "Read both."})

    assert (made.status_code, agreed.status_code) == (302, 302)
    assert LinkFinding.objects.get().status == "stands"
    assert set(FundingRequest.objects.values_list("tier", flat=True)) == {"department"}
    assert "Read both." in signed_in(team).get(made.url).content.decode()


def test_a_finding_about_one_request_alone_is_refused(linked, secretary):  # noqa: F811
    typed = {"first": linked[0].reference, "second": linked[0].reference, "reason": "Two tenders."}

    assert signed_in(secretary).post(reverse("funding:finding-new"), typed).status_code == 422
    assert not LinkFinding.objects.exists()


def test_the_chinese_pages_have_no_english_left(parts, secretary):  # noqa: F811
    browser = signed_in(secretary)
    with translation.override("zh-hant"):
        browser.cookies["django_language"] = "zh-hant"
        shown = browser.get(LIST, headers={"accept-language": "zh-hant"}).content.decode()
    assert "相似申請" in shown and "Would be decided by" not in shown


def test_the_list_asks_no_more_at_twenty_rows_than_at_one(office, parts, secretary):  # noqa: F811
    browser, counts = signed_in(secretary), []
    question = parts[2]
    browser.get(LIST)
    for more in (0, 19):
        question.status = "lapsed"
        for _number in range(more):
            question.pk = None
            question.save()
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(LIST).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_api_answers_and_cuts_through_the_same_services(office, parts, secretary, team):  # noqa: F811
    first, second, question = parts
    answered = program(secretary).post(
        f"/api/v1/lookalikes/{question.pk}/answer/", {"linked": True, "reason": "One tender."}, format="json"
    )
    again = program(secretary).post(
        f"/api/v1/lookalikes/{question.pk}/answer/", {"linked": False, "reason": "No."}, format="json"
    )
    sent = {"first": second.reference, "second": first.reference, "reason": "After all two."}
    cut = program(secretary).post("/api/v1/link-findings/", sent, format="json")
    agreed = program(team).post(
        f"/api/v1/link-findings/{cut.json()['number']}/confirm/", {"agree": True, "reason": "Yes."}, format="json"
    )

    assert (answered.status_code, answered.json()["status"]) == (200, "linked")
    assert (again.status_code, again.json()["code"]) == (409, "lookalike.answered")
    assert (cut.status_code, agreed.json()["status"]) == (201, "stands")
    assert set(FundingRequest.objects.values_list("tier", flat=True)) == {"department"}


def test_a_decision_over_the_api_waits_with_its_code(parts, head):  # noqa: F811
    refused = program(head).post(
        f"/api/v1/requests/{parts[0].reference}/decide/", {"approve": True, "reason": ""}, format="json"
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "lookalike.open")
