"""May this person do this to a KPI, a source or a reading, and if not why?"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import posted_today
from core.errors import Conflict
from core.verdicts import Verdict as Answer
from kpis.models import (
    Baseline,
    Benefit,
    BenefitReview,
    CollectionRun,
    Kpi,
    Reading,
    ReadingFile,
    RunState,
    Source,
    Verdict,
)
from kpis.querysets import ACCEPTS_REVIEWS, EDITS_LIBRARY, LOCKS_PERIODS, MANAGES_SOURCES, SEES_EVERYTHING
from projects.models import Project, Stage

RUNNING = {Stage.LIVE, Stage.RETIRED}
ENDED_BADLY = {RunState.DEAD, RunState.REJECTED}
WAITING = {Verdict.SUBMITTED, Verdict.QUARANTINED}
HANDLES_KEYS = _("Only the department, the Team or an administrator handles the keys of a source.")


def can_define(user: User, project: Project) -> Answer:
    """The lead and the department's own people decide what their project measures."""
    if project.lead_id == user.person_id or _belongs(user, project.department_id):
        return Answer.yes()
    return Answer.no("duty.department", _("Only the project's own department says what it measures."))


def can_edit_library(user: User) -> Answer:
    """One person of the Team: no KPI moves before its own department goes over to the new version (TRUST T17)."""
    if user.has_perm(EDITS_LIBRARY):
        return Answer.yes()
    return Answer.no("duty.team", _("Only the AI Efficacy Enhancement Team changes the library of measures."))


def can_set_baseline(user: User, kpi: Kpi) -> Answer:
    """Before go-live and before it is locked; projects registered as already running carry that mark instead."""
    own = can_define(user, kpi.project)
    if not own:
        return own
    if Baseline.objects.filter(series__kpi=kpi, series__definition=kpi.definition_id, locked_at__isnull=False).exists():
        return Answer.no("baseline.locked", _("The baseline is locked."), error=Conflict)
    if kpi.project.stage in RUNNING and not kpi.project.was_already_running:
        return Answer.no("baseline.after_go_live", _("A baseline is set before go-live."), error=Conflict)
    return Answer.yes()


def standing_to(user: User, kpi: Kpi) -> tuple[bool, int]:
    """What decides who reports and verifies its readings: KPIs that a person stands alike to get the same answers."""
    return user.person_id in {kpi.owner_id, kpi.project.lead_id}, kpi.project.department_id


def can_type_reading(user: User, kpi: Kpi) -> Answer:
    is_own, department_id = standing_to(user, kpi)
    if is_own or _belongs(user, department_id):
        return Answer.yes()
    return Answer.no("duty.department", _("Only the KPI's owner and its department report readings."))


def can_verify_reading(user: User, kpi: Kpi, reading: Reading, state: str) -> Answer:
    """A second person: not the one who typed it. `state` is the reading's last verdict."""
    if reading.person_id == user.person_id:
        return Answer.no("duty.separate", _("A second person verifies a reading, not the one who reported it."))
    own = may_verify_for(user, kpi)
    if not own:
        return own
    if state not in WAITING:
        return Answer.no("reading.state", _("This reading is not waiting for anybody."), error=Conflict)
    return Answer.yes()


def may_verify_for(user: User, kpi: Kpi) -> Answer:
    """Whether this person verifies what others report of the KPI: the Team, and who could report it."""
    if user.has_perm(SEES_EVERYTHING) and user.has_perm(MANAGES_SOURCES):
        return Answer.yes()
    return can_type_reading(user, kpi)


def can_lock_periods(user: User) -> Answer:
    if user.has_perm(LOCKS_PERIODS):
        return Answer.yes()
    return Answer.no("duty.team", _("Only the AI Efficacy Enhancement Team locks periods and opens them again."))


def can_withdraw_benefit(user: User, benefit: Benefit) -> Answer:
    """Its department before going live; afterwards the Team alone, so that no promise goes before it is reviewed."""
    if benefit.is_withdrawn:
        return Answer.no("benefit.withdrawn", _("This benefit was withdrawn."), error=Conflict)
    if benefit.project.stage in RUNNING:
        if user.has_perm(ACCEPTS_REVIEWS):
            return Answer.yes()
        return Answer.no("benefit.after_go_live", _("After going live only the Team withdraws a promise."))
    return can_define(user, benefit.project)


