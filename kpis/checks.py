"""What a deployment must not carry."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def no_loopback_for_the_collector(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Loopback is for tests and the demonstration alone (DESIGN 9, TRUST 2)."""
    if not settings.COLLECTOR_LOOPBACK_PORTS:
        return []
    hint = "Leave COLLECTOR_LOOPBACK_PORTS empty: it lets sources reach services of this machine."
    return [Error("The collector may call the loopback.", hint=hint, id="kpis.E001")]
