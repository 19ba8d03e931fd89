"""A voter takes the receipt of their own vote along, as a file that the offline verifier reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.errors import NotVisible
from funding.selectors import receipts
from funding.views.rounds import find


@login_required
@require_GET
def round_receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    round_ = find(request, pk)
    found = receipts.of_person(round_, request.user.person)
    if found is None:
        raise NotVisible("receipt.none", _("You have not voted in this round."))
    answer = JsonResponse(found.as_file(), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.entry}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
