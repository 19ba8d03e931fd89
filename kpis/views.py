"""The KPI pages: find what is visible, read the form, call one service, answer."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import as_at, params
from core.acts import Act, offers, send
from core.errors import DomainError
from core.forms import TrackerForm
from core.pages import once, page_or_partial, paginate
from core.simplified import simplified
from kpis import breakdown_figures, breakdown_wording, figures, policies, selectors, services, wording
from kpis.acts import KPI_ACTS
from kpis.filters import KpiFilter
from kpis.forms import NewKpiForm, ReadingDraftForm, ReadingForm, VerdictForm
from kpis.models import Kpi, ReadingDraft
from kpis.numbers import plain, shown
from kpis.rules import periods
from projects.models import Project


@login_required
@require_safe
@as_at.honoured
def kpi_list(request: HttpRequest) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset({"page", "page_size", as_at.PARAMETER, *KpiFilter.base_filters}))
    chosen = KpiFilter(request.GET, queryset=selectors.kpi_rows(request.user))  # type: ignore[arg-type] # signed in
    page = paginate(request, chosen.qs)
    return page_or_partial(
        request, page="kpis/kpi_list.html", filter_form=chosen.form, page_of=page, lines=selectors.lines(page)
    )


@login_required
@require_safe
@as_at.honoured
def kpi_detail(request: HttpRequest, reference: str) -> HttpResponse:
    return _detail(request, _visible(request, reference))


@login_required
@require_POST
def reading_type(request: HttpRequest, reference: str) -> HttpResponse:
    kpi = _visible(request, reference)
    form = ReadingForm(request.POST, kpi=kpi)
    if not form.is_valid():
        return _detail(request, kpi, form=form)

    def work() -> str:
        services.type_reading(actor=_user(request), kpi_id=kpi.pk, **_sent(form))
        return reverse("kpis:kpi-detail", args=[kpi.reference])

    try:
        return once(request, form, work)
    except DomainError as error:
        if error.status == 403:
            raise
        form.refuse(error)
        return _detail(request, kpi, form=form)


@login_required
@require_POST
def reading_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what is typed so far; the form shows it again whenever its writer comes back."""
    kpi = _visible(request, reference)
    form = ReadingDraftForm(request.POST, kpi=kpi)

    def work() -> str:
        kept = services.save_draft(actor=_user(request), kpi_id=kpi.pk, **_sent(form))
        said = _("The draft is kept for you. It counts nowhere until you report it.")
        messages.success(request, said if kept else _("The draft is gone."))
        return reverse("kpis:kpi-detail", args=[kpi.reference])

    return send(request, form, work=work, again=lambda: _detail(request, kpi, form=form, status=422))


@login_required
@require_POST
def reading_verify(request: HttpRequest, reference: str) -> HttpResponse:
    kpi = _visible(request, reference)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _detail(request, kpi, verdict_form=form, status=422)
    sent = form.cleaned_data

    def work() -> str:
        services.verify_reading(
            actor=_user(request),
            kpi_id=kpi.pk,
            period=sent["period"],
            revision=sent["revision"],
            cell=sent["cell"],
            accept=sent["verdict"] == "verify",
            note=sent["note"],
        )
        return reverse("kpis:kpi-detail", args=[kpi.reference])

    return once(request, form, work)


@login_required
@require_http_methods(["GET", "POST"])
def kpi_new(request: HttpRequest, project: str) -> HttpResponse:
    """Begin measuring a project; its baseline is named on the KPI's own page."""
    measured = get_object_or_404(Project.objects.visible_to(_user(request)), reference=project)
    policies.can_define(_user(request), measured).or_raise()
    form = NewKpiForm(request.POST or None)

    def shown() -> HttpResponse:
        return page_or_partial(request, page="kpis/kpi_form.html", form=form, project=measured)

    def work() -> str:
        typed = {name: value for name, value in form.cleaned_data.items() if name not in ("form_token", "definition")}
        definition = form.cleaned_data["definition"]
        kpi = services.define_kpi(
            actor=_user(request),
            project_id=measured.pk,
            definition_key=definition,
            name_zh_hans=simplified(typed["name_zh_hant"]),
            **typed,
        )
        return reverse("kpis:kpi-detail", args=[kpi.reference])

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


