"""The demonstration's money after approval: votes, payments, releases, a carry-over, a plan that moved, an excess."""

from collections.abc import Callable, Iterable, Mapping
import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
import io

from accounts.models import User
from core import clock
from core.money import CENT
from funding import money_facts, services, spending_files
from funding.financial_years import financial_year_of, financial_year_words
from funding.models import CarryOver, Commitment, Decision, Envelope, EnvelopeVote
from funding.rules import spending
from funding.services.spending import Payment
from installation.demonstration.timeline import Timeline
from projects.installation import PROGRAMME_BEGAN_ON
from projects.models import Milestone

ENVELOPE = Decimal("100000000.00")
MORE = Decimal("15000000.00")
SYSTEM = "Departmental ledger"
OVERSPENT = "Social security case assistant"
CARRIED = "Smart water accounts"
WAITS_TO_BE_CARRIED = "Case paper and report assistant"
REPLANNED = "Cargo clearance risk engine"


@dataclass(frozen=True, slots=True)
class Funded:
    """A request whose money was committed on a day of the story; `request` gives its key once it is drafted."""

    project: str
    request: Callable[[], int]
    lead: User
    committed_on: date


def code_of(year: int) -> str:
    return f"ai-{financial_year_words(year)}"


def tell(timeline: Timeline, funded: Iterable[Funded], accounts: dict[str, User]) -> None:
    """Envelopes of every year of the story and of the next one, then what became of each commitment."""
    listed = list(funded)
    this_year = financial_year_of(timeline.last_day)
    first_year = min([this_year, *(financial_year_of(one.committed_on) for one in listed)])
    for minute, year in enumerate(range(first_year, this_year + 1)):
        _vote(timeline, accounts, year, on=PROGRAMME_BEGAN_ON, minute=minute * 2)
    _vote(timeline, accounts, this_year + 1, on=timeline.day(40))
    timeline.at(timeline.day(2), "10:05", lambda: _ask_for_more(accounts["finance"], this_year + 1))
    for one in listed:
        _follow(timeline, one, accounts)
    timeline.at(timeline.day(20), "09:45", lambda: _import(accounts["finance"], listed, confirm=True))
    timeline.at(timeline.day(1), "09:50", lambda: _import(accounts["finance"], listed, confirm=False))


def _vote(timeline: Timeline, accounts: dict[str, User], year: int, *, on: date, minute: int = 0) -> None:
    made: list[EnvelopeVote] = []

    def propose() -> None:
        made.append(
            services.propose_envelope(
                actor=accounts["finance"],
                code=code_of(year),
                name_en=f"AI efficacy enhancement {financial_year_words(year)}",
                name_zh_hant=f"人工智能效能提升 {financial_year_words(year)}",
                financial_year=year,
                amount=ENVELOPE,
                source="Demonstration",
            )
        )

    timeline.at(on, f"09:{20 + minute}", propose)
    timeline.at(on, f"09:{21 + minute}", lambda: services.approve_vote(actor=accounts["team"], vote_id=made[0].pk))


def _ask_for_more(finance: User, year: int) -> None:
    envelope = Envelope.objects.get(code=code_of(year))
    services.propose_vote(actor=finance, envelope_id=envelope.pk, amount=MORE, source="Demonstration")


def _follow(timeline: Timeline, one: Funded, accounts: dict[str, User]) -> None:
    """A first payment, a release once a milestone is reached, and what this request has to show besides."""

    def later(days: int, at: str, act: Callable[[], object]) -> None:
        timeline.at(one.committed_on + timedelta(days=days), at, act)

    later(21, "11:20", lambda: _release(one, accounts["finance"], Decimal("0.4")))
    later(34, "10:40", lambda: _spend(one, one.lead, Decimal("0.25"), "PV-0117"))
    if one.project == OVERSPENT:
        later(50, "10:50", lambda: _spend(one, one.lead, Decimal("0.79"), "PV-0164"))
        later(52, "15:30", lambda: _explain(one))
    if one.project == REPLANNED:
        later(40, "16:20", lambda: _move(one))
    if one.project == CARRIED:
        timeline.at(timeline.day(12), "10:10", lambda: _carry(one, accounts, Decimal("8000000.00"), approve=True))
    if one.project == WAITS_TO_BE_CARRIED:
        timeline.at(timeline.day(3), "10:20", lambda: _carry(one, accounts, Decimal("2500000.00"), approve=False))


