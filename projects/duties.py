"""What the registers ask of people next: verifiers, leads, heads, the Team (FEATURES G5, N6)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duties import Duty
from accounts.models import User
from core import clock
from core.errors import Text
from projects import policies
from projects.models import (
    Claim,
    Concern,
    CountingRule,
    Dependency,
    HelpRequest,
    ImportBatch,
    Milestone,
    PilotDecision,
    Project,
    ProjectExit,
    Stage,
)
from projects.policies.help import can_answer_help
from projects.selectors import verifying

SOON = timedelta(days=14)  # from which planned dates are work, not plan
REPORTING = (Stage.PILOT, Stage.ROLL_OUT, Stage.LIVE)
CONFIRMABLE = (ImportBatch.Status.OFFERED, ImportBatch.Status.PREVIEWED)


def waiting(user: User) -> Iterator[Duty]:
    today = clock.today()
    yield from _claims(user, today)
    yield from _decisions(user)
    yield from _of_leads(user, today)
    yield from _concerns(user)
    yield from _help(user)
    yield from _rules(user)
    yield from _imports(user)


def _claims(user: User, today: date) -> Iterator[Duty]:
    asked: tuple[tuple[str, Text, QuerySet[Claim]], ...] = (
        ("claim.verify", _("Verify the claim"), verifying.to_verify(user)),
        ("claim.confirm", _("Confirm the late claim as second verifier"), verifying.to_confirm(user)),
        ("claim.attest", _("Attest that it is still in use"), verifying.to_attest(user, today)),
    )
    for code, what, claims in asked:
        for claim in claims.order_by("went_live_on", "pk"):
            procedure = claim.procedure
            page = reverse("projects:procedure-detail", args=[procedure.reference])
            due_on = procedure.in_use_until if code == "claim.attest" else None
            yield Duty(code, what, procedure.reference, procedure.in_language("name"), page, due_on)


def _decisions(user: User) -> Iterator[Duty]:
    """Results of pilots and proposals to leave the register that wait for this person as head or for the Team."""
    seen = Project.objects.visible_to(user)
    for result in PilotDecision.objects.filter(decision="", project__in=seen).select_related("project").order_by("pk"):
        if policies.can_decide_pilot(user, result.project):
            yield _of_project(result.project, "pilot.decide", _("Decide on the result of the pilot"), "project-life")
    proposed = ProjectExit.objects.filter(status=ProjectExit.Status.PROPOSED, project__in=seen)
    for leaving in proposed.select_related("project").order_by("pk"):
        if policies.can_decide_exit(user, leaving.project):
            yield _of_project(
                leaving.project, "exit.decide", _("Decide whether it leaves the register"), "project-life"
            )


def _of_leads(user: User, today: date) -> Iterator[Duty]:
    """Drafts to register, last month to report, and what is planned until two weeks ahead and not done."""
    led = Project.objects.visible_to(user).filter(lead=user.person_id).exclude(stage=Stage.RETIRED)
    for project in led.filter(status=Project.Status.DRAFT).order_by("reference"):
        yield _of_project(project, "project.register", _("Finish the draft and register it"))
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    silent = led.filter(status=Project.Status.REGISTERED, stage__in=REPORTING).exclude(status_reports__month=month)
    for project in silent.order_by("reference"):
        what = _("Report on %(month)s") % {"month": f"{month:%Y-%m}"}
        yield _of_project(project, "status.report", what, "status")
    for model, code in ((Milestone, "milestone.settle"), (Dependency, "dependency.settle")):
        rows = model.objects.filter(project__in=led, done_on__isnull=True, withdrawn_at__isnull=True)
        for planned in rows.filter(current_on__lte=today + SOON).select_related("project").order_by("current_on", "pk"):
            what = _("Planned: %(name)s") % {"name": planned.in_language("name")}
            yield _of_project(planned.project, code, what, "plan", planned.current_on)


def _concerns(user: User) -> Iterator[Duty]:
    """Risks and issues that this person owns and promised for a day."""
    owned = Concern.objects.visible_to(user).filter(owner=user.person_id, closed_on__isnull=True, due_on__isnull=False)
    for concern in owned.select_related("project").order_by("due_on", "pk"):
        page = reverse("projects:risk", args=[concern.project.reference, concern.pk])
        what = _("Act on: %(title)s") % {"title": concern.title}
        project = concern.project
        yield Duty("concern.act", what, project.reference, project.in_language("title"), page, concern.due_on)


def _help(user: User) -> Iterator[Duty]:
    asked = HelpRequest.objects.visible_to(user).filter(outcome="").select_related("project")
    for one in asked.order_by("asked_at"):
        if can_answer_help(user, one):
            page = reverse("projects:help-detail", args=[one.reference])
            yield Duty("help.answer", _("Answer the request for help"), one.reference, str(one.project), page)


def _rules(user: User) -> Iterator[Duty]:
    for rule in CountingRule.objects.visible_to(user).filter(status=CountingRule.Status.PROPOSED).order_by("pk"):
        if policies.can_approve_rule(user, rule):
            page = reverse("projects:counting-rule-detail", args=[rule.pk])
            what = _("Approve the proposal, or withdraw it")
            yield Duty("policy.approve", what, "", str(_("Counting rules")), page, rule.starts_on)


def _imports(user: User) -> Iterator[Duty]:
    """Files that this person offered and neither stored nor withdrew."""
    offered = ImportBatch.objects.visible_to(user).filter(uploaded_by=user.person_id, status__in=CONFIRMABLE)
    for batch in offered.order_by("pk"):
        page = reverse("projects:import-detail", args=[batch.reference])
        yield Duty(
            "import.confirm", _("Store the rows of the file, or withdraw it"), batch.reference, batch.file_name, page
        )


def _of_project(
    project: Project, code: str, what: Text, page: str = "project-detail", due_on: date | None = None
) -> Duty:
    address = reverse(f"projects:{page}", args=[project.reference])
    return Duty(code, what, project.reference, project.in_language("title"), address, due_on)
