"""What the Legislative Council decided: recorded by one officer, confirmed by another, then published (DESIGN 4).

Money stays locked until then: only the published decision of the Finance Committee is an approval.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import checkpoints, clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.money import CENT
from core.policy import in_force
from core.text import is_blank
from core.uploads import StoredFile
from funding import facts, policies
from funding.models import (
    Body,
    Decision,
    EntryVerdict,
    EvidenceFile,
    FinanceCommitteeEntry,
    FinanceCommitteeItem,
    Outcome,
    RequestStep,
    Tier,
    VotingRule,
)
from funding.rules import finance_committee as rules
from funding.rules import lifecycle
from funding.rules.finance_committee import Counts
from funding.services import conditions, decisions, evidence, links, locks, routing
from funding.services.recording import Entry, record

FAULTS = {
    "withdrawn": _("An item withdrawn before a vote has no counts."),
    "present": _("More voted than were present."),
    "quorum": _("There was no quorum under the committee’s rule, so nothing was decided."),
    "casting": _("There is a casting vote only where the votes are equal and the rule has one."),
    "tie": _("The votes are equal: enter the casting vote of the chairman."),
    "majority": _("The outcome does not agree with its counts under the committee’s rule."),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one officer reads from the evidence, and the other reads again."""

    outcome: str
    meeting_on: date
    counts: Counts
    amount: Decimal

    def facts(self) -> dict[str, ledger.Fact]:
        return {
            "outcome": str(self.outcome),
            "meeting_on": self.meeting_on.isoformat(),
            "amount": f"{self.amount:.2f}",
            **asdict(self.counts),
        }


def open_item(recommendation: Decision) -> FinanceCommitteeItem:
    """A recommendation that was published goes before the Legislative Council. Called by whoever publishes it."""
    return FinanceCommitteeItem.objects.create(
        request=recommendation.request, recommendation=recommendation, created_at=clock.now()
    )


@transaction.atomic
def set_papers(
    *, actor: User, request_id: int, panel_on: date | None, panel_paper: str, paper: str
) -> FinanceCommitteeItem:
    """Enter when the Panel was consulted, its paper, and the Finance Committee's paper number once it is known."""
    request = locks.request_row(request_id, seen_by=actor)
    item: FinanceCommitteeItem = policies.can_set_papers(actor, request).or_raise()
    if paper and not rules.is_paper_number(paper):
        message = _("Write the number as FCR(2026-27)12: the financial year and the number of the paper.")
        raise InvalidInput("fcr.format", message, fields={"paper": [message]})
    if paper and FinanceCommitteeItem.objects.filter(paper=paper).exclude(pk=item.pk).exists():
        message = _("Another request has this paper number.")
        raise Conflict("fcr.taken", message, fields={"paper": [message]})
    item.panel_on, item.panel_paper, item.paper = panel_on, panel_paper.strip(), paper
    item.save(update_fields=["panel_on", "panel_paper", "paper"])
    told: dict[str, ledger.Fact] = {
        "panel_on": panel_on.isoformat() if panel_on else "",
        "panel_paper": item.panel_paper,
        "paper": paper,
    }
    record(actor, Entry("legco.papers_set", request, told))
    return item


@transaction.atomic
def record_outcome(
    *, actor: User, request_id: int, figures: Figures, reason: str, stored: StoredFile
) -> FinanceCommitteeEntry:
    """Record what the evidence says. Nothing takes effect until a second officer confirms the same figures."""
    request = locks.request_row(request_id, seen_by=actor)
    item: FinanceCommitteeItem = policies.can_record_outcome(actor, request).or_raise()
    rule = _rule_on(figures.meeting_on)
    _judge(figures, item, rule, reason)
    kept = evidence.keep(request, stored, actor=actor)
    entry = _entry(item, figures, rule=rule, reason=reason, kept=kept, actor=actor)
    _set_status(item, "record")
    told = {**figures.facts(), "paper": item.paper, "reason": reason, "file": kept.shown_name, "digest": kept.digest}
    record(actor, Entry("legco.recorded", request, {"revision": entry.revision, **told}))
    return entry


