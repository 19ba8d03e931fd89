"""One act on many chosen records: first the page that says what it would do and what is refused, then the act.

The chosen references come as boxes ticked in a list, then travel on as one text. Both steps are plain forms.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import InvalidInput
from core.forms import TrackerForm
from core.pages import page_or_partial
from work import acts, services, subjects
from work import bulk as engine
from work.bulk import BulkAct, BulkRefused, Judged
from work.subjects import Kind

SHOWN = 200  # rows of the review that are listed; the others are counted


@login_required
@require_POST
def bulk(request: SignedInRequest, word: str) -> HttpResponseBase:
    kind = subjects.kind(word)
    act = _act(kind, request.POST.get("act", ""))
    given = request.POST.getlist("chosen") or request.POST.get("references", "").split()
    references = engine.references_of(given)
    if act.answer is not None and "confirmed" in request.POST:
        return _answer(request, kind, act, references)
    if "confirmed" not in request.POST:
        return _review(request, kind, act, references)
    return _do(request, kind, act, references)


def _do(request: SignedInRequest, kind: Kind, act: BulkAct, references: Sequence[str]) -> HttpResponse:
    form = act.form(request.POST, user=request.user)

    def work() -> str:
        done = services.do_in_bulk(
            actor=request.user, kind=kind.word, act=act, references=references, typed=form.cleaned_data
        )
        messages.success(request, f"{act.done} ({done})")
        return kind.list_address

    def again() -> HttpResponse:
        return _review(request, kind, act, references, form=form)

    try:
        return send(request, form, work=work, again=again)
    except BulkRefused as refusal:
        return _review(request, kind, act, references, form=form, refusal=refusal)


def _answer(request: SignedInRequest, kind: Kind, act: BulkAct, references: Sequence[str]) -> HttpResponseBase:
    """An act whose result is a file: judged row by row like the others, then sent."""
    form = act.form(request.POST, user=request.user)
    if not form.is_valid() or act.answer is None:
        return _review(request, kind, act, references, form=form)
    judged = engine.judge(act, kind=kind, actor=request.user, references=references, typed=form.cleaned_data)
    if not all(row.verdict for row in judged):
        return _review(request, kind, act, references, form=form, refusal=BulkRefused(judged))
    return act.answer(request.user, kind, [row.thing for row in judged], form.cleaned_data)


def _review(
    request: SignedInRequest,
    kind: Kind,
    act: BulkAct,
    references: Sequence[str],
    *,
    form: TrackerForm | None = None,
    refusal: BulkRefused | None = None,
) -> HttpResponse:
    typed: dict[str, Any] = dict(form.cleaned_data) if form is not None and form.is_valid() else {}
    judged = engine.judge(act, kind=kind, actor=request.user, references=references, typed=typed)
    refused = [row for row in judged if not row.verdict]
    carried = {"act": act.name, "references": " ".join(row.reference for row in judged), "confirmed": True}
    return page_or_partial(
        request,
        page="work/bulk.html",
        status=refusal.status if refusal else (422 if form is not None else 200),
        kind=kind,
        act=act,
        shown=_shown(judged),
        more=max(len(judged) - SHOWN, 0),
        refused=refused,
        without_refused=[row.reference for row in judged if row.verdict] if refused else [],
        count=len(judged),
        refusal=refusal,
        sending=form or act.form(initial=carried, user=request.user),
    )


def _shown(judged: Sequence[Judged]) -> list[Judged]:
    """Refused rows first, so that the reasons are read."""
    return sorted(judged, key=lambda row: bool(row.verdict))[:SHOWN]


def _act(kind: Kind, name: str) -> BulkAct:
    found = acts.of(kind).get(name)
    if found is None:
        raise InvalidInput("choice.invalid", _("Choose what to do with the chosen records."), fields={"act": []})
    return found
