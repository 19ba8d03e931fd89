"""Sources: one person proposes where to read, a second approves it, either side can pause it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
import jmespath

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible
from core.references import next_reference
from kpis import policies
from kpis.collector import addresses, parse
from kpis.collector.own import own_addresses
from kpis.models import Kpi, Source, SourceKpi
from kpis.rules.refusal import Refused
from kpis.wording import refusal_sentence

LONGEST_WINDOW = 31 * 24 * 60


@dataclass(frozen=True, slots=True)
class Reported:
    """A KPI the source will report: the code it uses for it and the limits inside which it is believed."""

    kpi_id: int
    code: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paths:
    """JMESPath into the document (`items`) and into one item (the others)."""

    items: str
    period: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    kpi: str = ""

    def named(self) -> dict[str, str]:
        return {name: text for name in self.__slots__ if (text := getattr(self, name))}

    def columns(self) -> list[str]:
        """The names an item must have, exactly: the first name of each path."""
        compiled = (jmespath.compile(path).parsed for name, path in self.named().items() if name != "items")
        return sorted({_first_name(node) for node in compiled})


@transaction.atomic
def propose_source(
    *,
    actor: User,
    department_id: int,
    name: str,
    url: str,
    hosts: Sequence[str],
    networks: Sequence[str],
    paths: Paths,
    kpis: Sequence[Reported],
    interval_minutes: int,
) -> Source:
    """Offer an address for collection. Nothing is called before a second person approved it."""
    policies.can_propose_source(actor, department_id).or_raise()
    _refuse_address(url, hosts, networks)
    _refuse_shape(paths, kpis, interval_minutes)
    source = Source.objects.create(
        reference=next_reference("SRC"),
        department_id=department_id,
        name=name,
        url=url,
        hosts=list(hosts),
        networks=list(networks),
        items_path=paths.items,
        kpi_path=paths.kpi,
        period_path=paths.period,
        value_path=paths.value,
        numerator_path=paths.numerator,
        denominator_path=paths.denominator,
        columns=paths.columns(),
        interval_minutes=interval_minutes,
        proposed_by=actor.person,
    )
    _link(source, actor, kpis)
    facts: dict[str, ledger.Fact] = {
        "url": url,
        "hosts": list(hosts),
        "networks": list(networks),
        "interval_minutes": interval_minutes,
    }
    ledger.record("source.proposed", actor=actor, subject=source, facts=facts)
    return source


@transaction.atomic
def propose_push_source(*, actor: User, department_id: int, name: str, kpis: Sequence[Reported]) -> Source:
    """Offer a system that will send its readings by itself. It gets keys once a second person approved it."""
    policies.can_propose_source(actor, department_id).or_raise()
    if not kpis:
        raise InvalidInput("source.kpis", _("Name at least one KPI."), fields={"kpis": [_("Name at least one KPI.")]})
    source = Source.objects.create(
        reference=next_reference("SRC"),
        department_id=department_id,
        name=name,
        kind=Source.Kind.PUSH,
        proposed_by=actor.person,
    )
    _link(source, actor, kpis)
    facts: dict[str, ledger.Fact] = {"kind": source.kind, "kpis": [link.code for link in source.links.order_by("code")]}
    ledger.record("source.proposed", actor=actor, subject=source, facts=facts)
    return source


@transaction.atomic
def approve_source(*, actor: User, source_id: int) -> Source:
    """The second person's yes: from the next window on the source is collected."""
    source = Source.objects.select_for_update().get(pk=source_id)
    policies.can_approve_source(actor, source).or_raise()
    source.status = Source.Status.APPROVED
    source.approved_by = actor.person
    source.approved_at = clock.now()
    source.save(update_fields=["status", "approved_by", "approved_at"])
    ledger.record("source.approved", actor=actor, subject=source, facts={"kind": source.kind, "url": source.url})
    return source


@transaction.atomic
def pause_source(*, actor: User, source_id: int, reason: str) -> Source:
    source = Source.objects.select_for_update().get(pk=source_id)
    policies.can_pause_source(actor, source).or_raise()
    return _set_status(source, Source.Status.PAUSED, "source.paused", actor, {"reason": reason})


@transaction.atomic
def resume_source(*, actor: User, source_id: int) -> Source:
    source = Source.objects.select_for_update().get(pk=source_id)
    policies.can_resume_source(actor, source).or_raise()
    return _set_status(source, Source.Status.APPROVED, "source.resumed", actor, {})


def _set_status(source: Source, status: str, act: str, actor: User, facts: dict[str, str]) -> Source:
    source.status = status
    source.save(update_fields=["status"])
    ledger.record(act, actor=actor, subject=source, facts=facts)
    return source


def _link(source: Source, actor: User, kpis: Sequence[Reported]) -> None:
    """A source reports only KPIs of its own department, each KPI from one source."""
    own = Kpi.objects.visible_to(actor).filter(project__department=source.department_id)
    found = own.select_related("source_link").in_bulk([reported.kpi_id for reported in kpis])
    for reported in kpis:
        kpi = found.get(reported.kpi_id)
        if kpi is None:
            raise NotVisible("not_found", _("There is no such record."))
        if hasattr(kpi, "source_link"):
            raise Conflict("source.taken", _("This KPI already has a source."))
        SourceKpi.objects.create(
            source=source,
            kpi=kpi,
            code=reported.code or kpi.reference,
            lowest=reported.lowest,
            highest=reported.highest,
        )


def _refuse_address(url: str, hosts: Sequence[str], networks: Sequence[str]) -> None:
    """What can be seen without resolving a name: spelling, scheme, and literals that are never called."""
    ports = settings.COLLECTOR_LOOPBACK_PORTS
    try:
        registered = addresses.registered_networks(networks)
        found = addresses.target(url, hosts=hosts, loopback_ports=ports)
        if addresses.is_literal(found.host):
            addresses.judge(found.host, port=found.port, networks=registered, own=own_addresses(), loopback_ports=ports)
    except Refused as refused:
        sentence = refusal_sentence(refused.code)
        raise InvalidInput(refused.code, sentence, fields={"url": [sentence]}) from refused


def _refuse_shape(paths: Paths, kpis: Sequence[Reported], interval_minutes: int) -> None:
    for name, path in paths.named().items():
        try:
            parse.check_path(path)
        except Refused as refused:
            sentence = refusal_sentence(refused.code)
            raise InvalidInput(refused.code, sentence, fields={name: [sentence]}) from refused
    if not paths.items or not paths.period or not (paths.value or (paths.numerator and paths.denominator)):
        raise InvalidInput("path.required", _("Say where the items, the period and the value are found."))
    if not kpis or (len(kpis) > 1 and not paths.kpi):
        raise InvalidInput("path.required", _("Say where an item names its KPI."))
    if not 1 <= interval_minutes <= LONGEST_WINDOW:
        raise InvalidInput("interval.range", _("A window is between one minute and 31 days."))


def _first_name(node: dict[str, object]) -> str:
    """The leftmost field a path reads; a path that starts with anything else is refused."""
    while node["type"] != "field":
        children = node.get("children")
        if not isinstance(children, list) or not children:
            raise InvalidInput("path.format", _("The path must begin with a name."))
        node = children[0]
    return str(node["value"])
