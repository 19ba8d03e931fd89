"""What insiders say to each other about a subject; for everybody else the page is not there."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import params
from core.acts import send
from core.forms import TrackerForm
from core.pages import page_or_partial, paginate
from work import forms, policies, services, subjects
from work.models import Comment
from work.subjects import Subject

ON_A_PAGE = 20


@login_required
@require_GET
def discussion(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    return show(request, inside(request, word, reference))


@login_required
@require_POST
def say(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = inside(request, word, reference)
    form = forms.CommentForm(request.POST, subject=subject)

    def work() -> str:
        typed = form.cleaned_data
        services.say(
            actor=request.user, kind=word, subject_id=subject.thing.pk, text=typed["text"], to=list(typed["to"])
        )
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


@login_required
@require_GET
def comment(request: SignedInRequest, word: str, reference: str, comment: int) -> HttpResponse:
    """The page of the discussion on which a comment stands, however many were said since."""
    subject = inside(request, word, reference)
    params.refuse_unknown(request.GET, frozenset())
    rows = Comment.objects.of(word, subject.thing.pk)
    found = rows.filter(pk=comment).first()
    if found is None:
        raise subjects.not_there()
    newer = rows.filter(Q(said_at__gt=found.said_at) | Q(said_at=found.said_at, pk__gt=found.pk)).count()
    return redirect(f"{subject.url('discussion')}?page={newer // ON_A_PAGE + 1}#comment-{found.pk}")


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
    said = said.prefetch_related("mentions__person")
    page = paginate(request, said.order_by("-said_at", "-pk"), default=ON_A_PAGE)
    lines = [(each, _withdrawing(subject, each, refused or {})) for each in page.object_list]
    return page_or_partial(
        request,
        page="work/discussion.html",
        status=422 if refused else 200,
        subject=subject,
        page_of=page,
        lines=lines,
        form=form or forms.CommentForm(subject=subject),
        may_comment=policies.can_comment(subject),
    )


def _withdrawing(subject: Subject, comment: Comment, refused: Mapping[int, TrackerForm]) -> TrackerForm | None:
    if not policies.can_withdraw_comment(subject, comment):
        return None
    return refused.get(comment.pk) or forms.WithdrawForm(auto_id=f"id_{comment.pk}_%s")
