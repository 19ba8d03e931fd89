"""What KPIs and their sources ask of people next (FEATURES E10, E12, G5)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.duties import Duty
from accounts.models import User
from core import clock
from core.errors import Text
from kpis import policies, stale_wording, wording
from kpis.models import (
    Breach,
    CollectionRun,
    FollowUp,
    Kpi,
    ReadingFile,
    ReadingVerdict,
    RunState,
    Source,
    StaleSpell,
)
from kpis.querysets import MANAGES_SOURCES
from kpis.selectors.due import readings_due


def waiting(user: User) -> Iterator[Duty]:
    today = clock.today()
    yield from _readings_due(user, today)
    yield from _readings_to_verify(user)
    yield from _files(user)
    yield from _breaches(user)
    yield from _sources(user)
    yield from _stale(user)


def _readings_due(user: User, today: date) -> Iterator[Duty]:
    """The first period of each KPI this person owns and types that is over and unreported."""
    for due in readings_due(Kpi.objects.visible_to(user).filter(owner=user.person_id), today=today):
        yield _of_kpi(due.kpi, "reading.report", _("Report %(period)s") % {"period": due.period}, due.due_on)


def _readings_to_verify(user: User) -> Iterator[Duty]:
    """KPIs with readings that wait for a second person, who is not the one who reported them."""
    counted = _unsettled().exclude(person=user.person_id).order_by().values("series__kpi").annotate(count=Count("pk"))
    counts = dict(counted.values_list("series__kpi", "count"))
    rows = Kpi.objects.visible_to(user).filter(pk__in=counts).select_related("definition", "project")
    for kpi in rows.order_by("reference"):
        if policies.may_verify_for(user, kpi):
            count = counts[kpi.pk]
            what = ngettext_lazy("Verify %(count)s reading", "Verify %(count)s readings", count) % {"count": count}
            yield _of_kpi(kpi, "reading.verify", what)


def _unsettled() -> "QuerySet[ReadingVerdict]":
    """The last word on each reading that still waits, of groups too. An index holds those alone."""
    later = ReadingVerdict.objects.filter(
        series=OuterRef("series"),
        period_start=OuterRef("period_start"),
        cell=OuterRef("cell"),
        revision=OuterRef("revision"),
        pk__gt=OuterRef("pk"),
    )
    return ReadingVerdict.objects.filter(~Exists(later), verdict__in=policies.WAITING)


def _files(user: User) -> Iterator[Duty]:
    """Files of readings that this person offered and neither reported nor took back."""
    offered = ReadingFile.objects.visible_to(user).filter(offered_by=user.person_id, status=ReadingFile.Status.OFFERED)
    for batch in offered.order_by("pk"):
        page = reverse("kpis:file-detail", args=[batch.pk])
        yield Duty("file.report", _("Report the readings of the file, or withdraw it"), "", batch.file_name, page)


def _breaches(user: User) -> Iterator[Duty]:
    """Red KPIs of which nobody said yet what is done, or whose last promise is past its day."""
    said = FollowUp.objects.filter(breach=OuterRef("pk")).order_by("-pk").values("due_on")[:1]
    rows = Breach.objects.visible_to(user).open().annotate(promised=Subquery(said))
    for breach in rows.select_related("kpi__project", "kpi__definition").order_by("opened_at"):
        kpi, promised = breach.kpi, breach.promised
        if user.person_id in {kpi.owner_id, kpi.project.lead_id}:
            what = _("Say what is done about it") if promised is None else _("See that what was promised is done")
            yield _of_kpi(kpi, "breach.follow_up", what, promised)


def _sources(user: User) -> Iterator[Duty]:
    """Sources to approve, and sources whose last run ended without its readings."""
    rows = Source.objects.visible_to(user)
    for source in rows.filter(status=Source.Status.PROPOSED).order_by("reference"):
        if policies.can_approve_source(user, source):
            yield _of_source(source, "source.approve", _("Approve the source, or leave it"))
    newest = CollectionRun.objects.filter(source=OuterRef("source")).order_by("-window_start", "-pk").values("pk")[:1]
    runs = CollectionRun.objects.filter(source__in=rows.collected(), pk=Subquery(newest))
    ended_badly = runs.filter(state__in=(RunState.DEAD, RunState.REJECTED)).select_related("source")
    for run in ended_badly.order_by("source__reference"):
        if policies.can_retry_run(user, run):
            what = _("Mend the collection: %(reason)s") % {"reason": wording.run_sentence(run)}
            page = reverse("jobs:job-detail", args=[run.pk])
            yield Duty("run.retry", what, run.source.reference, run.source.name, page)


def _stale(user: User) -> Iterator[Duty]:
    """KPIs whose source gives no news: for their owner, and for whoever manages sources."""
    spells = StaleSpell.objects.visible_to(user).open().select_related("source", "kpi")
    if not user.has_perm(MANAGES_SOURCES):
        spells = spells.filter(kpi__owner=user.person_id)
    for spell in spells.order_by("source__reference", "kpi__reference"):
        what = stale_wording.sentence(stale_wording.facts_of(spell))
        yield _of_source(spell.source, "source.stale", what)


def _of_kpi(kpi: Kpi, code: str, what: Text, due_on: date | None = None) -> Duty:
    return Duty(code, what, kpi.reference, kpi.title, reverse("kpis:kpi-detail", args=[kpi.reference]), due_on)


def _of_source(source: Source, code: str, what: Text) -> Duty:
    return Duty(code, what, source.reference, source.name, reverse("kpis:source-detail", args=[source.reference]))
