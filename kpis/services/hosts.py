"""The breaker of each host: asked before a run calls, told how it went. The caller holds a transaction."""

from datetime import datetime

from kpis.models import Host, Source
from kpis.rules import breaker


def may_call(source: Source, *, now: datetime) -> bool:
    """Whether the source's host may be called now; if so the call is noted, so that no other run probes beside it."""
    Host.objects.get_or_create(place=source.place)
    host = Host.objects.select_for_update().get(place=source.place)
    if not breaker.may_call(host.failures, host.last_called_at, now=now):
        return False
    host.last_called_at = now
    host.save(update_fields=["last_called_at"])
    return True


def answered(source: Source) -> None:
    """It said something, be it wrong: the next runs call it as before."""
    Host.objects.filter(place=source.place).exclude(failures=0).update(failures=0)


def failed(source: Source) -> None:
    host = Host.objects.select_for_update().get(place=source.place)
    host.failures += 1
    host.save(update_fields=["failures"])