@transaction.atomic
def return_entry(*, actor: User, request_id: int, reason: str) -> FinanceCommitteeItem:
    """Send a recorded outcome back with a reason. It stays on record; the next entry is a new revision."""
    request = locks.request_row(request_id, seen_by=actor)
    item: FinanceCommitteeItem = policies.can_return_entry(actor, request).or_raise()
    if is_blank(reason):
        message = _("Say what is wrong with the entry.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    entry = _last_entry(item)
    EntryVerdict.objects.create(
        entry=entry, verdict=EntryVerdict.Verdict.RETURNED, reason=reason, by=actor.person, at=clock.now()
    )
    _set_status(item, "return")
    record(actor, Entry("legco.returned", request, {"revision": entry.revision, "reason": reason}))
    return item


@transaction.atomic
def confirm_outcome(*, actor: User, request_id: int, figures: Figures) -> FinanceCommitteeEntry:
    """The second officer reads the evidence and enters the figures again. Where one differs nothing is confirmed."""
    request = locks.request_row(request_id, seen_by=actor)
    item: FinanceCommitteeItem = policies.can_confirm_outcome(actor, request).or_raise()
    entry = _last_entry(item)
    if figures.facts() != figures_of(entry).facts():
        raise Conflict(
            "legco.discrepant", _("Your figures differ from those recorded. Read the evidence again, or send it back.")
        )
    EntryVerdict.objects.create(entry=entry, verdict=EntryVerdict.Verdict.CONFIRMED, by=actor.person, at=clock.now())
    _set_status(item, "confirm")
    record(actor, Entry("legco.confirmed", request, {"revision": entry.revision, **figures.facts()}))
    return entry


@transaction.atomic
def publish_outcome(*, actor: User, request_id: int, conditions_due_on: date | None = None) -> Decision:
    """Publish the confirmed outcome: only now is the money approved, or the request at its end without it."""
    links.hold_request(request_id)
    request = locks.request_row(request_id, seen_by=actor)
    item: FinanceCommitteeItem = policies.can_publish_outcome(actor, request).or_raise()
    decision = _decision(item, _last_entry(item), actor=actor)
    _set_status(item, "publish")
    if decision.outcome == Outcome.APPROVED:
        conditions.set_tasks(decision, actor=actor, due_on=conditions_due_on)
    request.outcome = decision.outcome
    request.version += 1
    request.save(update_fields=["outcome", "version"])
    RequestStep.objects.create(
        request=request,
        move="finance_committee",
        from_status=request.status,
        to_status=request.status,
        person=actor.person,
        at=clock.now(),
        note=item.paper,
    )
    rerouted = routing.settle_others(request, actor=actor)
    decided = decisions.facts_of(decision) | {"paper": item.paper}
    record(actor, Entry("decision.published", request, decided), *rerouted)
    checkpoints.request(key=f"decision:{decision.pk}")
    return decision


def figures_of(entry: FinanceCommitteeEntry) -> Figures:
    counts = Counts(entry.present, entry.votes_for, entry.votes_against, entry.abstained, entry.casting)
    return Figures(entry.outcome, entry.meeting_on, counts, entry.amount)


def _judge(figures: Figures, item: FinanceCommitteeItem, rule: VotingRule, reason: str) -> None:
    if figures.outcome not in FinanceCommitteeEntry.Outcome.values:
        raise InvalidInput("choice.invalid", _("Choose one of the entries offered."), fields={"outcome": []})
    _judge_day(figures.meeting_on, item)
    code = rules.fault(figures.outcome, figures.counts, facts.voting_rule(rule))
    if code:
        raise Unprocessable(f"legco.{code}", FAULTS[code], fields={"outcome": [FAULTS[code]]})
    recommended = item.recommendation.granted
    _judge_amount(figures, recommended)
    whole = figures.outcome == rules.APPROVED and figures.amount == recommended
    if not whole and is_blank(reason):
        message = _("Give the reason for less than was recommended, for a rejection or for a withdrawal.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})


def _judge_day(meeting_on: date, item: FinanceCommitteeItem) -> None:
    published = item.recommendation.published_at
    first = clock.hong_kong_day(published) if published else clock.today()
    if not first <= meeting_on <= clock.today():
        message = _("The meeting was after the recommendation was published and is not ahead.")
        raise Unprocessable("meeting.day", message, fields={"meeting_on": [message]})
    if item.panel_on and meeting_on < item.panel_on:
        message = _("The Panel is consulted before the Finance Committee meets.")
        raise Unprocessable("meeting.panel", message, fields={"meeting_on": [message]})


def _judge_amount(figures: Figures, recommended: Decimal) -> None:
    amount = figures.amount
    wanted = 0 < amount <= recommended if figures.outcome == rules.APPROVED else amount == 0
    if not amount.is_finite() or not wanted or amount != amount.quantize(CENT):
        message = _("Approved is more than nothing and at most what was recommended; otherwise the amount is 0.00.")
        raise Unprocessable("decision.amount", message, fields={"amount": [message]})


def _rule_on(day: date) -> VotingRule:
    return in_force(VotingRule.objects.filter(body__code=Body.FINANCE_COMMITTEE), day)


def _last_entry(item: FinanceCommitteeItem) -> FinanceCommitteeEntry:
    entry = item.entries.order_by("-revision").first()
    if entry is None:
        raise NotVisible("legco.none", _("No outcome has been recorded."))
    return entry


def _entry(
    item: FinanceCommitteeItem,
    figures: Figures,
    *,
    rule: VotingRule,
    reason: str,
    kept: EvidenceFile,
    actor: User,
) -> FinanceCommitteeEntry:
    counts = figures.counts
    return FinanceCommitteeEntry.objects.create(
        item=item,
        revision=item.entries.count() + 1,
        outcome=figures.outcome,
        meeting_on=figures.meeting_on,
        present=counts.present,
        votes_for=counts.votes_for,
        votes_against=counts.votes_against,
        abstained=counts.abstained,
        casting=counts.casting,
        amount=figures.amount,
        reason=reason,
        rule=rule,
        evidence=kept,
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )


def _set_status(item: FinanceCommitteeItem, move: str) -> None:
    item.status = lifecycle.target(lifecycle.FINANCE_COMMITTEE, move, item.status)
    item.save(update_fields=["status"])


def _decision(item: FinanceCommitteeItem, entry: FinanceCommitteeEntry, *, actor: User) -> Decision:
    recommendation = item.recommendation
    now = clock.now()
    return Decision.objects.create(
        request=item.request,
        request_version=recommendation.request_version,
        entry=entry,
        tier=Tier.LEGCO,
        outcome=Outcome(entry.outcome),
        amount=entry.amount,
        conditions=recommendation.conditions if entry.outcome == rules.APPROVED else [],
        assessed_amount=recommendation.assessed_amount,
        decided_at=now,
        published_by=actor.person,
        published_at=now,
        reason=entry.reason,
    )
