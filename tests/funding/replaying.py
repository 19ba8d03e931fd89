"""Every route once more, from the record alone: ledger entries in their order, the versions that were submitted.

Nothing is taken from `funding.rules` or `funding.services`: sums are whole cents, a group is grown by hand, and a
policy is its dated lines. What is not in the record (who heads a department on a day) is read from postings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
import json
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Posting
from core.models import LedgerEntry
from funding.models import FundingPolicy, FundingRequest, RequestVersion
from tests.funding.lines import Version, tier

WAITING = ("submitted", "endorsed", "screened", "deciding", "returned", "deferred")
COUNTED = (*WAITING, "decided")
STATUS = {
    "request.submitted": "submitted",
    "request.revised": "submitted",
    "request.endorsed": "endorsed",
    "request.screened": "screened",
    "request.withdrawn": "withdrawn",
    "round.opened": "deciding",
    "request.returned": "returned",
    "request.deferred": "deferred",
    "decision.made": "decided",
    "decision.published": "published",
}
IN_THE_MIDDLE_OF_AN_ACT = ("request.rerouted", "round.ended", "round.closed", "link.joined")
HONG_KONG = ZoneInfo("Asia/Hong_Kong")


@dataclass(frozen=True)
class Policy:
    starts_on: date
    ends_on: date | None
    months: int
    edges: Version


@dataclass
class Card:
    """One request as a clerk would keep it; sums in whole cents."""

    reference: str
    status: str = ""
    outcome: str = ""
    own: int = 0
    approved: int = 0
    assessed: int = 0
    tier: str = ""
    raised: str = ""
    links: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    project: str = ""
    writers: set[int] = field(default_factory=set)  # and who took the decision that is appealed against
    decided_by: int = 0
    first_day: date = date.max
    last_day: date = date.max
    policy: Policy | None = None

    @property
    def counts(self) -> int:
        if self.status in COUNTED:
            return self.own
        if self.status == "published":
            return {"approved": self.approved, "recommended": self.own}.get(self.outcome, 0)
        return 0

    @property
    def route(self) -> tuple[str, int, str]:
        return self.tier, self.assessed, self.raised


class Clerk:
    """Reads entry after entry; `differences` says where what was stored is not what follows."""

    def __init__(self) -> None:
        self.policies = list(_policies())
        self.rows = {row.reference: row for row in FundingRequest.objects.select_related("department", "project")}
        self.versions = {
            (version.request.reference, version.number): version
            for version in RequestVersion.objects.select_related("request")
        }
        self.cards: dict[str, Card] = {}
        self.differences: list[str] = []
        self.routes = 0

    def read(self, entries: Iterable[LedgerEntry]) -> None:
        for entry in entries:
            facts = json.loads(bytes(entry.payload))["facts"]
            reference = facts.get("request", entry.subject)
            if entry.action not in IN_THE_MIDDLE_OF_AN_ACT:
                self.expect_everybody_settled(entry)
            if entry.action in ("link.joined", "link.cut"):
                self.find(entry.action, *facts["pair"])
            if reference in self.rows:
                self.follow(self.cards.setdefault(reference, Card(reference)), entry, facts)
        self.expect_everybody_settled(None)
        self.compare_with_what_is_stored()

    def find(self, action: str, one: str, other: str) -> None:
        """Two requests belong together from here on, or have nothing to do with one another."""
        for here, there in ((one, other), (other, one)):
            card = self.cards[here]
            card.found = card.found | {there} if action == "link.joined" else card.found - {there}
            card.apart = card.apart - {there} if action == "link.joined" else card.apart | {there}

    def follow(self, card: Card, entry: LedgerEntry, facts: dict[str, Any]) -> None:
        """What the entry does to the card, and whether the route it tells of is the one that follows."""
        assessed_before = card.assessed
        card.status = self.status_after(card, entry.action, facts)
        if entry.action in ("request.submitted", "request.revised", "request.reclassified"):
            self.take_version(card, facts["version"], assessed_before)
        if entry.action == "decision.made":
            card.decided_by = int(entry.actor.partition(":")[2])
        if entry.action == "request.appealed":
            self.cards.setdefault(facts["appeal"], Card(facts["appeal"])).writers |= {card.decided_by} - {0}
        if entry.action == "decision.published":
            card.outcome, card.approved = facts["outcome"], _cents(facts["amount"])
        if "policy_from" not in facts:
            return
        card.tier, card.assessed, card.raised = self.route_of(card)
        moved = entry.action in ("request.rerouted", "request.reclassified")
        if moved and card.tier == "department" and card.status in ("endorsed", "screened"):
            card.status = "submitted"
        self.routes += 1
        told = (facts["tier"], _cents(facts["assessed_amount"]), facts["raised"], facts["policy_from"])
        followed = (*card.route, card.policy.starts_on.isoformat() if card.policy else "")
        if told != followed or _cents(facts["own_amount"]) != card.own:
            self.differences.append(f"{entry.position} {entry.action} {card.reference}: {told}, not {followed}")

    def status_after(self, card: Card, action: str, facts: dict[str, Any]) -> str:
        if action == "round.ended":
            return "screened" if facts["outcome"] in ("route_changed", "adjourned") else card.status
        if action == "round.closed":
            return "screened" if facts["finding"] == "no_quorum" else "decided"
        if action == "request.brought_back":
            return str(facts["to"])
        return STATUS.get(action, card.status)

    def take_version(self, card: Card, number: int, assessed_before: int) -> None:
        """The content that was frozen; the policy of the first day, or of today where the assessed amount rose."""
        version = self.versions[card.reference, number]
        content = json.loads(version.content)
        day = version.submitted_at.astimezone(HONG_KONG).date()
        card.own, card.project = _cents(content["own_amount"]), content["project"]
        card.links |= {*content["procedures"], *content["linked"], content["programme"], content["supplements"]} - {""}
        card.last_day = day
        card.writers.add(version.submitted_by_id)
        if number == 1:
            card.first_day, card.policy = day, self.policy_on(day)
        elif self.route_of(card)[1] > assessed_before:
            card.policy = self.policy_on(day)

    def policy_on(self, day: date) -> Policy:
        (found,) = (one for one in self.policies if one.starts_on <= day and (not one.ends_on or day < one.ends_on))
        return found

    def route_of(self, card: Card) -> tuple[str, int, str]:
        if card.policy is None:
            raise AssertionError(f"{card.reference} was routed before it was submitted.")
        assessed = card.own + sum(one.counts for one in self.group_of(card, card.policy.months))
        found = tier(assessed, card.policy.edges)
        if found == "department" and self.no_head_is_free(card):
            return "working_group", assessed, "no_free_head"
        return found, assessed, ""

    def group_of(self, card: Card, months: int) -> list[Card]:
        """Grown by hand: whoever is near and linked joins and leads on; the same project joins however old."""
        walked, found = [card], [card]
        grown = True
        while grown:
            grown = False
            for one in self.cards.values():
                if one in found or one.first_day == date.max:
                    continue
                near = _months_apart(card.first_day, one.first_day) <= months
                if near and any(_linked(one, other) for other in walked):
                    walked.append(one)
                elif not any(one.project == other.project and _may_link(one, other) for other in walked):
                    continue
                found.append(one)
                grown = True
        return found[1:]

    def no_head_is_free(self, card: Card) -> bool:
        """Whether every head of the department on the day of the last version asked for, leads or wrote it."""
        row = self.rows[card.reference]
        heads = set(
            Posting.objects.on(card.last_day)
            .heads()
            .filter(department=row.department_id)
            .values_list("person", flat=True)
        )
        return bool(heads) and heads <= card.writers | {row.applicant_id, row.lead_id, row.project.lead_id}

    def expect_everybody_settled(self, entry: LedgerEntry | None) -> None:
        """Between two acts every undecided request stands where its group puts it; a fall waits for an open round."""
        where = f"before {entry.position} {entry.action}" if entry else "at the end"
        for card in self.cards.values():
            if card.status not in WAITING:
                continue
            due = self.route_of(card)
            waits = card.status == "deciding" and due[1] < card.assessed
            if due != card.route and not waits:
                self.differences.append(f"{where} {card.reference}: {card.route}, not {due}")

    def compare_with_what_is_stored(self) -> None:
        for reference, row in self.rows.items():
            if row.first_submitted_at is None or row.policy is None:
                continue
            card = self.cards[reference]
            stored = (row.tier, _cents(str(row.assessed_amount)), row.raised)
            if stored != card.route or row.policy.starts_on != (card.policy and card.policy.starts_on):
                self.differences.append(f"stored {reference}: {stored}, not {card.route}")


def replay() -> Clerk:
    """The whole record, read once."""
    clerk = Clerk()
    clerk.read(LedgerEntry.objects.order_by("position"))
    return clerk


def _policies() -> Iterator[Policy]:
    for row in FundingPolicy.objects.filter(status="approved").prefetch_related("lines"):
        ends = {line.tier: (_cents(str(line.upper)), line.upper_included) for line in row.lines.all() if line.upper}
        yield Policy(row.starts_on, row.ends_on, row.linking_months, (ends["department"], ends["working_group"]))


def _cents(text: str) -> int:
    return int(Decimal(text).scaleb(2))


def _linked(one: Card, other: Card) -> bool:
    shared = {link for link in one.links & other.links if link.startswith(("PROC-", "PG-"))}
    declared = one.reference in other.links | other.found or other.reference in one.links | one.found
    return _may_link(one, other) and (one.project == other.project or bool(shared) or declared)


def _may_link(one: Card, other: Card) -> bool:
    return other.reference not in one.apart


def _months_apart(one: date, other: date) -> int:
    """The whole months, rounded up, from one day to the other. The last day of a month reaches any last day."""
    early, late = sorted((one, other))
    months = (late.year - early.year) * 12 + late.month - early.month
    is_last = (early + timedelta(days=1)).day == 1
    return months if late.day <= early.day or is_last else months + 1
