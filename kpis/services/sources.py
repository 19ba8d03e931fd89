"""Sources: one person proposes where to read, a second approves it, either side can pause it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger, sealing
from core.errors import Conflict, InvalidInput, NotVisible
from core.references import next_reference
from kpis import policies
from kpis.collector import addresses
from kpis.collector.own import own_addresses
from kpis.models import Kpi, Source, SourceKpi
from kpis.rules.refusal import Refused
from kpis.services.source_shapes import first_name, refuse_shape
from kpis.wording import refusal_sentence

CHANGEABLE = (
    *("url", "hosts", "networks", "format", "paging", "page_key", "items_path", "kpi_path", "period_path"),
    *("value_path", "numerator_path", "denominator_path", "cell_path", "columns", "interval_minutes"),
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A KPI the source will report: the code it uses for it and the limits inside which it is believed."""

    kpi_id: int
    code: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Paths:
    """JMESPath into the document (`items`) and into one item (the others); of a table names of columns, no `items`."""

    items: str
    period: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    kpi: str = ""
    cell: str = ""

    def named(self) -> dict[str, str]:
        return {name: text for name in self.__slots__ if (text := getattr(self, name))}

    def columns(self, *, is_table: bool) -> set[str]:
        """The names that an item has because they are read: of a table the columns, else the first of each path."""
        read = [path for name, path in self.named().items() if name != "items"]
        return set(read) if is_table else {first_name(path) for path in read}


@dataclass(frozen=True, slots=True)
class Answering:
    """How the source answers: its format, how its pages follow, and columns that are there and not read."""

    format: str = Source.Format.JSON
    paging: str = Source.Paging.NONE
    page_key: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Secret:
    """A header with which the source knows us. Kept sealed; nothing shows it again."""

    header: str
    value: str


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything about how a source is collected: what its second person approves."""

    url: str
    hosts: Sequence[str]
    networks: Sequence[str]
    paths: Paths
    interval_minutes: int
    answering: Answering = field(default_factory=Answering)
    secret: Secret | None = None

    @property
    def is_table(self) -> bool:
        return self.answering.format == Source.Format.CSV


@transaction.atomic
def propose_source(
    *, actor: User, department_id: int, name: str, collected: Collected, kpis: Sequence[Reported]
) -> Source:
    """Offer an address for collection. Nothing is called before a second person approved it."""
    policies.can_propose_source(actor, department_id).or_raise()
    source = drafted(collected, kpis=len(kpis))
    source.reference = next_reference("SRC")
    source.department_id = department_id
    source.name = name
    source.proposed_by = actor.person
    source.save()
    _link(source, actor, kpis)
    ledger.record("source.proposed", actor=actor, subject=source, facts=_facts(source))
    return source


@transaction.atomic
def change_source(*, actor: User, source_id: int, name: str, collected: Collected) -> Source:
    """Collect it in another way from now on: it waits for a second person again, and is not called before.

    Its KPIs and what it brought stay. Without a new secret it keeps the one it has.
    """
    source = Source.objects.select_for_update().get(pk=source_id)
    policies.can_change_source(actor, source).or_raise()
    changed = drafted(collected, kpis=source.links.count())
    for column in CHANGEABLE:
        setattr(source, column, getattr(changed, column))
    if collected.secret:
        source.secret_header, source.sealed_secret = changed.secret_header, changed.sealed_secret
    source.name = name
    source.status = Source.Status.PROPOSED
    source.proposed_by, source.approved_by, source.approved_at = actor.person, None, None
    source.save()
    ledger.record("source.changed", actor=actor, subject=source, facts=_facts(source))
    return source


def drafted(collected: Collected, *, kpis: int) -> Source:
    """A source that is collected so, unsaved; refused where nobody could be called or nothing read."""
    _refuse_address(collected.url, collected.hosts, collected.networks)
    refuse_shape(collected, kpis=kpis)
    paths, answering, secret = collected.paths, collected.answering, collected.secret
    return Source(
        url=collected.url,
        hosts=list(collected.hosts),
        networks=list(collected.networks),
        format=answering.format,
        paging=answering.paging,
        page_key=answering.page_key,
        items_path=paths.items,
        kpi_path=paths.kpi,
        period_path=paths.period,
        value_path=paths.value,
        numerator_path=paths.numerator,
        denominator_path=paths.denominator,
        cell_path=paths.cell,
        columns=sorted({*paths.columns(is_table=collected.is_table), *answering.columns}),
        interval_minutes=collected.interval_minutes,
        secret_header=secret.header if secret else "",
        sealed_secret=sealing.seal(secret.value) if secret else "",
    )


def _facts(source: Source) -> dict[str, ledger.Fact]:
    return {
        "url": source.url,
        "hosts": list(source.hosts),
        "networks": list(source.networks),
        "format": source.format,
        "paging": source.paging,
        "page_key": source.page_key,
        "secret_header": source.secret_header,
        "interval_minutes": source.interval_minutes or 0,
    }


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
