"""Mail, where an installation has it. Called from outbox handlers only, so that no act waits for a mail server."""

from collections.abc import Mapping
from smtplib import SMTPConnectError, SMTPException, SMTPHeloError, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from core.outbox import Away

LATER = range(400, 500)  # what a mail server answers when it wants to be asked again


def is_configured() -> bool:
    """Whether EMAIL_HOST names a mail server."""
    return bool(settings.EMAIL_HOST)


def send(*, to: str, language: str, template: str, context: Mapping[str, Any]) -> None:
    """One plain-text mail in the reader's language. The template's first line is the subject.

    A server that does not answer, or asks for later, is waited for (TRUST F34); what it refuses for good is a failure.
    """
    with translation.override(language):
        subject, _, body = render_to_string(template, dict(context)).strip().partition("\n")
    try:
        send_mail(subject.strip(), body.strip() + "\n", None, [to])
    except OSError as error:
        if _is_away(error):
            raise Away(f"{type(error).__name__}: {error}") from error
        raise


def _is_away(error: OSError) -> bool:
    """No answer at all, a broken conversation, or an answer that asks for later."""
    if isinstance(error, SMTPServerDisconnected | SMTPConnectError | SMTPHeloError):
        return True
    if isinstance(error, SMTPResponseException):
        return error.smtp_code in LATER
    return not isinstance(error, SMTPException)
