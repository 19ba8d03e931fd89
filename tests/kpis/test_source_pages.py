"""The pages of sources: connecting a system that sends by itself, its keys, and what it sent."""

from django.urls import reverse
import pytest

from kpis.models import PushKey, Source
from tests.factories.accounts import PostingFactory
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, PushKeyFactory, SourceFactory
from tests.kpis.pushing import System, reading


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def act(source, name):
    return reverse(f"kpis:{name}", args=[source.reference])


def test_a_system_is_connected_on_pages_and_its_key_is_shown_once(as_, applicant, team, kpi, settings):
    typed = {"name": "Case system", f"kpi_{kpi.pk}": "on", f"lowest_{kpi.pk}": "0", f"highest_{kpi.pk}": "500"}
    proposed = as_(applicant).post(reverse("kpis:push-source-new"), typed)
    source = Source.objects.get()
    assert (proposed.status_code, proposed["Location"]) == (302, act(source, "source-detail"))
    assert (source.kind, source.links.get().highest) == ("push", 500)
    assert as_(team).post(act(source, "source-approve")).status_code == 302

    made = as_(applicant).post(act(source, "push-key-make"))

    assert (made.status_code, made["Cache-Control"]) == (200, "no-store")
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert System(source, secret).send(reading(kpi), reading(kpi, "2098-01")).status_code == 201
    later = as_(applicant).get(act(source, "source-detail")).content.decode()
    assert secret not in later
    assert f"{settings.SITE_URL}/api/v1/sources/{source.reference}/push/" in later
    assert "1 reading refused" in later
    assert "Revoke key 1" in later
    as_(applicant).post(reverse("kpis:push-key-revoke", args=[source.reference, 1]))
    assert not PushKey.objects.live().exists()
    assert System(source, secret).send(reading(kpi, "2026-02")).status_code == 401


def test_sending_the_key_form_twice_makes_one_key_and_shows_it_once(as_, applicant, kpi, world):
    source = SourceFactory(push=True, department=world.a, kpis=[kpi])
    token = {"form_token": "7f1c1d52-7a25-4a6b-9a6d-2f7d4a3f7d11"}

    first = as_(applicant).post(act(source, "push-key-make"), token)
    again = as_(applicant).post(act(source, "push-key-make"), token)

    assert (first.status_code, again.status_code, PushKey.objects.count()) == (200, 302, 1)


def test_a_proposal_needs_a_kpi_and_those_of_one_department(as_, applicant, kpi, world):
    PostingFactory(person=applicant.person, department=world.b)
    other = KpiFactory(project=MeasuredProjectFactory(department=world.b))
    address = reverse("kpis:push-source-new")

    none = as_(applicant).post(address, {"name": "Case system"})
    both = as_(applicant).post(address, {"name": "Case system", f"kpi_{kpi.pk}": "on", f"kpi_{other.pk}": "on"})
    bad = as_(applicant).post(address, {"name": "S", f"kpi_{kpi.pk}": "on", f"lowest_{kpi.pk}": "NaN"})

    assert [answer.status_code for answer in (none, both, bad)] == [422, 422, 422]
    assert not Source.objects.exists()


def test_lists_and_pages_stay_within_their_queries(
    as_, team, world, django_assert_num_queries, django_assert_max_num_queries
):
    source = PushKeyFactory(source=SourceFactory(push=True, department=world.a, kpis=[KpiFactory()])).source
    client = as_(team)
    with django_assert_max_num_queries(10) as one:
        client.get(reverse("kpis:source-list"))
    for _ in range(19):
        SourceFactory(push=True, department=world.a, kpis=[KpiFactory()])
    with django_assert_num_queries(len(one)):
        assert source.name in client.get(reverse("kpis:source-list")).content.decode()
    with django_assert_max_num_queries(16):
        client.get(act(source, "source-detail"))
