"""Every outcome reached on a page and over the API, through the same services."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
import pytest
from rest_framework.test import APIClient

from core import clock
from funding.models import Condition, EvidenceFile, FundingRequest
from tests.access.rows_funding_outcomes import figures
from tests.funding.outcomes import ASKED, conditional, officer

MINUTES = b"Minutes of the meeting: approved."


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def file():
    return SimpleUploadedFile("minutes.txt", MINUTES, content_type="text/plain")


def send(user, name, at, **typed):
    browser = Client()
    browser.force_login(user)
    answer = browser.post(reverse(f"funding:{name}", args=at), typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url


def shown(user, name, *at, language="en"):
    browser = Client(headers={"accept-language": language})
    browser.force_login(user)
    answer = browser.get(reverse(f"funding:{name}", args=at))
    assert answer.status_code == 200
    return answer.content.decode()


def call(user, path, sent=None, *, wanted=200, form=False):
    client = APIClient()
    client.force_login(user)
    answer = client.post(f"/api/v1/{path}", sent or {}, format="multipart" if form else "json")
    assert answer.status_code == wanted, answer.content
    return answer.json()


def test_returned_and_answered_in_place(office, secretary, applicant):
    request = office.screened()
    at = [request.reference]
    send(secretary, "request-return", at, questions="Who runs it?\n\nWhat after 2028?")
    send(applicant, "request-answer", [*at, 1], text="The department.")
    call(applicant, f"requests/{at[0]}/answer/", {"number": 2, "text": "Within the vote."}, wanted=201)

    page = shown(applicant, "request-detail", *at)
    told = call_get(applicant, f"requests/{at[0]}/outcomes/")

    assert "Who runs it?" in page and "The department." in page and "Within the vote." in page
    assert [question["answers"][0]["text"] for question in told["questions"]] == ["The department.", "Within the vote."]
    assert "附問題退回" in shown(applicant, "request-detail", *at, language="zh-hant")


def call_get(user, path):
    client = APIClient()
    client.force_login(user)
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return answer.json()


def test_deferred_and_taken_up_again(office, secretary):
    first, second = office.screened(), office.screened(project_id=office.new_project().pk)
    send(secretary, "request-defer", [first.reference], reason="The survey runs.", condition="The survey is in.")
    assert "The survey is in." in shown(secretary, "request-detail", first.reference)
    send(secretary, "request-bring-back", [first.reference], note="It is in.")
    call(secretary, f"requests/{second.reference}/defer/", {"reason": "Later.", "until": "2098-01-01"})
    call(secretary, f"requests/{second.reference}/bring-back/", {"note": "Now."})

    assert set(FundingRequest.objects.values_list("status", flat=True)) == {"screened"}


def test_rejected_with_reasons_and_appealed_against(office, secretary, applicant):
    rounds = []
    for _each in range(2):
        round_ = office.round(project=office.new_project())
        office.vote(round_, "aaaaa")
        office.close(round_)
        rounds.append(round_)
    browser = Client()
    browser.force_login(secretary)
    silent = browser.post(reverse("funding:round-publish", args=[rounds[0].pk]), {})
    send(secretary, "round-publish", [rounds[0].pk], reason="Not shown.")
    call(secretary, f"rounds/{rounds[1].pk}/publish/", {}, wanted=400)
    call(secretary, f"rounds/{rounds[1].pk}/publish/", {"reason": "Not shown."})

    old = rounds[0].request.reference
    appealed = send(applicant, "request-appeal", [old], ground="Annex 2 shows it.")
    other = call(applicant, f"requests/{rounds[1].request.reference}/appeal/", {"ground": "See."}, wanted=201)

    assert silent.status_code == 422
    assert old in shown(applicant, "request-detail", appealed.split("/")[-2])
    assert other["linked"] == [rounds[1].request.reference]


def test_approved_in_part_with_conditions_by_the_head(office, head, secretary, applicant):
    request = office.submitted("300000.00")
    send(
        head,
        "request-decide",
        [request.reference],
        approve="yes",
        amount="200,000",
        reason="One site.",
        conditions="Report.",
    )
    send(secretary, "request-publish", [request.reference], conditions_due_on=clock.today().isoformat())

    page = shown(applicant, "request-detail", request.reference)

    task = Condition.objects.get()
    assert (task.due_on, task.text) == (clock.today(), "Report.")
    assert "in part: less than was asked" in page and "One site." in page and "Report." in page


def test_a_condition_is_met_and_discharged(office, secretary, applicant):
    first, second = conditional(office, "Report.", "Close the counter.").tasks.order_by("number")
    send(applicant, "condition-hand-in", [first.pk], note="The report.", file=file())
    send(secretary, "condition-discharge", [first.pk], note="Read.")
    call(applicant, f"conditions/{second.pk}/hand-in/", {"note": "A picture.", "file": file()}, wanted=201, form=True)
    call(secretary, f"conditions/{second.pk}/send-back/", {"reason": "Unreadable."})
    owner, day = first.owner_id, clock.today().isoformat()
    send(secretary, "condition-assign", [second.pk], owner=owner, due_on=day, reason="Sooner.")
    call(secretary, f"conditions/{second.pk}/waive/", {"reason": "Sold."})
    call(
        officer("secretary2", "secretary"), f"conditions/{second.pk}/answer-waiver/", {"agree": True, "reason": "Yes."}
    )

    evidence = EvidenceFile.objects.first()
    reference = first.decision.request.reference
    browser = Client()
    browser.force_login(applicant)
    download = browser.get(reverse("funding:request-evidence", args=[reference, evidence.pk]))

    assert b"".join(download.streaming_content) == MINUTES
    assert "minutes.txt" in shown(applicant, "condition-detail", first.pk)
    listed = call_get(applicant, "conditions/")["results"]
    assert [one["status"] for one in listed] == ["waived", "discharged"]  # the earlier day first
    assert "No condition is owed" in shown(applicant, "condition-list")


@pytest.mark.parametrize("by", ["page", "api"])
def test_the_council_approves(office, secretary, by):
    """TRUST T11, WF-07: waiting for a second officer after the first, money locked until published."""
    reference = office.published(ASKED, project=office.new_project()).request.reference
    treasury = officer("treasury", "finance")
    papers = {"panel_on": clock.today().isoformat(), "panel_paper": "CB(1)77/2026(03)", "paper": "FCR(2026-27)12"}
    if by == "page":
        send(secretary, "request-legco-papers", [reference], **papers)
        send(secretary, "request-legco-record", [reference], **figures(), file=file())
        assert "waiting for a second officer" in shown(secretary, "request-legco", reference)
        send(treasury, "request-legco-confirm", [reference], **figures())
        send(secretary, "request-legco-publish", [reference])
    else:
        path = f"requests/{reference}/legco-"
        call(secretary, f"{path}papers/", papers)
        waiting = call(secretary, f"{path}record/", {**figures(), "file": file()}, wanted=202, form=True)
        assert waiting["status"] == "recorded"
        differs = call(treasury, f"{path}confirm/", {**figures(), "present": 41}, wanted=409)
        assert differs["code"] == "legco.discrepant"
        call(treasury, f"{path}confirm/", figures())
        call(secretary, f"{path}publish/")

    request = FundingRequest.objects.get(reference=reference)
    page = shown(secretary, "request-legco", reference)
    assert (request.outcome, request.decisions.count()) == ("approved", 2)
    assert "Recorded by" in page and "Checked by" in page and str(treasury.person) in page


def test_wf_08_the_outcome_of_a_working_group_request_is_refused(office, secretary):
    reference = office.published("1200000.00").request.reference

    refused = call(
        secretary, f"requests/{reference}/legco-record/", {**figures(), "file": file()}, wanted=409, form=True
    )

    assert refused["code"] == "tier.mismatch"
    assert not EvidenceFile.objects.exists()


def test_the_list_of_conditions_asks_as_often_for_twenty_as_for_one(office, applicant, django_assert_max_num_queries):
    decision = conditional(office, *[f"Condition {number}." for number in range(20)])
    browser = Client()
    browser.force_login(applicant)
    browser.get(reverse("funding:condition-list"))

    with django_assert_max_num_queries(12):
        browser.get(reverse("funding:condition-list"))
    assert decision.tasks.count() == 20
