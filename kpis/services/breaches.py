"""Breaches: opened and closed by the readings themselves, told to those who answer for them, followed up by people."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger, outbox
from core.errors import Unprocessable
from kpis import policies
from kpis.models import Breach, FollowUp, Kpi, KpiTarget, LatestValue
from kpis.rules.rag import Rag
from kpis.selectors.history import History, Point, histories
from kpis.selectors.states import judged
from work.notices import Message
from work.services.notices import tell

TOPIC = "kpi_breach"
AT_ONCE = 100
BACK = {Rag.GREEN, Rag.AMBER}


def watch_breaches() -> int:
    """Judge every KPI that has a target and a verified reading. Returns how many breaches opened or closed.

    Called once a day; safe to run twice.
    """
    measured = LatestValue.objects.filter(series__kpi=OuterRef("pk"), cell="")
    has_target = KpiTarget.objects.filter(kpi=OuterRef("pk"))
    rows = Kpi.objects.filter(Exists(has_target), Exists(measured), project__status="registered")
    found, breached = judged(rows), set(Breach.objects.open().values_list("kpi", flat=True))
    turned = [one.kpi_id for one in found if one.rag in (BACK if one.kpi_id in breached else {Rag.RED})]
    rows = rows.filter(pk__in=turned).select_related("project", "definition").order_by("pk")
    return sum(_settle(history) for some in _in_batches(rows) for history in histories(some))


@transaction.atomic
def follow_up(*, actor: User, kpi_id: int, text: str, due_on: date) -> FollowUp:
    """Say what is done about the open breach of a KPI, and until when."""
    kpi = Kpi.objects.select_for_update(of=("self",)).select_related("project").get(pk=kpi_id)
    breach = policies.can_follow_up(actor, kpi).or_raise()
    if due_on <= clock.today():
        sentence = _("What is done about it is done by a day to come.")
        raise Unprocessable("date.range", sentence, fields={"due_on": [sentence]})
    said = FollowUp.objects.create(
        breach=breach, text=text, due_on=due_on, said_by=actor.person, said_at=clock.database_now()
    )
    facts = {"period_start": breach.period_start.isoformat(), "due_on": due_on.isoformat()}
    ledger.record("kpi.breach_followed_up", actor=actor, subject=kpi, facts=facts)
    return said


@outbox.handler(TOPIC)
def tell_of_breach(payload: dict[str, int]) -> None:
    """The owner and the lead get a notice; the KPI's page and `/my-work/` ask them what is done about it."""
    breach = Breach.objects.select_related("kpi__project").get(pk=payload["breach"])
    people = {breach.kpi.owner_id, breach.kpi.project.lead_id}
    tell(Message("kpi.red", "kpi", breach.kpi_id, people), event=f"breach:{breach.pk}")


@transaction.atomic
def _settle(history: History) -> bool:
    """Open or close the breach that the readings ask for; whether anything changed."""
    kpi = Kpi.objects.select_for_update(of=("self",)).get(pk=history.kpi.pk)
    breach = Breach.objects.open().filter(kpi=kpi).first()
    latest = history.latest
    if history.rag is Rag.RED and breach is None and latest:
        _open(kpi, latest)
        return True
    if history.rag in BACK and breach is not None:
        breach.closed_at = clock.database_now()
        breach.save(update_fields=["closed_at"])
        facts = {"period_start": breach.period_start.isoformat()}
        ledger.record("kpi.breach_closed", actor=ledger.SYSTEM, subject=kpi, facts=facts)
        return True
    return False


def _open(kpi: Kpi, latest: Point) -> None:
    breach = Breach.objects.create(kpi=kpi, period_start=latest.start, opened_at=clock.database_now())
    facts = {"period_start": latest.start.isoformat(), "value": str(latest.value)}
    ledger.record("kpi.breach_opened", actor=ledger.SYSTEM, subject=kpi, facts=facts)
    outbox.add(TOPIC, key=str(breach.pk), breach=breach.pk)


def _in_batches(rows: "QuerySet[Kpi]") -> Iterator[list[Kpi]]:
    """All rows, a hundred at once, in the order of their keys."""
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1].pk
