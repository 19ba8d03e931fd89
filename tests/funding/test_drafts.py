"""The working copy of a request."""

from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Stale, Unprocessable
from core.models import LedgerEntry
from funding import services
from funding.models import CostLine, FundingRequest
from tests.factories.funding import line
from tests.factories.projects import ProcedureFactory, ProjectFactory


def test_a_draft_sums_its_lines_and_keeps_recurrent_money_apart(office, applicant):
    request = office.draft(
        lines=[line("300000.00"), line("50000.50", category="contingency"), line("90000.00", category="recurrent")]
    )

    assert (request.own_amount, request.recurrent_amount) == (Decimal("350000.50"), Decimal("90000.00"))
    assert request.reference.startswith("FR-")
    assert request.lead == applicant.person
    assert not LedgerEntry.objects.exists()


def test_the_lead_of_the_project_leads_its_request(office, colleague):
    project = office.new_project(lead=colleague.person)

    assert office.draft(project_id=project.pk).lead == colleague.person


def test_chinese_titles_get_a_simplified_twin(office):
    assert office.draft(title_zh_hant="數碼化").title_zh_hans == "数码化"


def test_a_person_of_another_department_cannot_ask_for_it(office, outsider):
    with pytest.raises(NotAllowed) as refusal:
        office.draft(actor=outsider)

    assert refusal.value.code == "department.other"
    assert not FundingRequest.objects.exists()


def test_a_project_that_is_not_visible_does_not_exist(office, outsider):
    hidden = ProjectFactory(draft=True)

    with pytest.raises(NotVisible):
        office.draft(actor=outsider, project_id=hidden.pk)


def test_a_draft_project_gets_no_money(office):
    with pytest.raises(Unprocessable, match="Register the project"):
        office.draft(project_id=office.new_project(draft=True).pk)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0.00", "amount.min"),
        ("-1.00", "amount.min"),
        ("NaN", "amount.min"),
        ("Infinity", "amount.min"),
        ("499999.995", "amount.precision"),
        ("1000000000000.00", "amount.min"),
    ],
)
def test_an_amount_that_did_not_come_through_the_parser_is_refused(office, amount, code):
    with pytest.raises(InvalidInput) as refusal:
        office.draft(lines=[line(amount)])

    assert refusal.value.code == code
    assert not FundingRequest.objects.exists()


def test_a_sum_too_large_for_its_column_is_refused(office):
    with pytest.raises(InvalidInput) as refusal:
        office.draft(lines=[line("999999999999.99"), line("0.01")])

    assert refusal.value.code == "amount.max"
    assert not CostLine.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title_en": " \u200b"}, "blank"),
        ({"lines": [line("1.00", category="gold")]}, "choice.invalid"),
        ({"linked_ids": [999_999]}, "choice.invalid"),
    ],
)
def test_unreadable_content_is_refused(office, fields, code):
    with pytest.raises(InvalidInput) as refusal:
        office.draft(**fields)

    assert refusal.value.code == code
    assert not FundingRequest.objects.exists()


def test_a_procedure_of_another_project_is_refused(office):
    with pytest.raises(Unprocessable) as refusal:
        office.draft(procedure_ids=[ProcedureFactory().pk])

    assert refusal.value.code == "procedure.project"


def test_an_edit_changes_what_is_given_and_remembers_who_wrote(office, colleague):
    request = office.draft()

    edited = services.edit_draft(actor=colleague, request_id=request.pk, expected_version=1, lines=[line("5.00")])

    assert (edited.own_amount, edited.title_en, edited.version) == (Decimal("5.00"), "Model for letters", 2)
    assert set(edited.editors.values_list("person", flat=True)) == {
        office.world["applicant"].person_id,
        colleague.person_id,
    }


def test_an_edit_of_an_older_version_is_refused(office, applicant):
    request = office.draft()
    services.edit_draft(actor=applicant, request_id=request.pk, expected_version=1, title_en="Newer")

    with pytest.raises(Stale) as refusal:
        services.edit_draft(actor=applicant, request_id=request.pk, expected_version=1, title_en="Older")

    request.refresh_from_db()
    assert (refusal.value.code, request.title_en) == ("version.stale", "Newer")


def test_what_is_submitted_is_no_draft_any_more(office, applicant):
    request = office.submitted()

    with pytest.raises(Conflict) as refusal:
        services.edit_draft(
            actor=applicant, request_id=request.pk, expected_version=request.version, lines=[line("1.00")]
        )

    request.refresh_from_db()
    assert (refusal.value.code, request.own_amount) == ("request.locked", Decimal("1200000.00"))


def test_a_stranger_does_not_even_see_the_draft(office, outsider):
    request = office.draft()

    with pytest.raises(NotVisible):
        services.edit_draft(actor=outsider, request_id=request.pk, expected_version=1, title_en="Mine")
