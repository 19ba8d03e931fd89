"""What the history of a project or a procedure shows, part by part, and in which words.

A column without a label is never shown: counters, keys and what is worked out from something else. Parts
with `public` are read by everybody who sees the record, as far as it says; the others by insiders (DESIGN 8).
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from projects.models import (
    Claim,
    Concern,
    Dependency,
    HeadApproval,
    HelpRequest,
    IndependentRating,
    Milestone,
    PilotDecision,
    Procedure,
    Project,
    ProjectExit,
    ResourceUse,
    StatusReport,
)
from work.subjects import Part

Labels = dict[str, Text]

PROJECT_LABELS: Labels = {
    "department": _("Department"),
    "title_en": _("Title in English"),
    "title_zh_hant": _("Title in Chinese"),
    "title_zh_hans": _("Title in Simplified Chinese"),
    "summary_en": _("Summary in English"),
    "summary_zh_hant": _("Summary in Chinese"),
    "summary_zh_hans": _("Summary in Simplified Chinese"),
    "category": _("Category"),
    "technique": _("AI technique"),
    "status": _("Status"),
    "stage": _("Stage"),
    "was_already_running": _("Already running before the programme"),
    "gate_passed_on": _("Go-live gate"),
    "lead": _("Lead"),
    "is_flagship": _("Flagship"),
    "is_public_facing": _("Public-facing"),
    "yearly_volume": _("Cases a year"),
    "visibility": _("Public attention"),
    "registered_on": _("Registered on"),
    "left_on": _("Left the register on"),
    "started_on": _("Started"),
    "reported_funding": _("Reported funding (HK$)"),
    "source_url": _("Source"),
}
PROCEDURE_LABELS: Labels = {
    "department": _("Department"),
    "name_en": _("Name in English"),
    "name_zh_hant": _("Name in Chinese"),
    "name_zh_hans": _("Name in Simplified Chinese"),
    "service_kind": _("Kind of service"),
    "channel": _("Channel"),
    "yearly_volume": _("Cases a year"),
    "handling_minutes": _("Handling time today (minutes)"),
    "waiting_days": _("Waiting time today (days)"),
    "planned_on": _("Planned for"),
    "predecessor": _("Split from"),
    "merged_into": _("Merged into"),
    "is_claimed": _("Claimed"),
    "claimed_on": _("Went live"),
    "verified_on": _("Verified on"),
    "in_use_from": _("In use from"),
    "in_use_until": _("In use until"),
    "retired_on": _("Retired"),
}
CLAIM_LABELS: Labels = {
    "project": _("Project"),
    "procedure": _("Procedure"),
    "went_live_on": _("Went live"),
    "is_live": _("Live claim"),
    "is_late": _("Claimed late"),
}
PLANNED_LABELS: Labels = {
    "name_en": _("Name in English"),
    "name_zh_hant": _("Name in Chinese"),
    "original_on": _("As first agreed"),
    "current_on": _("As agreed now"),
    "forecast_on": _("Forecast"),
    "done_on": _("Done on"),
    "reason": _("Reason"),
    "withdrawn_at": _("Withdrawn"),
}
REPORT_LABELS: Labels = {
    "month": _("Month"),
    "revision": _("Revision"),
    "rating": _("Rating"),
    "summary": _("Summary"),
    "done": _("Done this month"),
    "planned": _("Planned next"),
    "correction": _("Why it was corrected"),
}
RATING_LABELS: Labels = {
    "month": _("Month"),
    "revision": _("Revision"),
    "rating": _("Rating"),
    "reason": _("Reason"),
}
CONCERN_LABELS: Labels = {
    "title": _("Title"),
    "kind": _("Risk or issue"),
    "cause": _("Cause"),
    "likelihood": _("Likelihood"),
    "impact": _("Impact"),
    "response": _("Response"),
    "owner": _("Owner"),
    "due_on": _("Due on"),
    "closed_on": _("Closed on"),
    "closing_note": _("Closing note"),
}
USE_LABELS: Labels = {
    "resource": _("Resource"),
    "purpose": _("Purpose"),
    "starts_on": _("From"),
    "ends_on": _("Until"),
}
APPROVAL_LABELS: Labels = {
    "statement": _("Statement"),
    "withdrawn_at": _("Withdrawn"),
    "withdrawn_because": _("Reason for withdrawing"),
}
PILOT_LABELS: Labels = {
    "outcome": _("Outcome"),
    "findings": _("Findings"),
    "decision": _("Decision"),
    "reason": _("Reason"),
    "decided_at": _("Decided on"),
}
EXIT_LABELS: Labels = {
    "kind": _("How it leaves"),
    "status": _("Status"),
    "effective_on": _("First day it is no longer in the register"),
    "reason": _("Reason"),
    "claims_to": _("Its claims go to"),
    "decision_note": _("Note on the decision"),
}
HELP_LABELS: Labels = {
    "reference": _("Reference"),
    "kind": _("Kind of help"),
    "question": _("Question"),
    "outcome": _("Outcome"),
    "answer": _("Answer"),
}


def _itself(thing: Any) -> Q:
    return Q(pgh_obj=thing.pk)


def _of_project(project: Any) -> Q:
    return Q(project=project.pk)


def _of_procedure(procedure: Any) -> Q:
    return Q(procedure=procedure.pk)


EVERYBODY = Q()
PROJECT_PARTS: tuple[Part, ...] = (
    Part("project", _("Project"), Project, _itself, PROJECT_LABELS, public=Q(status="registered")),
    Part("claim", _("Claim"), Claim, _of_project, CLAIM_LABELS, public=EVERYBODY),
    Part("head approval", _("Approval of the Head of Department"), HeadApproval, _of_project, APPROVAL_LABELS),
    Part("pilot", _("Pilot decision"), PilotDecision, _of_project, PILOT_LABELS),
    Part("exit", _("Exit"), ProjectExit, _of_project, EXIT_LABELS, public=Q(status="approved")),
    Part("milestone", _("Milestone"), Milestone, _of_project, PLANNED_LABELS),
    Part("dependency", _("Dependency"), Dependency, _of_project, PLANNED_LABELS),
    Part("report", _("Status report"), StatusReport, _of_project, REPORT_LABELS),
    Part("rating", _("Independent rating"), IndependentRating, _of_project, RATING_LABELS),
    Part("concern", _("Risk or issue"), Concern, _of_project, CONCERN_LABELS),
    Part("resource", _("Resource"), ResourceUse, _of_project, USE_LABELS),
    Part("help", _("Help asked from the Team"), HelpRequest, _of_project, HELP_LABELS),
)
PROCEDURE_PARTS: tuple[Part, ...] = (
    Part("procedure", _("Procedure"), Procedure, _itself, PROCEDURE_LABELS, public=EVERYBODY),
    Part("claim", _("Claim"), Claim, _of_procedure, CLAIM_LABELS, public=EVERYBODY),
)