def kpi_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        kpi = _visible(request, reference)
        act.may(_user(request), kpi).or_raise()
        form = act.form(request.POST, auto_id=f"id_{act.name}_%s")

        def work() -> str:
            act.work(_user(request), kpi, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("kpis:kpi-detail", args=[kpi.reference])

        return send(request, form, work=work, again=lambda: _detail(request, kpi, refused={act.name: form}, status=422))

    return view


def _detail(
    request: HttpRequest,
    kpi: Kpi,
    *,
    refused: Mapping[str, TrackerForm] | None = None,
    form: ReadingForm | None = None,
    verdict_form: VerdictForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, is_past = _user(request), as_at.current() is not None
    history = selectors.histories([kpi])[0]
    source = None if is_past else selectors.source_of(user, kpi)
    effect = selectors.effect_of(user, history)
    corrections = selectors.corrections_of(user, history)
    breaches = selectors.breaches_of(user, kpi)
    may_type = not is_past and bool(policies.can_type_reading(user, kpi))
    draft = selectors.draft_of(user, kpi) if may_type else None
    return page_or_partial(
        request,
        page="kpis/kpi_detail.html",
        status=status,
        kpi=kpi,
        line=selectors.line_of(history),
        history=history,
        figure=figures.history_figure(history, corrections),
        corrections=corrections,
        table=figures.history_table(history),
        breakdowns=breakdown_figures.shown_as_charts(selectors.breakdowns_of(history)),
        dimensions=breakdown_wording.dimension_names(kpi.definition.dimensions),
        effect=effect,
        effect_figure=figures.effect_figure(effect) if effect else None,
        effect_table=figures.effect_table(effect) if effect else None,
        source=source,
        runs=selectors.told_runs(source) if source else [],
        waiting=_waiting(user, history),
        breaches=breaches,
        locked_until=selectors.locked_until(user, kpi),
        verdict_form=verdict_form,
        may_promise=may_type and bool(policies.can_define(user, kpi.project)),
        offers=[]
        if is_past
        else offers(
            KPI_ACTS,
            user=user,
            thing=kpi,
            form=lambda act: act.form(auto_id=f"id_{act.name}_%s"),
            address=lambda act: reverse(f"kpis:kpi-{act.name}", args=[kpi.reference]),
            refused=refused or {},
        ),
        draft=draft,
        form=form or (ReadingForm(kpi=kpi, initial=_typed(draft)) if may_type else None),
    )


def _waiting(user: Any, history: selectors.History) -> list[dict[str, Any]]:
    """Readings that wait, each with its form where this person may speak on it now."""
    kpi = history.kpi
    return [
        {
            "reading": reading,
            "value": shown(reading.value, history.unit),
            "parts": f"{shown(reading.numerator)} ÷ {shown(reading.denominator)}",
            "period": periods.label(reading.period_start, kpi.frequency, kpi.year_kind),
            "group": breakdown_wording.cell_words(reading.cell),
            "question": wording.QUESTIONS.get(reading.rule, ""),
            "verdict": None if as_at.current() else policies.can_verify_reading(user, kpi, reading, reading.state),
            "form": VerdictForm(
                initial={
                    "period": reading.period_start.isoformat(),
                    "revision": reading.revision,
                    "cell": reading.cell,
                },
                prefix=None,
                auto_id=f"id_{reading.period_start:%Y%m%d}_{reading.cell.replace(':', '_')}_{reading.revision}_%s",
            ),
        }
        for reading in selectors.waiting_readings(user, history.series)
    ]


def _visible(request: HttpRequest, reference: str) -> Kpi:
    return get_object_or_404(selectors.kpi_rows(_user(request)), reference=reference)


def _typed(draft: ReadingDraft | None) -> dict[str, Any]:
    """A draft as the form's first values."""
    if draft is None:
        return {}
    numbers = {name: getattr(draft, name) for name in ("value", "numerator", "denominator")}
    shown = {name: plain(number) for name, number in numbers.items() if number is not None}
    return {"period": draft.period, "cell": draft.cell, "reason": draft.reason, **shown}


def _sent(form: ReadingForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "form_token"}


def _user(request: HttpRequest) -> Any:
    return request.user
