"""Questions about requests that look alike: asked when one is submitted or revised, answered by the secretary."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, ledger, outbox, working_days
from core.errors import InvalidInput, NotVisible
from core.policy import found_on
from core.text import is_blank
from funding import facts, policies
from funding.models import FundingRequest, LinkFinding, LookalikeQuestion, LookalikeRule
from funding.rules import group, lookalikes, tiers
from funding.rules.lifecycle import UNDECIDED
from funding.rules.lookalikes import Likeness, Paper, Settings, Suspicion
from funding.services import link_findings, links
from funding.services.recording import Entry, record
from projects.models import Resource, ResourceUse
from work.notices import Message
from work.services.notices import tell

DEPARTMENT, LEAD, SUPPLIER = 0x66756E11, 0x66756E12, 0x66756E13  # first halves of lock keys, beside those of links
LATE = "lookalike_late"
Status = LookalikeQuestion.Status


def ask(request: FundingRequest) -> list[Entry]:
    """Ask about whatever looks like another part of a locked request as it stands; take back what no longer does.

    Nothing is refused and nothing is routed by it. Without a rule in force today nothing is asked.
    """
    rule = found_on(LookalikeRule.objects.all(), clock.today())
    if rule is None or request.policy is None:
        return []
    suppliers = _suppliers([request.project_id])[request.project_id]
    _wait_for_each_other(request, suppliers)
    related = links.connected_with(links.member(request))
    counted_with = group.group(links.member(request), related, months=request.policy.linking_months)
    apart = LinkFinding.objects.standing().about(request.pk).values_list("first", "second")
    known = {one.member.key for one in counted_with} | {key for pair in apart for key in pair} | {request.pk}
    rows = {row.pk: row for row in _candidates(request, rule, suppliers).exclude(pk__in=known)}
    own = papers(FundingRequest.objects.filter(pk=request.pk))
    found = lookalikes.suspicion(
        replace(own[0], amount=request.assessed_amount),
        papers(FundingRequest.objects.filter(pk__in=rows)),
        settings=settings_of(rule),
        lines=facts.tier_lines(request.policy),
    )
    gaining = _that_would_rise(request, rows, found)
    _take_back(request.pk, but=gaining)
    if found is None:
        return []
    alike = [one for one in found.alike if one.key in gaining]
    return [entry for one in alike for entry in _ask_about(request, rows[one.key], one, found, rule)]


def drop(request: FundingRequest) -> None:
    """A withdrawn request is part of nothing: what was asked about it is taken back."""
    _take_back(request.pk, but=())


@transaction.atomic
def answer_lookalike(*, actor: User, question_id: int, linked: bool, reason: str) -> LookalikeQuestion:
    """The secretary's answer, with its reason. Linked: both are counted together from now on and routed anew."""
    seen = LookalikeQuestion.objects.visible_to(actor).filter(pk=question_id).first()
    if seen is None:
        raise NotVisible("lookalike.none", _("There is no such question for you."))
    first, second = link_findings.locked_pair(seen.first_id, seen.second_id)
    question = LookalikeQuestion.objects.select_for_update().get(pk=question_id)
    policies.can_answer_lookalike(actor, question).or_raise()
    if is_blank(reason):
        message = _("Give the reason for the answer.")
        raise InvalidInput("reason.required", message, fields={"reason": [message]})
    question.status = Status.LINKED if linked else Status.NOT_LINKED
    question.answered_by, question.answered_at, question.reason = actor.person, clock.now(), reason
    question.save(update_fields=["status", "answered_by", "answered_at", "reason"])
    told = Entry("lookalike.answered", second, _answered(question, first, second))
    entries = link_findings.join(first, second, actor=actor, reason=reason) if linked else []
    if linked:
        _take_back_within_group(first)
    record(actor, told, *entries)
    return question


def tell_chairs_of_late_answers() -> int:
    """Tell the chair of every question whose last working day has passed without an answer; once each."""
    late = LookalikeQuestion.objects.late().filter(chair_told_at__isnull=True).order_by("pk")
    return sum(_tell(key) for key in list(late.values_list("pk", flat=True)))


def settings_of(rule: LookalikeRule) -> Settings:
    return Settings(rule.window_days, rule.least_share_percent, rule.wording_percent, rule.ask_at)


@outbox.handler(LATE)
def tell_chairs(payload: dict[str, int]) -> None:
    """The chair gets a notice; the question is on the chair's page of look-alikes too."""
    question = LookalikeQuestion.objects.get(pk=payload["question"])
    people = facts.chairs_of_tier(question.together_tier, clock.today())
    told = {"due_on": question.due_on.isoformat()}
    tell(Message("lookalike.late", "lookalike", question.pk, people, told), event=f"lookalike:{question.pk}")


@transaction.atomic
def _tell(question_id: int) -> bool:
    question = LookalikeQuestion.objects.late().select_for_update().filter(pk=question_id).first()
    if question is None or question.chair_told_at is not None:
        return False
    question.chair_told_at = clock.now()
    question.save(update_fields=["chair_told_at"])
    outbox.add(LATE, key=str(question.pk), question=question.pk)
    return True


