"""Readings that people type, and the word of the second person on those that wait."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, NotVisible, Unprocessable
from kpis import policies
from kpis.models import Kpi, Reading, ReadingDraft, ReadingVerdict, Series, Verdict
from kpis.rules import periods
from kpis.rules.breakdowns import cell_named
from kpis.rules.intake import LOCKED, Intake, Moment, State
from kpis.rules.refusal import Refused
from kpis.rules.values import Bounds, Measured, measured
from kpis.services.definitions import current_series
from kpis.services.intake import insert, lock_series, newest_revisions
from kpis.services.locks import open_from
from kpis.wording import refusal_sentence


@transaction.atomic
def type_reading(
    *,
    actor: User,
    kpi_id: int,
    period: str,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    reason: str = "",
    cell: str = "",
) -> Reading:
    """Report one period by hand, or one group of it. It waits for a second person; a correction needs a reason.

    The person's draft of it goes in the same act.
    """
    kpi = Kpi.objects.select_related("project", "definition").get(pk=kpi_id)
    policies.can_type_reading(actor, kpi).or_raise()
    series = current_series(kpi)
    lock_series([series.pk])
    moment = Moment(series.pk, period_of(kpi, series, period, open_from=open_from(series)), cell_of(series, cell))
    result = measured_of(series, value, numerator, denominator)
    known = newest_revisions([moment]).get(moment)
    if known and known.measured == result:
        raise Conflict("reading.same", _("This period already has this value."))
    if known and not reason:
        sentence = _("Say why the earlier value is corrected.")
        raise Unprocessable("reason.required", sentence, fields={"reason": [sentence]})
    row = Intake(moment, known.revision + 1 if known else 1, result, State.SUBMITTED, rule="")
    now = clock.database_now()
    insert([row], now=now, person_id=actor.person_id, reason=reason)
    reading = Reading.objects.get(pk=(series.pk, moment.period_start, moment.cell, row.revision))
    ReadingDraft.objects.filter(kpi=kpi, person=actor.person_id, period=period, cell=cell).delete()
    ledger.record("reading.typed", actor=actor, subject=kpi, facts=_facts(reading))
    return reading


@transaction.atomic
def verify_reading(
    *, actor: User, kpi_id: int, period: str, revision: int, accept: bool = True, note: str = "", cell: str = ""
) -> ReadingVerdict:
    """The second person's word on a reading that waits: verified, or returned with a reason."""
    kpi = Kpi.objects.select_related("project", "definition").get(pk=kpi_id)
    series = current_series(kpi)
    lock_series([series.pk])
    start = periods.named(period, kpi.frequency, kpi.year_kind)
    asked = Q(series=series, period_start=start, cell=cell, revision=revision)
    reading = Reading.objects.visible_to(actor).filter(asked).first()
    if reading is None:
        raise NotVisible("not_found", _("There is no such record."))
    policies.can_verify_reading(actor, kpi, reading, reading.state).or_raise()
    if accept and reading.period_start < open_from(series):
        raise Conflict(LOCKED, refusal_sentence(LOCKED))
    if not accept and not note:
        raise Unprocessable("reason.required", _("Say why it goes back."), fields={"note": [_("Say why.")]})
    verdict = ReadingVerdict.objects.create(
        series=series,
        period_start=reading.period_start,
        cell=reading.cell,
        revision=reading.revision,
        verdict=Verdict.VERIFIED if accept else Verdict.RETURNED,
        person=actor.person,
        note=note,
        recorded_at=clock.database_now(),
    )
    ledger.record(f"reading.{verdict.verdict}", actor=actor, subject=kpi, facts=_facts(reading))
    return verdict


def period_of(kpi: Kpi, series: Series, text: str, *, open_from: date) -> date:
    """The period a person names, which has ended, lies in the series and is not locked."""
    start = periods.named(text, kpi.frequency, kpi.year_kind)
    if start is None:
        raise _refusal(Refused("period.format"), "period")
    if start < series.started_on:
        raise _refusal(Refused("observed.before_start"), "period")
    if not periods.has_ended(start, kpi.frequency, today=clock.today()):
        raise _refusal(Refused("observed.future"), "period")
    if start < open_from:
        raise _refusal(Refused(LOCKED), "period")
    return start


def cell_of(series: Series, text: str) -> str:
    """The group a person names, which is one of the running definition's; empty for the whole."""
    try:
        return cell_named(text, series.definition.dimensions)
    except Refused as refused:
        raise _refusal(refused, "cell") from refused


def measured_of(
    series: Series, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Measured:
    """What the typed parts make under the series' definition, within its bounds."""
    definition = series.definition
    try:
        result = measured(definition.formula, value=value, numerator=numerator, denominator=denominator)
    except Refused as refused:
        raise _refusal(refused, "value") from refused
    if not Bounds(definition.lowest, definition.highest).hold(result.value):
        raise _refusal(Refused("value.range"), "value")
    return result


def _refusal(refused: Refused, field: str) -> Unprocessable:
    sentence = refusal_sentence(refused.code)
    return Unprocessable(refused.code, sentence, fields={field: [sentence]})


def _facts(reading: Reading) -> dict[str, str | int]:
    told: dict[str, str | int] = {"cell": reading.cell} if reading.cell else {}
    return told | {
        "period_start": reading.period_start.isoformat(),
        "revision": reading.revision,
        "value": "" if reading.value is None else str(reading.value),
    }
