"""How many queries each page asks, pinned: a list as many at twenty rows as at one, a page at most twenty."""

from django.urls import reverse
import pytest

from funding.models import FundingRequest
from tests.funding.scene import Scene, make_scene

MOST = 20


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


def asked(client, capture, user, address) -> int:
    client.force_login(user)
    with capture() as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def capture():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("address", ["/funding/", "/api/v1/requests/", "/funding/export/"])
def test_a_list_of_requests_asks_no_more_at_twenty_rows_than_at_one(client, scene, capture, address):
    scene.draft()
    asked(client, capture, scene.world["head"], address)  # fills what is kept between requests
    one = asked(client, capture, scene.world["head"], address)
    for _number in range(19):
        scene.draft()

    twenty = asked(client, capture, scene.world["head"], address)

    assert twenty == one <= MOST


@pytest.mark.parametrize("address", ["/funding/", "/api/v1/requests/", "/funding/export/"])
def test_a_list_of_open_requests_finds_their_holders_together(client, scene, capture, address):
    first = scene.screened()
    asked(client, capture, scene.world["head"], address)
    one = asked(client, capture, scene.world["head"], address)
    for _number in range(19):
        scene.draft()
    FundingRequest.objects.exclude(pk=first.pk).update(status="screened", tier="working_group", policy=first.policy)

    assert asked(client, capture, scene.world["head"], address) == one <= MOST


@pytest.mark.parametrize("persona", ["applicant", "head", "secretary", "auditor"])
@pytest.mark.parametrize("state", ["submitted", "screened"])
def test_the_page_of_a_request_asks_at_most_twenty(client, scene, capture, state, persona):
    address = reverse("funding:request-detail", args=[getattr(scene, state)().reference])
    asked(client, capture, scene.world[persona], address)

    assert asked(client, capture, scene.world[persona], address) <= MOST


def test_the_page_of_a_round_asks_at_most_twenty_however_many_voted(client, scene, capture):
    round_ = scene.round_open()
    address = reverse("funding:round-detail", args=[round_.pk])
    asked(client, capture, scene.chair, address)
    none = asked(client, capture, scene.chair, address)
    for member in scene.members[:6]:
        scene.vote(round_, member)

    assert asked(client, capture, scene.members[1], address) <= MOST
    assert none <= MOST
