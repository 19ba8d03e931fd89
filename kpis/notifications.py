"""Who is told what about KPIs and their sources (FEATURES M2); called after commit."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Person
from core import clock, outbox
from kpis import stale_wording, wording
from kpis.models import CollectionRun, Kpi, RunState, Source
from work import notices, things
from work.notices import Facts, Message, NoticeKind
from work.services.notices import tell

SOURCE_FAILED = "source_failed"


def register() -> None:
    """Called once, when the app is ready."""
    things.register(
        things.of_model(
            "kpi",
            Kpi,
            gettext_lazy("KPI"),
            address=lambda kpi: reverse("kpis:kpi-detail", args=[kpi.reference]),
            title=lambda kpi: kpi.title,
            related=("definition", "project"),
        )
    )
    things.register(
        things.of_model(
            "source",
            Source,
            gettext_lazy("Source"),
            address=lambda source: reverse("kpis:source-detail", args=[source.reference]),
            title=lambda source: source.name,
        )
    )
    notices.register(
        NoticeKind(
            "kpi.red",
            gettext_lazy("A KPI I answer for turned red"),
            lambda facts: _("It is far behind its target. Say on its page what is done about it."),
            is_pressing=True,
        ),
        NoticeKind("reading.due", gettext_lazy("A reading of my KPI is due or late"), _say_reading, is_pressing=True),
        NoticeKind(
            "source.failed",
            gettext_lazy("A source of my KPIs failed"),
            lambda facts: (
                _("Its readings were not collected: %(reason)s") % {"reason": wording.refusal_sentence(facts["reason"])}
            ),
            is_pressing=True,
        ),
        NoticeKind("source.stale", gettext_lazy("A source of my KPIs gives no news"), _say_stale, is_pressing=True),
    )


@outbox.handler(SOURCE_FAILED)
def tell_of_failure(payload: Mapping[str, int]) -> None:
    """Owners of the source's KPIs and whoever manages sources, once until a run has succeeded again."""
    run = CollectionRun.objects.select_related("source").get(pk=payload["run"])
    runs = CollectionRun.objects.filter(source=run.source_id)
    done = runs.filter(state=RunState.DONE, window_start__lt=run.window_start).order_by("-window_start").first()
    badly = runs.filter(state__in=(RunState.DEAD, RunState.REJECTED), window_start__lte=run.window_start)
    if done is not None:
        badly = badly.filter(window_start__gt=done.window_start)
    first = badly.order_by("window_start", "pk").first() or run
    people = set(Kpi.objects.filter(source_link__source=run.source_id).values_list("owner", flat=True))
    people |= set(Person.objects.with_permission("kpis.manage_sources", at=clock.now()).values_list("pk", flat=True))
    message = Message("source.failed", "source", run.source_id, people, {"reason": run.reason})
    tell(message, event=f"source:{run.source_id}:{first.pk}")


def _say_reading(facts: Facts) -> str:
    told = {"period": facts["period"], "day": notices.day(facts)}
    if facts["is_late"]:
        return _("The reading of %(period)s was due by %(day)s and is late.") % told
    return _("The reading of %(period)s is due by %(day)s.") % told


def _say_stale(facts: Facts) -> str:
    said = stale_wording.sentence(facts)
    if not facts["others"]:
        return said
    more = ngettext(
        "%(count)s other KPI of the source is without news too.",
        "%(count)s other KPIs of the source are without news too.",
        facts["others"],
    )
    return wording.together(said, more % {"count": facts["others"]})
