"""A stored source in the words of the collector: what to ask, with which headers, and how to read the answer."""

from core import sealing
from kpis.collector.client import CSV_TYPE, DEADLINE_SECONDS, JSON_TYPE, Allowed, Caller
from kpis.collector.pages import Asked
from kpis.collector.parse import Shape
from kpis.models import Source


def asked_of(source: Source) -> Asked:
    return Asked(
        url=source.url,
        allowed=Allowed.of(hosts=source.hosts, networks=source.networks),
        format=source.format,
        items_path=source.items_path,
        paging=source.paging,
        page_key=source.page_key,
    )


def caller_of(source: Source, *, deadline_seconds: float = DEADLINE_SECONDS) -> Caller:
    """The one client, with the source's secret in its header if it has one."""
    headers = {source.secret_header: sealing.unseal(source.sealed_secret)} if source.secret_header else {}
    accept = CSV_TYPE if source.format == Source.Format.CSV else JSON_TYPE
    return Caller(accept=accept, headers=headers, deadline_seconds=deadline_seconds)


def shape_of(source: Source) -> Shape:
    return Shape(
        items=source.items_path,
        columns=frozenset(source.columns),
        period=source.period_path,
        kpi=source.kpi_path,
        value=source.value_path,
        numerator=source.numerator_path,
        denominator=source.denominator_path,
        cell=source.cell_path,
    )