def can_review_benefit(user: User, benefit: Benefit) -> Answer:
    if benefit.is_withdrawn:
        return Answer.no("benefit.withdrawn", _("This benefit was withdrawn."), error=Conflict)
    if benefit.owner_id == user.person_id:
        return Answer.yes()
    return can_define(user, benefit.project)


def can_judge_review(user: User, review: BenefitReview) -> Answer:
    """A second person, of the Team."""
    if not user.has_perm(ACCEPTS_REVIEWS):
        return Answer.no("duty.team", _("Only the AI Efficacy Enhancement Team accepts reviews of benefits."))
    if review.recorded_by_id == user.person_id:
        return Answer.no("duty.separate", _("A second person accepts a review, not the one who recorded it."))
    return Answer.yes()


def can_follow_up(user: User, kpi: Kpi) -> Answer:
    """Those who report the KPI, while it is red; with the breach that is open."""
    breach = next((one for one in kpi.breaches.all() if one.is_open), None)
    if breach is None:
        return Answer.no("breach.none", _("This KPI has no open breach."), error=Conflict)
    own = can_type_reading(user, kpi)
    return Answer.yes(breach) if own else own


def can_offer_readings(user: User) -> Answer:
    """Anybody posted in a department today, for what they report; each row is judged by itself."""
    if posted_today(user.person_id):
        return Answer.yes()
    return Answer.no("duty.department", _("Only the KPI's owner and its department report readings."))


def can_report_file(user: User, batch: ReadingFile) -> Answer:
    if batch.offered_by_id != user.person_id:
        return Answer.no("file.other", _("Whoever offered the file reports it or takes it back."))
    if not batch.is_offered:
        return Answer.no("file.state", _("This file was already reported or withdrawn."), error=Conflict)
    return Answer.yes()


def can_verify_file(user: User, batch: ReadingFile) -> Answer:
    """A second person, once it is reported; who of its department or the Team, each reading says by itself."""
    if batch.offered_by_id == user.person_id:
        return Answer.no("duty.separate", _("A second person verifies a reading, not the one who reported it."))
    if batch.status != ReadingFile.Status.REPORTED:
        return Answer.no("file.state", _("The readings of this file are not reported."), error=Conflict)
    return Answer.yes()


def can_propose_source(user: User, department_id: int) -> Answer:
    if _belongs(user, department_id) or user.has_perm(MANAGES_SOURCES):
        return Answer.yes()
    return Answer.no("duty.department", _("Only the department itself proposes a source of its readings."))


def can_approve_source(user: User, source: Source) -> Answer:
    if not user.has_perm(MANAGES_SOURCES):
        return Answer.no("duty.role", _("Sources are approved by the Team or an administrator."))
    if source.proposed_by_id == user.person_id:
        return Answer.no("duty.separate", _("A source is approved by a second person, not by the one who proposed it."))
    if source.status != Source.Status.PROPOSED:
        return Answer.no("source.state", _("Only a proposed source can be approved."), error=Conflict)
    return Answer.yes()


def can_change_source(user: User, source: Source) -> Answer:
    """Who could have proposed it, for a source that is collected; a second person approves the change."""
    if not _manages(user, source):
        return Answer.no("duty.department", _("Only the department itself proposes a source of its readings."))
    if source.is_push:
        return Answer.no("source.kind", _("A source that sends by itself has no address to change."), error=Conflict)
    return Answer.yes()


def can_try_source(user: User, source: Source) -> Answer:
    """A proposed source: the person who may approve it. Later whoever manages it."""
    if source.is_push:
        return Answer.no("source.kind", _("A source that sends by itself is not called."), error=Conflict)
    if source.status == Source.Status.PROPOSED:
        return can_approve_source(user, source)
    if not _manages(user, source):
        return Answer.no("duty.department", _("Only the department, the Team or an administrator tries a source."))
    return Answer.yes()


