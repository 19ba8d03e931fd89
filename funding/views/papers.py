"""Letters, minutes and packs as PDF, in the language asked for or the reader's own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import paper
from core.errors import NotVisible
from funding import papers
from funding.selectors import papers as rows
from funding.views import meetings
from funding.views.rounds import find


@login_required
@require_GET
def decision_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = rows.decision(request.user, pk)
    with paper.in_language(request.GET.get("language", "")):
        return papers.letter(request.user, decision).answer(f"letter-{decision.request.reference}-{decision.pk}")


@login_required
@require_GET
def round_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    round_ = find(request, pk)
    if round_.published_at is None:
        raise NotVisible("minutes.none", _("There are minutes once the round is published."))
    with paper.in_language(request.GET.get("language", "")):
        return papers.minutes(request.user, round_).answer(f"minutes-{round_.request.reference}-{round_.number}")


@login_required
@require_GET
def round_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    round_ = find(request, pk)
    with paper.in_language(request.GET.get("language", "")):
        return papers.pack(request.user, round_).answer(f"pack-{round_.request.reference}-{round_.number}")


@login_required
@require_GET
def meeting_pack(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meetings.find(request, pk)
    if meeting.published_at is None:
        raise NotVisible("pack.none", _("There is a pack once the agenda is published."))
    with paper.in_language(request.GET.get("language", "")):
        return papers.meeting_pack(request.user, meeting).answer(f"pack-{meeting.body.code}-{meeting.number}")
