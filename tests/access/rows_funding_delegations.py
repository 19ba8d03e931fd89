"""Who decides for a Head of Department."""

from datetime import timedelta
from decimal import Decimal

from core import clock
from funding.models import Delegation
from tests.access.rows_policy import REASON, day
from tests.access.table import Row, api, page, post


def prepare(world):
    """Proposed by the head of department A for somebody else of it."""
    world.things["proposed delegation"] = Delegation.objects.create(
        department=world.a,
        delegate=world["applicant"].person,
        most=Decimal("100000.00"),
        starts_on=day(),
        ends_on=day() + timedelta(days=30),
        source="Office order 3",
        proposed_by=world["head"].person,
    )


def delegation_at(world):
    return {"number": world.things["proposed delegation"].pk}


def _days():
    today = clock.today()
    return {
        "starts_on": today.isoformat(),
        "last_on": (today + timedelta(days=9)).isoformat(),
        "source": "Office order",
    }


def typed(world):
    return {"department": world.a.pk, "delegate": world["applicant"].person.pk, "most": "100,000.00", **_days()}


def sent(world):
    return {
        "department": world.a.safe_code,
        "delegate": world["applicant"].person.pk,
        "most": "100000.00",
        **_days(),
    }


ROWS: list[Row] = [
    page("policy:delegation-list"),
    page("policy:delegation-new", 403, head=200),
    post("policy:delegation-new", 403, data=typed, head=302),
    page("policy:delegation-detail", at=delegation_at),
    post("policy:delegation-approve", 403, at=delegation_at),
    post("policy:delegation-withdraw", 403, at=delegation_at, data=REASON, head=302),
    api("GET", "/api/v1/delegations/"),
    api("POST", "/api/v1/delegations/", 403, data=sent, head=201),
    api("GET", "/api/v1/delegations/{number}/", at=delegation_at),
    api("GET", "/api/v1/delegations/{number}/impact/", at=delegation_at),
    api("POST", "/api/v1/delegations/{number}/approve/", 403, at=delegation_at),
    api("POST", "/api/v1/delegations/{number}/withdraw/", 403, at=delegation_at, data=REASON, head=200),
]