def _held(one: Funded) -> Commitment | None:
    """The commitment, while its year takes payments: a story told in April leaves out what March would refuse."""
    found = Commitment.objects.select_related("decision__request", "envelope").filter(
        decision__request=one.request(), carry_over=None
    )
    row = found.first()
    return row if row and spending.is_of_year(clock.today(), row.envelope.financial_year) else None


def _share(row: Commitment, share: Decimal) -> Decimal:
    return (row.amount * share).quantize(CENT)


def _spend(one: Funded, actor: User, share: Decimal, voucher: str) -> None:
    row = _held(one)
    if row is None:
        return
    payment = Payment(_first_category(row.decision), _share(row, share), clock.today(), voucher, "")
    services.record_spending(actor=actor, decision_id=row.decision_id, envelope_id=row.envelope_id, payment=payment)


def _release(one: Funded, finance: User, share: Decimal) -> None:
    """Nothing is released while a condition is open or no milestone is reached."""
    row = _held(one)
    if row is None or money_facts.open_conditions(row.decision):
        return
    reached = Milestone.objects.filter(project=row.decision.request.project, done_on__lte=clock.today())
    milestone = reached.order_by("-done_on").first()
    if milestone is not None:
        services.release_money(
            actor=finance,
            decision_id=row.decision_id,
            envelope_id=row.envelope_id,
            milestone_id=milestone.pk,
            amount=_share(row, share),
        )


def _explain(one: Funded) -> None:
    row = _held(one)
    if row is not None:
        services.explain_variance(
            actor=one.lead,
            decision_id=row.decision_id,
            financial_year=row.envelope.financial_year,
            category=_first_category(row.decision),
            text="More officers took part in the pilot than planned, each with a licence.",
        )


def _move(one: Funded) -> None:
    row = _held(one)
    if row is not None:
        year = row.envelope.financial_year
        services.move_budget(
            actor=one.lead,
            decision_id=row.decision_id,
            source=(year, "contingency"),
            target=(year + 1, "services"),
            amount=Decimal("600000.00"),
            reason="The last interface is built after the cluster is accepted.",
        )


def _carry(one: Funded, accounts: Mapping[str, User], amount: Decimal, *, approve: bool) -> CarryOver | None:
    row = _held(one)
    if row is None:
        return None
    target = Envelope.objects.get(code=code_of(row.envelope.financial_year + 1))
    carried = services.propose_carry_over(
        actor=accounts["finance"],
        decision_id=row.decision_id,
        source_id=row.envelope_id,
        target_id=target.pk,
        amount=amount,
        reason="The last deliveries come after 31 March.",
    )
    return services.approve_carry_over(actor=accounts["team"], carry_over_id=carried.pk) if approve else carried


def _import(finance: User, funded: Iterable[Funded], *, confirm: bool) -> None:
    """A monthly file of the ledger: recorded, or still to be looked at, with one row that is refused."""
    held = [row for row in (_held(one) for one in funded if one.project != OVERSPENT) if row is not None]
    if not held:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(spending_files.COLUMNS)
    for number, row in enumerate(held, start=201 if confirm else 301):
        reference, category = row.decision.request.reference, _first_category(row.decision)
        amount, day = _share(row, Decimal("0.05")), clock.today().isoformat()
        writer.writerow([reference, row.envelope.code, category, amount, day, f"PV-{number:04d}", ""])
    if not confirm:
        writer.writerow([reference, held[-1].envelope.code, "services", "1200.005", day, "PV-0399", ""])
    file = io.BytesIO(text.getvalue().encode())
    name = f"payments-{clock.today().isoformat()}.csv"
    batch = services.offer_spending(actor=finance, file=file, file_name=name, source=SYSTEM)
    if confirm:
        services.confirm_spending(actor=finance, import_id=batch.pk)


def _first_category(decision: Decision) -> str:
    return money_facts.opening_budget(decision)[0].category
