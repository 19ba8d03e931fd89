"""What the invited person sees: one page behind the link, without being signed in."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import AcceptForm
from accounts.models import Invitation
from accounts.services.invitations import open_invitation
from core.errors import DomainError, TooMany
from core.pages import page_or_partial


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a user name and a password; the account opens and the person is signed in."""
    if not ratelimit.consume(request, action="invitation"):
        raise TooMany("invitation.limit", _("Too many tries from this place. Wait 15 minutes, then try again."))
    invitation = open_invitation(secret)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(invitation.language)
    form = AcceptForm(request.POST or None, initial={"username": invitation.email.partition("@")[0][:150]})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, invitation, form)
    try:
        account = services.accept_invitation(
            secret=secret, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
        )
    except DomainError as refusal:
        if not set(refusal.fields) & set(form.fields):
            raise
        form.refuse(refusal)
        return _shown(request, invitation, form)
    login(request, account, backend="accounts.backends.DatedRolesBackend")
    return redirect("/")


def _shown(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    return page_or_partial(request, page="accounts/accept.html", invitation=invitation, form=form)
