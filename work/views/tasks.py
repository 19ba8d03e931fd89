"""Tasks about a subject on its own page, one's own under `/my-work/tasks/`, and what may be done with one."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import params
from core.acts import Act, offers, send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from work import forms, selectors, services, subjects, tabs
from work import policies_tasks as policies
from work.models import Task
from work.subjects import Subject

CHANGE = Act(
    name="change",
    label=gettext_lazy("Change the task"),
    explains=gettext_lazy("The person who has it is told."),
    form=forms.ChangeTaskForm,
    may=policies.can_change_task,
    work=lambda user, task, typed: services.change_task(actor=user, task_id=task.pk, **_said(typed)),
    done=gettext_lazy("The task is changed."),
    style="outline-primary",
)
TASK_ACTS = (
    Act(
        name="finish",
        label=gettext_lazy("Report it done"),
        explains=gettext_lazy("Whoever gave it, or had it before, is told."),
        form=forms.FinishTaskForm,
        may=policies.can_finish_task,
        work=lambda user, task, typed: services.finish_task(actor=user, task_id=task.pk, note=typed["note"]),
        done=gettext_lazy("The task is done."),
    ),
    Act(
        name="hand-on",
        label=gettext_lazy("Hand it on"),
        explains=gettext_lazy("Somebody else does it from now on. You go on seeing it."),
        form=forms.HandOnForm,
        may=policies.can_hand_on_task,
        work=lambda user, task, typed: services.hand_on_task(
            actor=user, task_id=task.pk, to=typed["to"], note=typed["note"]
        ),
        done=gettext_lazy("The task is handed on."),
        style="outline-primary",
    ),
    CHANGE,
    Act(
        name="withdraw",
        label=gettext_lazy("Withdraw the task"),
        explains=gettext_lazy("It is not to be done any more. The way it took stays on record."),
        form=forms.WithdrawForm,
        may=policies.can_change_task,
        work=lambda user, task, typed: services.withdraw_task(actor=user, task_id=task.pk, reason=typed["reason"]),
        done=gettext_lazy("The task is withdrawn."),
        style="outline-danger",
    ),
)


@login_required
@require_GET
def subject_tasks(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    """Tasks about one subject, as far as the reader may see them."""
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    return _show_all(request, subjects.find(word, reference, user=request.user))


@login_required
@require_POST
def task_new(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = subjects.find(word, reference, user=request.user)
    policies.can_give_task(subject).or_raise()
    form = forms.TaskForm(request.POST, user=request.user)

    def work() -> str:
        services.give_task(actor=request.user, kind=word, subject_id=subject.thing.pk, **_said(form.cleaned_data))
        messages.success(request, _("The task is given."))
        return subject.url("tasks")

    return send(request, form, work=work, again=lambda: _show_all(request, subject, form=form))


@login_required
@require_GET
def task_list(request: SignedInRequest) -> HttpResponse:
    """Tasks that the reader gave, has or had, open ones first."""
    params.refuse_unknown(request.GET, frozenset({"page", "page_size"}))
    page = paginate(request, selectors.tasks_in_hand(request.user), default=30)
    lines = selectors.with_subjects(request.user, page.object_list)
    return page_or_partial(request, page="work/task_list.html", tabs=tabs.own(), page_of=page, lines=lines)


@login_required
@require_GET
def task(request: SignedInRequest, task: int) -> HttpResponse:
    params.refuse_unknown(request.GET, frozenset())
    return _show(request, _find(request, task))


def task_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, task: int) -> HttpResponse:
        found = _find(request, task)
        form = _form(act, found, request.user, request.POST)

        def work() -> str:
            act.work(request.user, found, form.cleaned_data)
            messages.success(request, str(act.done))
            return reverse("my_work:task", args=[found.pk])

        def again() -> HttpResponse:
            act.may(request.user, found).or_raise()
            return _show(request, found, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def _find(request: SignedInRequest, key: int) -> Task:
    rows = Task.objects.visible_to(request.user).select_related("owner", "given_by")
    found = rows.filter(pk=key).first() if key < 2**63 else None
    if found is None:
        raise subjects.not_there()
    return found


def _show_all(request: SignedInRequest, subject: Subject, *, form: TrackerForm | None = None) -> HttpResponse:
    giving = policies.can_give_task(subject)
    page = paginate(request, selectors.tasks_of(subject))
    return page_or_partial(
        request,
        page="work/tasks.html",
        status=422 if form is not None else 200,
        subject=subject,
        page_of=page,
        lines=[(task, None) for task in page.object_list],
        giving=(form or forms.TaskForm(user=request.user)) if giving else None,
    )


def _show(request: SignedInRequest, found: Task, *, refused: Mapping[str, TrackerForm] | None = None) -> HttpResponse:
    subject = subjects.of(found, user=request.user)
    return page_or_partial(
        request,
        page="work/task.html",
        status=422 if refused else 200,
        subject=subject,
        task=found,
        steps=found.steps.select_related("by", "to"),
        offers=offers(
            TASK_ACTS,
            user=request.user,
            thing=found,
            form=partial(_form, task=found, user=request.user),
            address=lambda act: reverse(f"my_work:task-{act.name}", args=[found.pk]),
            refused=refused or {},
        ),
    )


def _form(act: Act, task: Task, user: Any, *sent: Any) -> TrackerForm:
    more: dict[str, Any] = {"task": task} if act is CHANGE else {}
    return act.form(*sent, auto_id=f"id_{act.name}_%s", user=user, **more)


def _said(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name != "form_token"}