def can_try_place(user: User, department_id: int, place: str) -> Answer:
    """Whether a form may be tried there: two people approved a source of the department on this host. Its networks."""
    approved = Source.objects.filter(department=department_id, approved_by__isnull=False, hosts__contains=[place])
    networks = sorted({network for source in approved for network in source.networks})
    if not networks:
        sentence = _(
            "Nobody has approved this host for the department yet. Propose the source; whoever approves it tries it"
            " first."
        )
        return Answer.no("source.new_host", sentence)
    return Answer.yes(networks)


def can_pause_source(user: User, source: Source) -> Answer:
    if not _manages(user, source):
        return Answer.no("duty.department", _("Only the department, the Team or an administrator pauses a source."))
    if source.status != Source.Status.APPROVED:
        return Answer.no("source.state", _("Only an approved source can be paused."), error=Conflict)
    return Answer.yes()


def can_resume_source(user: User, source: Source) -> Answer:
    if not user.has_perm(MANAGES_SOURCES):
        return Answer.no("duty.role", _("Sources are resumed by the Team or an administrator."))
    if source.status != Source.Status.PAUSED:
        return Answer.no("source.state", _("Only a paused source can be resumed."), error=Conflict)
    return Answer.yes()


def can_retry_run(user: User, run: CollectionRun) -> Answer:
    """Those who manage its source, for a run that ended without its readings and that no later one made good."""
    if not _manages(user, run.source):
        return Answer.no("duty.department", _("Only the department, the Team or an administrator tries a run again."))
    if run.is_push:
        return Answer.no("run.push", _("What a system sends by itself is sent again by it."), error=Conflict)
    if run.state not in ENDED_BADLY:
        return Answer.no("run.state", _("Only a run that was refused or given up is tried again."), error=Conflict)
    if run.source.status != Source.Status.APPROVED:
        return Answer.no("source.state", _("Nothing is collected from this source now."), error=Conflict)
    if run.source.runs.filter(state=RunState.DONE, window_start__gt=run.window_start).exists():
        return Answer.no("run.superseded", _("A later run has collected this source."), error=Conflict)
    return Answer.yes()


def can_see_health(user: User) -> bool:
    """Whether the state of the machinery is shown beside the runs."""
    return user.has_perm(MANAGES_SOURCES) or user.has_perm(SEES_EVERYTHING)


def can_make_key(user: User, source: Source) -> Answer:
    """Those who manage a push source, once two people approved it. Two keys are enough to go over to the next."""
    if not _manages(user, source):
        return Answer.no("duty.department", HANDLES_KEYS)
    if not source.is_push:
        return Answer.no("source.kind", _("Only a source that sends by itself has keys."), error=Conflict)
    if source.status == Source.Status.PROPOSED:
        return Answer.no("source.state", _("A second person approves the source first."), error=Conflict)
    if source.keys.live().count() >= 2:
        return Answer.no("key.limit", _("Two keys are live already. Revoke one first."), error=Conflict)
    return Answer.yes()


def handles_keys(user: User, source: Source) -> bool:
    """Whether buttons for its keys are shown at all."""
    return _manages(user, source)


def can_revoke_key(user: User, source: Source, number: int) -> Answer:
    """The same people; with the key that is found."""
    if not _manages(user, source):
        return Answer.no("duty.department", HANDLES_KEYS)
    key = source.keys.live().filter(number=number).first()
    if key is None:
        return Answer.no("key.state", _("This source has no such live key."), error=Conflict)
    return Answer.yes(key)


def can_push(source: Source) -> Answer:
    """Whether what a source sends is taken now; its key was judged before."""
    if source.status != Source.Status.APPROVED:
        return Answer.no("source.paused", _("This source is paused; nothing is taken from it."), error=Conflict)
    return Answer.yes()


def _manages(user: User, source: Source) -> bool:
    return user.has_perm(MANAGES_SOURCES) or _belongs(user, source.department_id)


def _belongs(user: User, department_id: int) -> bool:
    return department_id in posted_today(user.person_id)
