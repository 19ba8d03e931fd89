"""What pages of other apps show of this one: tags, following, saved views, and the bar of acts on many rows."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from work import acts, forms, lists, policies, policies_tasks, selectors, subjects
from work.models import Document, Task
from work.subjects import Kind, Subject

register = template.Library()
SHOWN_TASKS = 5


@register.inclusion_tag("work/_own.html", takes_context=True)
def tags_and_following(context: dict[str, Any], thing: Any) -> dict[str, Any]:
    """The card of one record: its tags, and whether the reader follows it."""
    request: HttpRequest = context["request"]
    kind = subjects.kind_of(thing)
    subject = Subject(kind, thing, request.user)  # type: ignore[arg-type] # pages require a signed-in person
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "subject": subject,
        "tags": selectors.tags_of(kind.word, [thing.pk])[thing.pk] if kind.may_have(thing, "tags") else [],
        "follows": thing.is_followed
        if hasattr(thing, "is_followed")
        else selectors.follows(subject.user, kind.word, thing.pk),
        "may_tag": policies.can_tag(subject),
        "form": forms.TagForm(),
        "plain": forms.PlainForm(),
    }


@register.inclusion_tag("work/_follow.html", takes_context=True)
def following(context: dict[str, Any], thing: Any) -> dict[str, Any]:
    """The button by which the reader follows one record, read with `is_followed`, or stops following it."""
    request: HttpRequest = context["request"]
    kind = subjects.kind_of(thing)
    subject = Subject(kind, thing, request.user)  # type: ignore[arg-type] # pages require a signed-in person
    return {
        "csrf_token": context.get("csrf_token"),
        "subject": subject,
        "follows": thing.is_followed,
        "plain": forms.PlainForm(),
    }


@register.inclusion_tag("work/_open_tasks.html", takes_context=True)
def open_tasks(context: dict[str, Any], thing: Any) -> dict[str, Any]:
    """The card of one record: its open tasks that the reader may see, the earliest first."""
    request: HttpRequest = context["request"]
    subject = Subject(subjects.kind_of(thing), thing, request.user)  # type: ignore[arg-type] # pages require a signed-in person
    return {
        "subject": subject,
        "tasks": selectors.tasks_of(subject).filter(state=Task.State.OPEN)[:SHOWN_TASKS]
        if subject.kind.may_have(thing, "tasks")
        else [],
        "may_give": policies_tasks.can_give_task(subject),
    }


@register.inclusion_tag("components/status_badge.html")
def task_badge(task: Task) -> dict[str, Any]:
    """The state of a task in words and a sign."""
    if task.is_late:
        return {"label": pgettext("task", "late"), "tone": "bad"}
    return {"label": task.get_state_display(), "tone": "good" if task.state == Task.State.DONE else "none"}


@register.simple_tag
def carry_tags(rows: Any) -> str:
    """Give each row of a page its `tags`, in one query for all of them."""
    things = list(rows)
    if things:
        kind = subjects.kind_of(things[0])
        found = selectors.tags_of(kind.word, [thing.pk for thing in things]) if selectors.any_tags() else {}
        for thing in things:
            thing.tags = found.get(thing.pk, [])
    return ""


@register.inclusion_tag("work/_saved_views.html", takes_context=True)
def saved_views(context: dict[str, Any], list_name: str) -> dict[str, Any]:
    """The bar over a list: the views one may open, and a form that keeps the list as it stands."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for out in lists.KEPT_OUT:
        query.pop(out, None)
    asked = query.urlencode()
    user: Any = request.user
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "views": list(selectors.views_of(user, list_name)),
        "form": forms.SaveViewForm(initial={"list_name": list_name, "query": asked}, user=user) if asked else None,
        "is_filtered": bool(asked),
    }


@register.inclusion_tag("work/_bulk_bar.html", takes_context=True)
def bulk_bar(context: dict[str, Any], word: str) -> dict[str, Any]:
    """Under a list whose rows have boxes of the form `bulk-form`: what to do with the ticked ones."""
    request: HttpRequest = context["request"]
    kind = subjects.kind(word)
    user: Any = request.user
    return {
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "acts": [act for act in acts.of(kind).values() if act.offered(user)],
    }


@register.filter
def classification_tone(classification: str) -> str:
    return {"open": "none", "restricted": "warning"}.get(classification, "bad")


@register.simple_tag
def subject_url(subject: Subject, page: str, *more: Any) -> str:
    """The address of a sub-page of a subject."""
    return subject.url(page, *more)


@register.simple_tag
def named(kind: Kind, thing: Any) -> str:
    """The title or name of a row in the reader's language."""
    return str(thing.in_language(kind.title))


@register.simple_tag
def titled(document: Document) -> str:
    return document.in_language("title")


@register.simple_tag
def list_label(name: str) -> str:
    return str(lists.get(name).label)


@register.simple_tag
def tick_box(thing: Any) -> SafeString:
    """The box that chooses a row for the form `bulk-form`."""
    words = _("Choose %(reference)s") % {"reference": thing.reference}
    return format_html(
        '<input class="form-check-input" type="checkbox" name="chosen" form="bulk-form" value="{}" aria-label="{}">',
        thing.reference,
        words,
    )
