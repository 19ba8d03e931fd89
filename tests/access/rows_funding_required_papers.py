"""Papers that go with a request, as policy."""

from core import clock
from funding.models import RequiredPapers
from tests.access.rows_policy import REASON, day
from tests.access.table import Row, api, page, post


def prepare(world):
    """A proposal of somebody whose role is not in the table."""
    world.things["proposed papers"] = RequiredPapers.objects.create(
        starts_on=day(), source="Circular 6", legco_papers=["business"], proposed_by=world["team"].person
    )


def papers_at(world):
    return {"number": world.things["proposed papers"].pk}


def typed(world):
    return {"starts_on": clock.today().isoformat(), "source": "Circular 6", "working_group_papers": ["plan"]}


ROWS: list[Row] = [
    page("policy:required-papers-list"),
    page("policy:required-papers-new", 403, administrator=200),
    post("policy:required-papers-new", 403, data=typed, administrator=302),
    page("policy:required-papers-detail", at=papers_at),
    post("policy:required-papers-approve", 403, at=papers_at),
    post("policy:required-papers-withdraw", 403, at=papers_at, data=REASON),
    api("GET", "/api/v1/required-papers/"),
    api("POST", "/api/v1/required-papers/", 403, data=typed, administrator=201),
    api("GET", "/api/v1/required-papers/{number}/", at=papers_at),
    api("GET", "/api/v1/required-papers/{number}/impact/", at=papers_at),
    api("POST", "/api/v1/required-papers/{number}/approve/", 403, at=papers_at),
    api("POST", "/api/v1/required-papers/{number}/withdraw/", 403, at=papers_at, data=REASON),
]