def _wait_for_each_other(request: FundingRequest, suppliers: frozenset[int]) -> None:
    """Two parts submitted in the same instant: the second sees the first. Taken after every row, before the ledger."""
    keys = [(DEPARTMENT, request.department_id), (LEAD, request.lead_id), *((SUPPLIER, key) for key in suppliers)]
    with connection.cursor() as cursor:
        for kind, key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, key % 2**31])


def _candidates(request: FundingRequest, rule: LookalikeRule, suppliers: frozenset[int]) -> "QuerySet[FundingRequest]":
    """Submitted in the window by the same department or lead, or for a project of the same supplier."""
    since = (request.first_submitted_at or clock.now()) - timedelta(days=rule.window_days + 1)
    using = ResourceUse.objects.running(clock.today()).filter(resource__in=suppliers)
    return FundingRequest.objects.filter(
        Q(department=request.department_id) | Q(lead=request.lead_id) | Q(project__in=using.values("project")),
        first_submitted_at__gte=since,
    )


def papers(rows: "QuerySet[FundingRequest]") -> list[Paper]:
    """Submitted requests as the rule compares them; those that count for nothing are left out."""
    stored = {row.pk: row for row in rows.prefetch_related("lines")}
    members = [one for one in links.members(stored) if one.counts is not None]
    suppliers = _suppliers({one.project for one in members})
    return [
        Paper(
            key=one.key,
            department=stored[one.key].department_id,
            lead=stored[one.key].lead_id,
            submitted_on=one.first_submitted_on,
            amount=one.counts or Decimal("0.00"),
            title=f"{stored[one.key].title_en}\n{stored[one.key].title_zh_hant}",
            words=_words(stored[one.key]),
            suppliers=suppliers[one.project],
        )
        for one in members
    ]


def _words(request: FundingRequest) -> str:
    return "\n".join([request.justification, *(line.description for line in request.lines.all())])


def _suppliers(projects: Collection[int]) -> dict[int, frozenset[int]]:
    """The vendors each project uses today."""
    found: dict[int, set[int]] = {key: set() for key in projects}
    uses = ResourceUse.objects.running(clock.today()).filter(project__in=projects, resource__kind=Resource.Kind.VENDOR)
    for project, resource in uses.values_list("project", "resource"):
        found[project].add(resource)
    return {key: frozenset(keys) for key, keys in found.items()}


def _that_would_rise(request: FundingRequest, rows: dict[int, FundingRequest], found: Suspicion | None) -> set[int]:
    """The alike requests about which an answer changes who decides: this one or the other waits at a lower tier."""
    if found is None:
        return set()
    rises = tiers.is_higher(found.tier, request.tier)
    return {
        one.key
        for one in found.alike
        if rises or (rows[one.key].status in UNDECIDED and tiers.is_higher(found.tier, rows[one.key].tier))
    }


def _ask_about(
    request: FundingRequest, other: FundingRequest, one: Likeness, found: Suspicion, rule: LookalikeRule
) -> list[Entry]:
    """Open the question unless it is open, or was answered no on at least as much likeness as there is now."""
    first, second = sorted((request, other), key=lambda row: row.pk)
    earlier = LookalikeQuestion.objects.filter(first=first, second=second)
    if earlier.open().exists() or earlier.filter(status=Status.NOT_LINKED, score__gte=one.score).exists():
        return []
    question = LookalikeQuestion.objects.create(
        first=first,
        second=second,
        rule=rule,
        score=one.score,
        working=[asdict(part) for part in one.parts],
        line=found.line,
        together_amount=found.together,
        together_tier=found.tier,
        asked_at=clock.now(),
        due_on=working_days.add(clock.today(), rule.answer_days),
    )
    return [Entry("lookalike.asked", request, _asked(question, first, second))]


def _take_back(request_id: int, *, but: Collection[int]) -> None:
    """Questions about a request that its newest version no longer raises lapse; answers stay."""
    for question in LookalikeQuestion.objects.open().about(request_id):
        if not {question.first_id, question.second_id} & set(but):
            _lapse(question)


def _take_back_within_group(request: FundingRequest) -> None:
    """A question about two requests that are counted together by now asks nothing any more."""
    start = links.member(request)
    months = request.policy.linking_months if request.policy else 0
    together = {one.member.key for one in group.group(start, links.connected_with(start), months=months)} | {start.key}
    for question in LookalikeQuestion.objects.open().filter(first__in=together, second__in=together):
        _lapse(question)


def _lapse(question: LookalikeQuestion) -> None:
    question.status = Status.LAPSED
    question.save(update_fields=["status"])


def _asked(question: LookalikeQuestion, first: FundingRequest, second: FundingRequest) -> dict[str, ledger.Fact]:
    return {
        "question": question.pk,
        "pair": [first.reference, second.reference],
        "score": question.score,
        "line": str(question.line),
        "together_amount": str(question.together_amount),
        "together_tier": str(question.together_tier),
        "due_on": question.due_on.isoformat(),
    }


def _answered(question: LookalikeQuestion, first: FundingRequest, second: FundingRequest) -> dict[str, ledger.Fact]:
    pair: list[ledger.Fact] = [first.reference, second.reference]
    return {"question": question.pk, "pair": pair, "answer": str(question.status), "reason": question.reason}
