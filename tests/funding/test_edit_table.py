"""Every cell of the edit table: state x field x role (FEATURES N2), against a table written down a second time."""

import itertools

import pytest

from core.errors import Conflict, NotAllowed
from funding import policies, services
from funding.models import FundingRequest
from funding.policies import editing as judged
from funding.rules import editing
from funding.rules.editing import Role
from tests.factories.accounts import UserFactory

CONTENT = {"title_en", "title_zh_hant", "justification", "lines", "benefits", "reuse", "attachments"}
LINKS = {"procedures", "linked", "programme", "supplements"}
WAITING = {"submitted", "endorsed", "screened", "deciding", "returned", "deferred"}
PERSONAS = {"applicant": True, "head": True, "colleague": True, "secretary": False, "outsider": False, "auditor": False}


def expected(state: str, field: str, writes: bool, serves: bool = False) -> str:
    """What DESIGN 4 says, in as few words as possible."""
    if field == "classification":
        return "reclassify" if serves and state in {"submitted", "endorsed", "screened"} else "no"
    if not writes or field not in CONTENT | LINKS:
        return "no"
    if state == "draft":
        return "edit"
    if state in WAITING:
        return "revise" if field in CONTENT else "add"
    return "no"


@pytest.mark.parametrize(("state", "role"), list(itertools.product(editing.STATES, [role.value for role in Role])))
def test_a_cell_says_what_the_design_says(state, role):
    found = {field: editing.way(state, field, [role]) for field in editing.FIELDS}

    writes, serves = role == "department", role == "secretary"
    assert found == {field: expected(state, field, writes, serves) for field in editing.FIELDS}


def test_the_table_has_every_state_a_request_can_be_in():
    from funding.models import RequestStatus

    assert set(editing.STATES) == set(RequestStatus.values)


def test_a_field_or_state_that_is_unknown_is_no_cell():
    with pytest.raises(ValueError, match="No cell"):
        editing.way("draft", "colour", [Role.DEPARTMENT])


@pytest.mark.parametrize("name", PERSONAS)
def test_what_the_service_asks_is_the_table_for_every_persona_and_cell(office, name):
    request, user = office.draft(), office.world[name]
    mine = judged.roles(user, request)

    found = {}
    for state in editing.STATES:
        request.status = state
        allowed = {field for field in editing.FIELDS if policies.can_write(user, request, field)}
        found[state] = allowed

    assert (Role.DEPARTMENT in mine) is PERSONAS[name]
    assert found == {
        state: {field for field in editing.FIELDS if expected(state, field, PERSONAS[name]) != "no"}
        for state in editing.STATES
    }


def test_a_seat_reads_the_paper_and_writes_nothing(office):
    request = office.screened()

    mine = judged.roles(office.members[0], request)

    assert mine == {Role.BODY}
    with pytest.raises(NotAllowed, match="Only people of the department"):
        policies.can_revise(office.members[0], request).or_raise()


def test_a_decided_request_is_locked_for_its_own_department(office, applicant):
    request = office.submitted()
    FundingRequest.objects.filter(pk=request.pk).update(status="decided")
    request.refresh_from_db()

    with pytest.raises(Conflict) as refusal:
        services.edit_draft(
            actor=applicant, request_id=request.pk, expected_version=request.version, justification="More."
        )

    assert refusal.value.code == "request.locked"
    request.refresh_from_db()
    assert request.justification == ""


def test_somebody_who_left_the_department_no_longer_writes(office):
    stranger = UserFactory()

    assert judged.roles(stranger, office.draft()) == {Role.OTHER}
