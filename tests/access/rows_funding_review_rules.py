"""Rules of reviews, as policy."""

from core import clock
from funding.models import ReviewRule
from tests.access.rows_policy import REASON, day
from tests.access.table import Row, api, page, post

STEPS = [{"passes": "all", "reviews": [{"kind": "law", "when": {"first_use": True}}]}]


def prepare(world):
    """A proposal of somebody whose role is not in the table."""
    world.things["proposed reviews"] = ReviewRule.objects.create(
        starts_on=day(), source="Circular 7", steps=STEPS, proposed_by=world["team"].person
    )


def rule_at(world):
    return {"number": world.things["proposed reviews"].pk}


def typed(world):
    ways = {f"passes_{number}": "all" for number in range(1, 5)}
    return {"starts_on": clock.today().isoformat(), "source": "Circular 7", "law_step": "1", **ways}


def sent(world):
    return {"starts_on": clock.today().isoformat(), "source": "Circular 7", "steps": STEPS}


ROWS: list[Row] = [
    page("policy:review-rule-list"),
    page("policy:review-rule-new", 403, administrator=200),
    post("policy:review-rule-new", 403, data=typed, administrator=302),
    page("policy:review-rule-detail", at=rule_at),
    post("policy:review-rule-approve", 403, at=rule_at),
    post("policy:review-rule-withdraw", 403, at=rule_at, data=REASON),
    api("GET", "/api/v1/review-rules/"),
    api("POST", "/api/v1/review-rules/", 403, data=sent, administrator=201),
    api("GET", "/api/v1/review-rules/{number}/", at=rule_at),
    api("GET", "/api/v1/review-rules/{number}/impact/", at=rule_at),
    api("POST", "/api/v1/review-rules/{number}/approve/", 403, at=rule_at),
    api("POST", "/api/v1/review-rules/{number}/withdraw/", 403, at=rule_at, data=REASON),
]
