"""Promises, the reuse question, papers, and a copy: what a request holds beside its text and cost lines."""

from datetime import date
from decimal import Decimal
import hashlib
import json

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from funding import services
from funding.models import FundingRequest, PromisedBenefit
from tests.factories.funding import line
from tests.factories.projects import ProjectFactory
from tests.factories.work import DocumentFactory
from work.services import withdraw_document

DUE = date(2027, 3, 31)


def promise(amount="1200.00", **fields):
    return {"kind": "hours", "description": "Clerks", "amount": Decimal(amount), "due_on": DUE, **fields}


def edited(request, actor, **fields):
    request.refresh_from_db()
    return services.edit_draft(actor=actor, request_id=request.pk, expected_version=request.version, **fields)


def frozen(request):
    return json.loads(request.versions.get(number=request.submitted_version).content)


def test_a_promise_keeps_its_number_and_a_new_one_never_takes_an_old_one(office, applicant):
    request = office.draft(benefits=[promise("10"), promise("20")])
    edited(request, applicant, benefits=[promise("11", number=1)])
    edited(request, applicant, benefits=[promise("11", number=1), promise("30")])

    assert list(request.benefits.values_list("number", "amount")) == [(1, Decimal("11.00")), (3, Decimal("30.00"))]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": Decimal(0)}, "amount.min"),
        ({"amount": Decimal("NaN")}, "amount.min"),
        ({"amount": Decimal("1.005")}, "amount.precision"),
        ({"kind": "fame"}, "choice.invalid"),
    ],
)
def test_a_promise_that_says_nothing_is_refused(office, applicant, wrong, code):
    request = office.draft()

    with pytest.raises(InvalidInput) as refusal:
        edited(request, applicant, benefits=[{**promise(), **wrong}])

    assert refusal.value.code == code
    assert not PromisedBenefit.objects.exists()


def test_an_answer_that_found_something_says_what_and_why(office, applicant):
    request = office.draft(reuse="")

    with pytest.raises(InvalidInput) as refusal:
        edited(request, applicant, reuse="in_part", reuse_reason=" ")

    assert list(refusal.value.fields) == ["reuse_reason"]
    request.refresh_from_db()
    assert request.reuse == ""


def test_a_request_that_does_not_answer_about_reuse_is_not_submitted(office, applicant, client):
    """K4: on the page, over the API and in the service, with nothing stored; a revision is submitted too."""
    request = office.draft(reuse="")
    at = {"request_id": request.pk, "expected_version": request.version}
    with pytest.raises(InvalidInput) as refusal:
        services.submit_request(actor=applicant, **at)
    client.force_login(applicant)
    page = client.post(f"/funding/{request.reference}/submit/", {"expected_version": request.version})
    match = {"If-Match": f'"{request.version}"'}
    told = client.post(f"/api/v1/requests/{request.reference}/submit/", headers=match)

    assert refusal.value.code == told.json()["code"] == "reuse.unanswered"
    assert (page.status_code, told.status_code) == (400, 400)
    assert str(refusal.value.message) in page.content.decode()
    request.refresh_from_db()
    assert (request.status, request.versions.count()) == ("draft", 0)
    edited(request, applicant, reuse="nothing_found")
    request.refresh_from_db()
    sent = services.submit_request(actor=applicant, request_id=request.pk, expected_version=request.version)
    with pytest.raises(InvalidInput, match="reused"):
        services.revise_request(
            actor=applicant, request_id=sent.pk, expected_version=sent.version, reason="Shorter.", reuse=""
        )
    assert sent.versions.count() == 1


def test_only_what_one_sees_can_have_been_looked_at(office, applicant):
    hidden = ProjectFactory(status="draft")
    request = office.draft()

    with pytest.raises(InvalidInput):
        edited(request, applicant, reuse_considered=[hidden.reference])
    edited(request, applicant, reuse_considered=[office.project.reference])

    request.refresh_from_db()
    assert request.reuse_considered == [office.project.reference]


def test_everything_is_frozen_with_the_version_papers_by_digest(office, applicant):
    request = office.draft(benefits=[promise()], reuse="nothing_found", reuse_considered=[office.project.reference])
    paper = DocumentFactory(subject=request)
    withdrawn = DocumentFactory(subject=request)
    withdraw_document(actor=applicant, document_id=withdrawn.pk, reason="Wrong file.")
    edited(request, applicant, new_programme="Letters for everybody")
    request.refresh_from_db()
    services.submit_request(actor=applicant, request_id=request.pk, expected_version=request.version)

    request.refresh_from_db()
    found = frozen(request)
    stored = paper.versions.get()
    assert found["benefits"] == [
        {"number": 1, "kind": "hours", "description": "Clerks", "amount": "1200.00", "due_on": "2027-03-31"}
    ]
    assert found["reuse"] == {"answer": "nothing_found", "reason": "", "considered": [office.project.reference]}
    assert found["programme"] == request.programme.reference
    assert [(one["reference"], one["sha256"]) for one in found["attachments"]] == [(paper.reference, stored.digest)]
    version = request.versions.get()
    assert version.digest == hashlib.sha256(version.content.encode()).hexdigest()


def test_a_paper_that_was_submitted_cannot_be_withdrawn_and_a_later_one_joins_the_next_version(office, applicant):
    request = office.draft()
    paper = DocumentFactory(subject=request)
    services.submit_request(actor=applicant, request_id=request.pk, expected_version=request.version)
    later = DocumentFactory(subject=request)

    with pytest.raises(Conflict) as refusal:
        withdraw_document(actor=applicant, document_id=paper.pk, reason="Too frank.")
    withdraw_document(actor=applicant, document_id=later.pk, reason="Wrong file.")

    assert refusal.value.code == "document.frozen"
    paper.refresh_from_db()
    assert paper.withdrawn_at is None
    assert [one["reference"] for one in frozen(FundingRequest.objects.get())["attachments"]] == [paper.reference]


def test_a_copy_says_what_was_said_and_asks_anew_what_must_be_answered_anew(office, applicant, time_machine):
    time_machine.move_to("2026-11-23T02:00Z", tick=False)
    source = office.submitted(
        justification="Faster letters.",
        lines=[line("700000.00", financial_year=2024), line("1.00", financial_year=2025)],
        benefits=[promise(due_on=date(2024, 2, 29))],
        reuse="nothing_found",
        new_programme="Letters for everybody",
    )

    made = services.copy_request(actor=applicant, request_id=source.pk)

    assert (made.status, made.copied_from, made.programme) == ("draft", source, source.programme)
    assert made.justification == "Faster letters."
    assert list(made.lines.values_list("financial_year", "amount")) == [
        (2026, Decimal("700000.00")),
        (2027, Decimal("1.00")),
    ]
    assert made.benefits.get().due_on == date(2026, 2, 28)
    assert (made.reuse, made.reuse_considered) == ("", [source.reference])
    assert made.own_amount == Decimal("700001.00")


def test_a_request_is_copied_for_another_project_only_by_its_department(office, applicant, outsider):
    source = office.submitted()
    elsewhere = ProjectFactory()

    with pytest.raises(NotAllowed):
        services.copy_request(actor=applicant, request_id=source.pk, project_id=elsewhere.pk)
    with pytest.raises(NotVisible):
        services.copy_request(actor=outsider, request_id=source.pk)

    assert FundingRequest.objects.count() == 1
