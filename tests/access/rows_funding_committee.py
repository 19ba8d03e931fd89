"""Bodies with their seats: for everybody to read, for the secretary to fill."""

from datetime import timedelta

from core import clock
from funding.models import SeatTerm
from tests.access.table import Row, api, page, post
from tests.factories.accounts import PersonFactory
from tests.funding.scene import make_scene

AT = {"code": "dwg"}


def prepare(world):
    if "scene" not in world.things:
        world.things["scene"] = make_scene(world)
    world.things["newcomer"] = PersonFactory(name_en="Newcomer")


def day():
    return (clock.today() + timedelta(days=30)).isoformat()


def seated(world):
    return {"seat_number": "3", "capacity": "alternate", "person": world.things["newcomer"].pk, "starts_on": day()}


def ended(world):
    term = SeatTerm.objects.get(seat__body__code="dwg", seat__number=3, capacity="holder")
    return {"term": term.pk, "ends_on": day(), "reason": "Posted away."}


ROWS: list[Row] = [
    page("funding:body-list"),
    page("funding:body-detail", at=AT),
    post("funding:body-appoint", 403, at=AT, data=seated, secretary=302),
    post("funding:body-end-term", 403, at=AT, data=ended, secretary=302),
    api("GET", "/api/v1/bodies/"),
    api("GET", "/api/v1/bodies/{code}/", at=AT),
    api("POST", "/api/v1/bodies/{code}/appoint/", 403, at=AT, data=seated, secretary=201),
    api("POST", "/api/v1/bodies/{code}/end-term/", 403, at=AT, data=ended, secretary=200),
]
