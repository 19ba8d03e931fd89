"""What people do in the life of a project, from its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acts import Act
from core.verdicts import Verdict
from projects import policies, services
from projects.forms import life as forms
from projects.models import Project
from projects.rules import lifecycle


def _may_move_somewhere(user: User, project: Project) -> Verdict:
    """The stage is offered while there is one to go to."""
    if not lifecycle.MAY_FOLLOW[project.stage]:
        return Verdict.no("state.move", _("This project has no stage to go to."))
    return policies.can_change_stage(user, project)


def _may_name(user: User, project: Project) -> Verdict:
    if project.is_flagship:
        return Verdict.no("flagship.same", _("This project is a flagship already."))
    return policies.can_mark_flagship(user, project)


def _may_unname(user: User, project: Project) -> Verdict:
    if not project.is_flagship:
        return Verdict.no("flagship.same", _("This project is no flagship."))
    return policies.can_mark_flagship(user, project)


REGISTER = Act(
    name="register",
    label=_("Register the draft"),
    explains=_("From then on every signed-in person sees it, and it is part of the department's total."),
    form=forms.NothingToType,
    may=policies.can_register_draft,
    work=lambda user, project, typed: services.register_draft(actor=user, project_id=project.pk),
    done=_("The project is registered."),
)
STAGE = Act(
    name="stage",
    label=_("Move to another stage"),
    explains=_("The pilot and go-live are behind gates; what is missing for the next one stands above."),
    form=forms.StageForm,
    may=_may_move_somewhere,
    work=lambda user, project, typed: services.change_stage(actor=user, project_id=project.pk, stage=typed["stage"]),
    done=_("The project has moved."),
)
APPROVE_PILOT = Act(
    name="approve-pilot",
    label=_("Approve the pilot"),
    explains=_("You let the project go to pilot as Head of its department. You can withdraw this until it begins."),
    form=forms.StatementForm,
    may=policies.can_approve_pilot,
    work=lambda user, project, typed: services.approve_pilot(
        actor=user, project_id=project.pk, statement=typed["statement"]
    ),
    done=_("The pilot is approved."),
)
WITHDRAW_APPROVAL = Act(
    name="withdraw-approval",
    label=_("Withdraw the approval"),
    explains=_("The gate to the pilot closes again. The approval stays on record with your reason."),
    form=forms.ReasonForm,
    may=policies.can_withdraw_approval,
    work=lambda user, project, typed: services.withdraw_approval(
        actor=user, project_id=project.pk, reason=typed["reason"]
    ),
    done=_("The approval is withdrawn."),
    style="outline-secondary",
)
RECORD_PILOT = Act(
    name="record-pilot",
    label=_("Record the pilot's result"),
    explains=_("The Head of Department then decides to scale, change or stop; not the person who recorded it."),
    form=forms.PilotResultForm,
    may=policies.can_record_pilot,
    work=lambda user, project, typed: services.record_pilot(
        actor=user, project_id=project.pk, outcome=typed["outcome"], findings=typed["findings"]
    ),
    done=_("The result is recorded and waits for the Head of Department."),
    style="outline-primary",
)
DECIDE_PILOT = Act(
    name="decide-pilot",
    label=_("Decide on the pilot"),
    explains=_("Scaling up opens the go-live gate once the baselines are locked. Stopping still needs its own exit."),
    form=forms.PilotDecisionForm,
    may=policies.can_decide_pilot,
    work=lambda user, project, typed: services.decide_pilot(
        actor=user, project_id=project.pk, decision=typed["decision"], reason=typed["reason"]
    ),
    done=_("The decision is recorded."),
)
NAME_FLAGSHIP = Act(
    name="flagship",
    label=_("Name it a flagship"),
    explains=_("A flagship of the programme, named by the Team."),
    form=forms.NothingToType,
    may=_may_name,
    work=lambda user, project, typed: services.mark_flagship(actor=user, project_id=project.pk, is_flagship=True),
    done=_("The project is a flagship."),
    style="outline-primary",
)
UNNAME_FLAGSHIP = Act(
    name="no-flagship",
    label=_("Take the flagship mark away"),
    explains=_("It stays in the project's history."),
    form=forms.NothingToType,
    may=_may_unname,
    work=lambda user, project, typed: services.mark_flagship(actor=user, project_id=project.pk, is_flagship=False),
    done=_("The project is no longer a flagship."),
    style="outline-secondary",
)
PROPOSE_EXIT = Act(
    name="propose-exit",
    label=_("Propose that it leaves the register"),
    explains=_("A second person decides: the Head of Department for a stop, the Team for the others. Its page stays."),
    form=forms.ExitForm,
    may=policies.can_propose_exit,
    work=lambda user, project, typed: services.propose_exit(
        actor=user,
        project_id=project.pk,
        kind=typed["kind"],
        effective_on=typed["effective_on"],
        reason=typed["reason"],
        successor_ids=[one.pk for one in typed["successors"]],
        claims_to_id=typed["claims_to"].pk if typed["claims_to"] else None,
    ),
    done=_("The proposal waits for a second person."),
    style="outline-secondary",
)
APPROVE_EXIT = Act(
    name="approve-exit",
    label=_("Agree that it leaves"),
    explains=_("Its page becomes a tombstone today, and its live claims end or move as proposed. This is for good."),
    form=forms.OptionalNoteForm,
    may=policies.can_decide_exit,
    work=lambda user, project, typed: services.approve_exit(actor=user, project_id=project.pk, note=typed["note"]),
    done=_("The project has left the register."),
)
REFUSE_EXIT = Act(
    name="refuse-exit",
    label=_("Refuse that it leaves"),
    explains=_("It stays in the register; the proposal stays on record with your reason."),
    form=forms.NoteForm,
    may=policies.can_decide_exit,
    work=lambda user, project, typed: services.refuse_exit(actor=user, project_id=project.pk, note=typed["note"]),
    done=_("The project stays in the register."),
    style="outline-secondary",
)
WITHDRAW_EXIT = Act(
    name="withdraw-exit",
    label=_("Withdraw the proposal"),
    explains=_("The project stays in the register."),
    form=forms.NoteForm,
    may=policies.can_withdraw_exit,
    work=lambda user, project, typed: services.withdraw_exit(actor=user, project_id=project.pk, note=typed["note"]),
    done=_("The proposal is withdrawn."),
    style="outline-secondary",
)
LIFE_ACTS: tuple[Act, ...] = (
    REGISTER,
    APPROVE_EXIT,
    REFUSE_EXIT,
    WITHDRAW_EXIT,
    APPROVE_PILOT,
    DECIDE_PILOT,
    STAGE,
    RECORD_PILOT,
    WITHDRAW_APPROVAL,
    NAME_FLAGSHIP,
    UNNAME_FLAGSHIP,
    PROPOSE_EXIT,
)


def form_for(act: Act, user: User, project: Project, sent: Any = None) -> Any:
    """The act's form, with the choices that this person has for this project."""
    more = {"project": project} if act is STAGE else {}
    # several acts stand on one page, so each control needs an id of its own
    return act.form(sent, user=user, auto_id=f"id_{act.name}_%s", **more)
