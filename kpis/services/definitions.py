"""What a project measures: its KPIs, where each stood before, where each is to go."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, ledger
from core.errors import Conflict, InvalidInput, NotVisible, Unprocessable
from core.references import next_reference
from kpis import policies
from kpis.models import Baseline, Definition, Kpi, KpiTarget, Series
from kpis.models.definitions import FREQUENCIES, YEAR_KINDS
from kpis.rules import periods
from kpis.rules.refusal import Refused
from kpis.rules.targets import by_due_day
from kpis.rules.values import Bounds
from kpis.wording import at_line, target_sentence
from projects.models import Project


@transaction.atomic
def define_kpi(
    *,
    actor: User,
    project_id: int,
    definition_key: str,
    frequency: str,
    starts_on: date,
    owner_id: int | None = None,
    year_kind: str = "calendar",
    name_en: str = "",
    name_zh_hant: str = "",
    name_zh_hans: str = "",
) -> Kpi:
    """Begin measuring: a KPI of the newest version of a library definition, with its first series.

    `starts_on` is moved back to the first day of the period it lies in. The owner is the actor unless named.
    """
    project = _visible_project(actor, project_id)
    policies.can_define(actor, project).or_raise()
    _refuse_unknown_choice("frequency", frequency, FREQUENCIES)
    _refuse_unknown_choice("year_kind", year_kind, YEAR_KINDS)
    definition = _newest(definition_key)
    kpi = Kpi.objects.create(
        reference=next_reference("KPI"),
        project=project,
        definition=definition,
        name_en=name_en,
        name_zh_hant=name_zh_hant,
        name_zh_hans=name_zh_hans,
        frequency=frequency,
        year_kind=year_kind,
        starts_on=periods.start_of(starts_on, frequency, year_kind),
        owner_id=owner_id or actor.person_id,
    )
    Series.objects.create(kpi=kpi, definition=definition, started_on=kpi.starts_on)
    ledger.record(
        "kpi.defined",
        actor=actor,
        subject=kpi,
        facts={
            "project": project.ledger_ref,
            "definition": definition.ledger_ref,
            "frequency": frequency,
            "starts_on": kpi.starts_on.isoformat(),
        },
    )
    return kpi


@transaction.atomic
def adopt_definition(*, actor: User, kpi_id: int, starts_on: date) -> Series:
    """Go over to the newest version of the KPI's definition: a new series begins, the old one stays as it is."""
    kpi = _locked(kpi_id)
    policies.can_define(actor, kpi.project).or_raise()
    definition = _newest(kpi.definition.key)
    if definition.pk == kpi.definition_id:
        raise Conflict("definition.unchanged", _("The KPI already follows the newest version of its definition."))
    start = periods.start_of(starts_on, kpi.frequency, kpi.year_kind)
    series = Series.objects.create(kpi=kpi, definition=definition, started_on=start)
    kpi.definition = definition
    kpi.save(update_fields=["definition"])
    facts = {"definition": definition.ledger_ref, "starts_on": start.isoformat()}
    ledger.record("kpi.definition_adopted", actor=actor, subject=kpi, facts=facts)
    return series


@transaction.atomic
def set_baseline(
    *, actor: User, kpi_id: int, value: Decimal, period_start: date, period_end: date, evidence: str
) -> Baseline:
    """Say where the KPI stood before the change; it may be corrected until it is locked."""
    kpi = _locked(kpi_id)
    policies.can_set_baseline(actor, kpi).or_raise()
    if period_end < period_start:
        raise Unprocessable("date.order", _("The period ends before it starts."))
    if period_start > clock.today():
        raise Unprocessable("observed.future", _("A baseline is about a period that has begun."))
    series = current_series(kpi)
    _refuse_impossible(series.definition, value)
    baseline, _created = Baseline.objects.update_or_create(
        series=series,
        defaults={
            "value": value,
            "period_start": period_start,
            "period_end": period_end,
            "evidence": evidence,
            "set_by": actor.person,
        },
    )
    facts = {"value": str(value), "period_start": period_start.isoformat(), "period_end": period_end.isoformat()}
    ledger.record("kpi.baseline_set", actor=actor, subject=kpi, facts=facts)
    return baseline


