"""Service times as policy, and who holds which open request until when."""

from core import clock
from funding.models import ServiceTimes
from tests.access.rows_funding import OFFICE, OWN, each
from tests.access.rows_funding_request import of
from tests.access.rows_policy import REASON, day
from tests.access.table import Row, api, page, post


def prepare(world):
    """A proposal of somebody whose role is not in the table."""
    world.things["proposed times"] = ServiceTimes.objects.create(
        starts_on=day(), source="Circular 5", proposed_by=world["team"].person
    )


def times_at(world):
    return {"number": world.things["proposed times"].pk}


def typed(world):
    days = dict.fromkeys(ServiceTimes.COLUMNS.values(), "7")
    return {"starts_on": clock.today().isoformat(), "source": "Circular 5", **days}


def sent(world):
    return {"starts_on": clock.today().isoformat(), "source": "Circular 5", "screen_days": 4}


SEEN = {**each(OWN, 200), **each(OFFICE, 200)}

ROWS: list[Row] = [
    page("funding:clock"),
    page("policy:service-times-list"),
    page("policy:service-times-new", 403, administrator=200),
    post("policy:service-times-new", 403, data=typed, administrator=302),
    page("policy:service-times-detail", at=times_at),
    post("policy:service-times-approve", 403, at=times_at),
    post("policy:service-times-withdraw", 403, at=times_at, data=REASON),
    api("GET", "/api/v1/service-times/"),
    api("POST", "/api/v1/service-times/", 403, data=sent, administrator=201),
    api("GET", "/api/v1/service-times/{number}/", at=times_at),
    api("GET", "/api/v1/service-times/{number}/impact/", at=times_at),
    api("POST", "/api/v1/service-times/{number}/approve/", 403, at=times_at),
    api("POST", "/api/v1/service-times/{number}/withdraw/", 403, at=times_at, data=REASON),
    api("GET", "/api/v1/requests/{reference}/clock/", 404, at=of("sent_request"), **SEEN),
]
