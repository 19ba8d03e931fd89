"""Priority help: asked by the department, answered by the Team, read by insiders (FEATURES A6)."""

import pytest

from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from projects.models import HelpRequest
from projects.services.help import answer_help, ask_help, withdraw_help
from tests.factories.projects import ProjectFactory


@pytest.fixture
def project(world, applicant):
    return ProjectFactory(reference="AA-2026-901", department=world.a, lead=applicant.person)


@pytest.fixture
def asked(project, applicant):
    return ask_help(actor=applicant, project_id=project.pk, kind="data", question="Which readings count?")


@pytest.mark.parametrize("persona", ["applicant", "head", "colleague"])
def test_the_department_asks(request, project, persona):
    made = ask_help(
        actor=request.getfixturevalue(persona), project_id=project.pk, kind="legal", question="May we keep logs?"
    )
    assert made.reference.startswith("HELP-")
    assert made.outcome == ""


@pytest.mark.parametrize("persona", ["b_applicant", "team", "auditor", "administrator", "official"])
def test_others_do_not_ask_for_it(request, project, persona):
    with pytest.raises(NotAllowed):
        ask_help(actor=request.getfixturevalue(persona), project_id=project.pk, kind="data", question="Q")
    assert not HelpRequest.objects.exists()


def test_the_team_answers_once_and_it_stays(asked, team):
    answer_help(actor=team, help_id=asked.pk, outcome="advised", answer="Only verified ones.")
    asked.refresh_from_db()
    assert (asked.outcome, asked.answered_by) == ("advised", team.person)
    with pytest.raises(Conflict):
        answer_help(actor=team, help_id=asked.pk, outcome="declined", answer="No.")


@pytest.mark.parametrize("persona", ["applicant", "head", "auditor"])
def test_only_the_team_answers(request, asked, persona):
    with pytest.raises(NotAllowed, match="Team"):
        answer_help(actor=request.getfixturevalue(persona), help_id=asked.pk, outcome="advised", answer="A")
    asked.refresh_from_db()
    assert asked.outcome == ""


@pytest.mark.parametrize("outcome", ["", "withdrawn", "invented"])
def test_an_answer_helps_advises_or_declines(asked, team, outcome):
    with pytest.raises(Unprocessable):
        answer_help(actor=team, help_id=asked.pk, outcome=outcome, answer="A")


def test_the_department_withdraws_what_is_open(asked, colleague, team):
    withdraw_help(actor=colleague, help_id=asked.pk, reason="Solved.")
    with pytest.raises(Conflict):
        answer_help(actor=team, help_id=asked.pk, outcome="advised", answer="A")


SEES = {"applicant", "head", "colleague", "team", "auditor"}


def test_insiders_read_it_and_nobody_else(world, asked, client):
    for name, user in world.users.items():
        assert HelpRequest.objects.visible_to(user).exists() is (name in SEES), name
        client.force_login(user)
        assert client.get(f"/projects/help/{asked.reference}/").status_code == (200 if name in SEES else 404), name
        found = client.get("/api/v1/help-requests/").json()
        assert found["count"] == (1 if name in SEES else 0), name


def test_outsiders_learn_nothing_by_acting_either(asked, outsider):
    with pytest.raises(NotVisible):
        answer_help(actor=outsider, help_id=asked.pk, outcome="advised", answer="A")


def test_a_question_is_asked_and_answered_on_the_pages(client, project, applicant, team):
    client.force_login(applicant)
    sent = client.post("/projects/AA-2026-901/help/", {"kind": "data", "question": "Which readings count?"})
    made = HelpRequest.objects.get()
    assert sent["Location"] == f"/projects/help/{made.reference}/"
    client.force_login(team)
    assert made.reference in client.get("/projects/help/").content.decode()
    client.post(f"/projects/help/{made.reference}/answer/", {"outcome": "advised", "answer": "Only verified ones."})
    client.force_login(applicant)
    assert "Only verified ones." in client.get("/projects/AA-2026-901/help/").content.decode()


def test_the_list_asks_the_same_number_of_queries_however_long(
    client, project, applicant, team, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(team)
    ask_help(actor=applicant, project_id=project.pk, kind="data", question="Q")
    client.get("/projects/help/")
    with django_assert_max_num_queries(16) as one:
        client.get("/projects/help/")
    for _ in range(19):
        ask_help(actor=applicant, project_id=project.pk, kind="data", question="Q")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get("/projects/help/")