@transaction.atomic
def lock_baseline(*, actor: User, kpi_id: int) -> Baseline:
    """After this nobody moves the baseline of this series."""
    kpi = _locked(kpi_id)
    policies.can_set_baseline(actor, kpi).or_raise()
    baseline = Baseline.objects.filter(series=current_series(kpi)).first()
    if baseline is None:
        raise Conflict("baseline.none", _("There is no baseline to lock."))
    baseline.locked_at = clock.now()
    baseline.save(update_fields=["locked_at"])
    ledger.record("kpi.baseline_locked", actor=actor, subject=kpi, facts={"value": str(baseline.value)})
    return baseline


@transaction.atomic
def set_target(*, actor: User, kpi_id: int, value: Decimal, due_on: date) -> KpiTarget:
    """The value to reach by the end of a day. A target that is due today or earlier stands as it was."""
    kpi = _locked(kpi_id)
    policies.can_define(actor, kpi.project).or_raise()
    if due_on <= clock.today():
        raise Unprocessable("date.range", _("A target lies in the future."), fields={"due_on": [_("In the future.")]})
    _refuse_impossible(kpi.definition, value)
    target, _created = KpiTarget.objects.update_or_create(
        kpi=kpi, due_on=due_on, defaults={"value": value, "set_by": actor.person}
    )
    ledger.record("kpi.target_set", actor=actor, subject=kpi, facts={"value": str(value), "due_on": due_on.isoformat()})
    return target


@transaction.atomic
def set_targets(*, actor: User, kpi_id: int, targets: Sequence[tuple[str, Decimal]]) -> list[KpiTarget]:
    """The values to reach in several periods, as `(period, value)`: all of them or none. The past stands as it was."""
    kpi = _locked(kpi_id)
    policies.can_define(actor, kpi.project).or_raise()
    try:
        wanted = by_due_day(targets, frequency=kpi.frequency, year_kind=kpi.year_kind)
    except Refused as refused:
        sentence = at_line(refused.detail, target_sentence(refused.code))
        raise Unprocessable(refused.code, sentence, fields={"targets": [sentence]}) from refused
    today = clock.today()
    for place, (due_on, value) in enumerate(wanted.items(), start=1):
        if due_on <= today:
            sentence = at_line(str(place), _("A target lies in the future."))
            raise Unprocessable("date.range", sentence, fields={"targets": [sentence]})
        _refuse_impossible(kpi.definition, value)
    for due_on, value in wanted.items():
        KpiTarget.objects.update_or_create(kpi=kpi, due_on=due_on, defaults={"value": value, "set_by": actor.person})
    facts: dict[str, ledger.Fact] = {"targets": [f"{due_on.isoformat()} {value}" for due_on, value in wanted.items()]}
    ledger.record("kpi.targets_set", actor=actor, subject=kpi, facts=facts)
    return list(KpiTarget.objects.filter(kpi=kpi, due_on__in=wanted).order_by("due_on"))


def current_series(kpi: Kpi) -> Series:
    """The series that runs: that of the KPI's present definition."""
    return Series.objects.select_related("definition").get(kpi=kpi, definition_id=kpi.definition_id)


def running_series(kpis: Iterable[Kpi]) -> dict[int, Series]:
    """The same for many KPIs, by KPI."""
    rows = Series.objects.select_related("definition").filter(kpi__in=[kpi.pk for kpi in kpis])
    return {series.kpi_id: series for series in rows.filter(definition=F("kpi__definition"))}


def _newest(key: str) -> Definition:
    definition = Definition.objects.filter(key=key).order_by("-version").first()
    if definition is None:
        raise InvalidInput(
            "choice.invalid", _("Choose one of the library's definitions."), fields={"definition": [_("Unknown.")]}
        )
    return definition


def _visible_project(actor: User, project_id: int) -> Project:
    project = Project.objects.visible_to(actor).filter(pk=project_id).select_for_update(of=("self",)).first()
    if project is None:
        raise NotVisible("not_found", _("There is no such record."))
    return project


def _locked(kpi_id: int) -> Kpi:
    return Kpi.objects.select_for_update(of=("self",)).select_related("project", "definition").get(pk=kpi_id)


def _refuse_unknown_choice(field: str, value: str, choices: Sequence[tuple[str, object]]) -> None:
    if value not in {code for code, _label in choices}:
        raise InvalidInput("choice.invalid", _("Choose one of the offered values."), fields={field: [_("Unknown.")]})


def _refuse_impossible(definition: Definition, value: Decimal) -> None:
    if not Bounds(definition.lowest, definition.highest).hold(value):
        raise Unprocessable("value.range", _("The value lies outside what this KPI can be."))
