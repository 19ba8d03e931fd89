"""Signing in, one's own password and one's language."""

from typing import Any

from allauth.account.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import demonstration
from accounts.forms import PasswordForm, SignInForm
from accounts.models import User
from accounts.services import remember_language

INVALID = 422


class SignIn(LoginView):
    """allauth's, which counts failures; in a demonstration it lists the accounts a newcomer may use."""

    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, demonstration=demonstration.accounts())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=INVALID)


class ChangePassword(PasswordChangeView):
    form_class = PasswordForm
    success_url = reverse_lazy("account_change_password")

    def form_invalid(self, form: PasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=INVALID)


sign_in = SignIn.as_view()
change_password = ChangePassword.as_view()


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Set the language of this browser, remember it for the account, and go back to the page that was open."""
    if isinstance(request.user, User):
        remember_language(actor=request.user, language=request.POST.get("language", ""))
    return set_language(request)
