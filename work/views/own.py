"""Following a subject and putting tags on it, from its own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.forms import TrackerForm
from core.pages import page_or_partial
from work import forms, policies, services, subjects
from work.subjects import Subject


@login_required
@require_POST
def follow(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = subjects.find(word, reference, user=request.user)
    form = forms.PlainForm(request.POST)

    def work() -> str:
        services.follow(actor=request.user, kind=word, subject_ids=[subject.thing.pk])
        messages.success(request, _("You follow this record."))
        return subject.address

    return send(request, form, work=work, again=lambda: _again(request, subject, form))


@login_required
@require_POST
def unfollow(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = subjects.find(word, reference, user=request.user)
    form = forms.PlainForm(request.POST)

    def work() -> str:
        services.unfollow(actor=request.user, kind=word, subject_ids=[subject.thing.pk])
        messages.success(request, _("You no longer follow this record."))
        return subject.address

    return send(request, form, work=work, again=lambda: _again(request, subject, form))


@login_required
@require_POST
def tag(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    """Put a tag on: one that is there under this name, or a new one."""
    subject = subjects.find(word, reference, user=request.user)
    policies.can_tag(subject).or_raise()
    form = forms.TagForm(request.POST)

    def work() -> str:
        services.tag_by_name(
            actor=request.user,
            kind=word,
            subject_id=subject.thing.pk,
            name_en=form.cleaned_data["name_en"],
            name_zh_hant=form.cleaned_data["name_zh_hant"],
        )
        messages.success(request, _("The record carries the tag."))
        return subject.address

    return send(request, form, work=work, again=lambda: _again(request, subject, form))


@login_required
@require_POST
def untag(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = subjects.find(word, reference, user=request.user)
    policies.can_tag(subject).or_raise()
    form = forms.UntagForm(request.POST, user=request.user)

    def work() -> str:
        taken = form.cleaned_data["tag"]
        services.untag(actor=request.user, kind=word, subject_id=subject.thing.pk, tag_id=taken.pk)
        messages.success(request, _("The tag is off the record."))
        return subject.address

    return send(request, form, work=work, again=lambda: _again(request, subject, form))


def _again(request: SignedInRequest, subject: Subject, form: TrackerForm) -> HttpResponse:
    return page_or_partial(request, page="work/tag_form.html", subject=subject, form=form)
