"""What insiders say to each other about a subject; for everybody else the page is not there."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from work import forms, policies, services, subjects
from work.models import Comment
from work.subjects import Subject


@login_required
@require_GET
def discussion(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    return show(request, inside(request, word, reference))


@login_required
@require_POST
def say(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = inside(request, word, reference)
    form = forms.CommentForm(request.POST)

    def work() -> str:
        services.say(actor=request.user, kind=word, subject_id=subject.thing.pk, text=form.cleaned_data["text"])
        messages.success(request, _("Your comment is recorded."))
        return subject.url("discussion")

    def again() -> HttpResponse:
        policies.can_comment(subject).or_raise()
        return show(request, subject, form=form)

    return send(request, form, work=work, again=again)


@login_required
@require_POST
def withdraw_comment(request: SignedInRequest, word: str, reference: str, comment: int) -> HttpResponse:
    subject = inside(request, word, reference)
    found = Comment.objects.of(word, subject.thing.pk).filter(pk=comment).first()
    if found is None:
        raise subjects.not_there()
    form = forms.WithdrawForm(request.POST)

    def work() -> str:
        services.withdraw_comment(actor=request.user, comment_id=found.pk, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your comment is withdrawn."))
        return subject.url("discussion")

    def again() -> HttpResponse:
        policies.can_withdraw_comment(subject, found).or_raise()
        return show(request, subject, refused={found.pk: form})

    return send(request, form, work=work, again=again)


def inside(request: SignedInRequest, word: str, reference: str) -> Subject:
    """The subject, for an insider; comments are invisible to everybody else, so the page is a 404 (DESIGN 8)."""
    subject = subjects.find(word, reference, user=request.user)
    if not subject.is_insider:
        raise subjects.not_there()
    return subject


def show(
    request: SignedInRequest,
    subject: Subject,
    *,
    form: TrackerForm | None = None,
    refused: Mapping[int, TrackerForm] | None = None,
) -> HttpResponse:
    said = Comment.objects.of(subject.kind.word, subject.thing.pk).select_related("author", "withdrawn_by")
    page = paginate(request, said.order_by("-said_at", "-pk"), default=20)
    lines = [(each, _withdrawing(subject, each, refused or {})) for each in page.object_list]
    return page_or_partial(
        request,
        page="work/discussion.html",
        status=422 if refused else 200,
        subject=subject,
        page_of=page,
        lines=lines,
        form=form or forms.CommentForm(),
        may_comment=policies.can_comment(subject),
    )


def _withdrawing(subject: Subject, comment: Comment, refused: Mapping[int, TrackerForm]) -> TrackerForm | None:
    if not policies.can_withdraw_comment(subject, comment):
        return None
    return refused.get(comment.pk) or forms.WithdrawForm(auto_id=f"id_{comment.pk}_%s")
