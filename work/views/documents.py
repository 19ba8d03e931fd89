"""Documents of a subject: the list, one document with its versions, and the files themselves."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import uploads
from core.acts import Act, offers, send
from core.errors import NotVisible, Unprocessable
from core.forms import TrackerForm
from core.limits import LARGEST_FILE_BODY, takes_body_of
from core.pages import page_or_partial, paginate
from core.uploads import StoredFile
from work import forms, policies, selectors, services, subjects
from work.models import Document, DocumentVersion
from work.subjects import Subject

About = tuple[Subject, Document]


@contextmanager
def storing(subject: Subject, file: Any) -> Iterator[StoredFile]:
    """Keep the file for as long as what records it succeeds; what is wrong with it is said beside the field."""
    used = services.quota_used(subject.kind.word, subject.thing.pk)
    try:
        with uploads.storing(file, shown_name=file.name, quota_used=used) as stored:
            yield stored
    except Unprocessable as refusal:
        if refusal.code.startswith("file."):
            refusal.fields.setdefault("file", [refusal.message])
        raise


def _new_version(user: Any, about: About, typed: Mapping[str, Any]) -> None:
    subject, document = about
    with storing(subject, typed["file"]) as stored:
        services.add_version(actor=user, document_id=document.pk, stored=stored, note=typed["note"])


def _edit(user: Any, about: About, typed: Mapping[str, Any]) -> None:
    said = {name: typed[name] for name in ("title_en", "title_zh_hant", "title_zh_hans", "classification", "reason")}
    services.edit_document(
        actor=user,
        document_id=about[1].pk,
        expected_version=typed["expected_version"],
        document_kind=typed["kind"],
        **said,
    )


VERSION = Act(
    name="version",
    label=_("Add a version"),
    explains=_("It becomes the version in force. Earlier ones stay and can be fetched."),
    form=forms.VersionForm,
    may=lambda user, about: policies.can_change_document(*about),
    work=_new_version,
    done=_("The version is added."),
)
EDIT = Act(
    name="edit",
    label=_("Change the entry"),
    explains=_("Titles, kind and classification. The history shows what they were."),
    form=forms.EditDocumentForm,
    may=lambda user, about: policies.can_change_document(*about),
    work=_edit,
    done=_("The entry is changed."),
    style="outline-primary",
)
WITHDRAW = Act(
    name="withdraw",
    label=_("Withdraw the document"),
    explains=_("Nobody can fetch it any more. Its entry and your reason stay."),
    form=forms.WithdrawForm,
    may=lambda user, about: policies.can_withdraw_document(*about),
    work=lambda user, about, typed: services.withdraw_document(
        actor=user, document_id=about[1].pk, reason=typed["reason"]
    ),
    done=_("The document is withdrawn."),
    style="outline-secondary",
)
DOCUMENT_ACTS: tuple[Act, ...] = (VERSION, EDIT, WITHDRAW)


@login_required
@require_GET
def documents(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    return show_all(request, subjects.find(word, reference, user=request.user))


@takes_body_of(LARGEST_FILE_BODY)
@login_required
@require_POST
def document_new(request: SignedInRequest, word: str, reference: str) -> HttpResponse:
    subject = subjects.find(word, reference, user=request.user)
    policies.can_add_document(subject).or_raise()
    form = forms.NewDocumentForm(request.POST, request.FILES)

    def work() -> str:
        said = form.said()
        with storing(subject, form.cleaned_data["file"]) as stored:
            made = services.add_document(
                actor=request.user,
                kind=word,
                subject_id=subject.thing.pk,
                document_kind=said.pop("kind"),
                stored=stored,
                note=form.cleaned_data["note"],
                **said,
            )
        messages.success(request, _("The document is added."))
        return subject.url("document", made.reference)

    return send(request, form, work=work, again=lambda: show_all(request, subject, form=form))


@login_required
@require_GET
def document(request: SignedInRequest, word: str, reference: str, document: str) -> HttpResponse:
    return show(request, *find(request, word, reference, document))


@login_required
@require_GET
def document_file(request: SignedInRequest, word: str, reference: str, document: str, number: int) -> HttpResponseBase:
    """One version as a download, judged again whenever it is asked for; of a withdrawn document there is none."""
    _subject, found = find(request, word, reference, document)
    version = DocumentVersion.objects.visible_to(request.user).filter(document=found, number=number).first()
    if version is None:
        raise not_there()
    return uploads.attachment(name=version.stored_name, shown_name=version.shown_name, media_type=version.media_type)


def document_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, word: str, reference: str, document: str) -> HttpResponse:
        about = find(request, word, reference, document)
        form = _form(act, about, request.POST, request.FILES)

        def work() -> str:
            act.work(request.user, about, form.cleaned_data)
            messages.success(request, str(act.done))
            return about[0].url("document", about[1].reference)

        def again() -> HttpResponse:
            act.may(request.user, about).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, *about, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return takes_body_of(LARGEST_FILE_BODY)(view) if act is VERSION else view


def find(request: SignedInRequest, word: str, reference: str, document: str) -> About:
    """A document of this very subject that the person sees."""
    subject = subjects.find(word, reference, user=request.user)
    rows = selectors.documents_of(request.user, word, subject.thing.pk)
    found = rows.filter(reference=document).first()
    if found is None:
        raise not_there()
    return subject, found


def not_there() -> NotVisible:
    return NotVisible("document.none", _("There is no such document, or you may not see it."))


def show_all(request: SignedInRequest, subject: Subject, *, form: TrackerForm | None = None) -> HttpResponse:
    rows = selectors.documents_of(request.user, subject.kind.word, subject.thing.pk)
    return page_or_partial(
        request,
        page="work/documents.html",
        status=422 if form is not None else 200,
        subject=subject,
        page_of=paginate(request, rows),
        adding=(form or forms.NewDocumentForm()) if policies.can_add_document(subject) else None,
    )


def show(
    request: SignedInRequest, subject: Subject, found: Document, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    about = (subject, found)
    return page_or_partial(
        request,
        page="work/document.html",
        status=422 if refused else 200,
        subject=subject,
        document=found,
        versions=found.versions.all(),
        offers=offers(
            DOCUMENT_ACTS,
            user=request.user,
            thing=about,
            form=partial(_form, about=about),
            address=lambda act: subject.url(f"document-{act.name}", found.reference),
            refused=refused or {},
        ),
    )


def _form(act: Act, about: About, *sent: Any) -> TrackerForm:
    more: dict[str, Any] = {"document": about[1]} if act is EDIT else {}
    return act.form(*sent, auto_id=f"id_{act.name}_%s", **more)
