"""What one reading of a page asks once, and that nothing of it outlives the reading."""

from datetime import timedelta

from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
import pytest

from accounts.models import Posting, RoleGrant
from accounts.rights import departments_of, posted_today
from core import clock, kept
from core.middleware.readings import KeptAnswers


def three_times(question="here"):
    """How often a question put three times is really asked."""
    calls = []
    said = [kept.answer(question, lambda: calls.append(1) or "yes") for _ in range(3)]
    assert said == ["yes"] * 3
    return len(calls)


def test_a_question_is_asked_once_in_a_reading_and_every_time_outside_one():
    with kept.reading():
        assert three_times() == 1

    assert three_times() == 3


def test_each_reading_asks_anew_and_each_question_has_its_own_answer():
    with kept.reading():
        assert (three_times("one"), three_times("other")) == (1, 1)
    with kept.reading():
        assert three_times("one") == 1


@pytest.mark.parametrize(("method", "asked"), [("get", 1), ("head", 1), ("post", 3), ("delete", 3)])
def test_only_requests_that_change_nothing_keep_an_answer(method, asked):
    def view(request):
        return HttpResponse(str(three_times()))

    assert KeptAnswers(view)(getattr(RequestFactory(), method)("/")).content == str(asked).encode()
    assert three_times() == 3


def test_nothing_is_kept_after_a_request_that_failed():
    def fail(request):
        three_times()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        KeptAnswers(fail)(RequestFactory().get("/"))

    assert three_times() == 3


def test_postings_are_those_of_today_of_that_person_and_asked_once_in_a_reading(
    world, applicant, head, django_assert_num_queries
):
    Posting.objects.create(
        person=applicant.person, department=world.b, starts_on=clock.today() + timedelta(days=1), duty="staff"
    )

    with kept.reading(), django_assert_num_queries(2):
        for _ in range(2):
            assert posted_today(applicant.person_id) == {world.a.pk: frozenset({"staff"})}
            assert posted_today(head.person_id) == {world.a.pk: frozenset({"head"})}
    inside = Posting.objects.filter(person=applicant.person, department__in=departments_of(applicant.person_id))
    assert set(posted_today(applicant.person_id)) == {posting.department_id for posting in inside}


def test_the_account_of_a_page_comes_with_its_rights_in_one_query(client, team):
    client.force_login(team)
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("projects:project-list"))

    asked = [query["sql"] for query in captured]
    assert len([sql for sql in asked if 'FROM "accounts_user"' in sql]) == 1
    for apart in ("SELECT accounts_permissions", 'FROM "accounts_posting"', 'FROM "core_installation"'):
        assert not any(apart in sql for sql in asked if 'FROM "accounts_user"' not in sql)


def test_a_right_that_ends_between_two_pages_is_gone_on_the_second(client, world, team, applicant, project_page):
    client.force_login(applicant)
    edit = f'href="{project_page}edit/"'
    assert edit in client.get(project_page).content.decode()
    Posting.objects.filter(person=applicant.person).update(ends_on=clock.today())
    assert edit not in client.get(project_page).content.decode()

    client.force_login(team)
    assert client.get(reverse("people:invitation-list")).status_code == 200
    RoleGrant.objects.filter(person=team.person).update(ends_at=clock.now())
    assert client.get(reverse("people:invitation-list")).status_code != 200


@pytest.fixture
def project_page(world):
    from tests.factories.projects import ProjectFactory

    return reverse("projects:project-detail", args=[ProjectFactory(department=world.a, lead=None).reference])
