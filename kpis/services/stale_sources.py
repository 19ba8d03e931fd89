"""A source that gives no news tells the owners of its KPIs, once in a spell (issue 5, point 3; FEATURES E13)."""

from itertools import groupby

from django.db import transaction

from accounts.models import Person
from core import clock, ledger, outbox
from kpis import stale_wording
from kpis.models import Source, StaleSpell
from kpis.selectors.stale import Stale, stale_kpis
from work.notices import Message
from work.services.notices import tell

TOPIC = "source_stale"


def watch_stale() -> int:
    """Open a spell for every KPI whose source has no news of it, and close those that are over.

    Called once a day; safe to run twice. Returns how many opened or closed.
    """
    found = {one.link.kpi_id: one for one in stale_kpis(today=clock.today())}
    closed = sum(_close(spell.pk) for spell in StaleSpell.objects.open() if _is_over(spell, found))
    by_source = groupby(found.values(), key=lambda one: one.link.source_id)
    return closed + sum(_open(source_id, list(stale)) for source_id, stale in by_source)


@outbox.handler(TOPIC)
def tell_of_stale(payload: dict[str, list[int]]) -> None:
    """Owners of the KPIs without news, and whoever manages sources."""
    spells = list(StaleSpell.objects.filter(pk__in=payload["spells"]).select_related("kpi"))
    people = {spell.kpi.owner_id for spell in spells}
    people |= set(Person.objects.with_permission("kpis.manage_sources", at=clock.now()).values_list("pk", flat=True))
    first = spells[0]
    facts = stale_wording.facts_of(first) | {"others": len(spells) - 1}
    tell(Message("source.stale", "source", first.source_id, people, facts), event=f"stale:{first.pk}")


def _is_over(spell: StaleSpell, found: dict[int, Stale]) -> bool:
    """News came, or the KPI is not this source's any more, or it is another trouble now."""
    now = found.get(spell.kpi_id)
    return now is None or (now.link.source_id, now.why) != (spell.source_id, spell.why)


@transaction.atomic
def _close(spell_id: int) -> int:
    spell = StaleSpell.objects.open().select_for_update(of=("self",)).filter(pk=spell_id).first()
    if spell is None:
        return 0
    spell.closed_at = clock.database_now()
    spell.save(update_fields=["closed_at"])
    facts: dict[str, ledger.Fact] = {"kpi": spell.kpi_id, "period_start": spell.period_start.isoformat()}
    ledger.record("source.stale_over", actor=ledger.SYSTEM, subject=spell.source, facts=facts)
    return 1


@transaction.atomic
def _open(source_id: int, stale: list[Stale]) -> int:
    """One message for all KPIs of a source that are found on one day."""
    source = Source.objects.select_for_update(of=("self",)).get(pk=source_id)
    known = set(
        StaleSpell.objects.open().filter(kpi__in=[one.link.kpi_id for one in stale]).values_list("kpi", flat=True)
    )
    now = clock.database_now()
    spells = StaleSpell.objects.bulk_create(
        StaleSpell(source=source, kpi_id=one.link.kpi_id, why=one.why, period_start=one.start, opened_at=now)
        for one in stale
        if one.link.kpi_id not in known
    )
    if spells:
        facts: dict[str, ledger.Fact] = {"kpis": len(spells), "period_start": spells[0].period_start.isoformat()}
        ledger.record("source.stale", actor=ledger.SYSTEM, subject=source, facts=facts)
        outbox.add(TOPIC, key=str(spells[0].pk), spells=[spell.pk for spell in spells])
    return len(spells)
