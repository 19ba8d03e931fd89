"""Mail, where an installation has it. Called from outbox handlers only, so that no act waits for a mail server."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def is_configured() -> bool:
    """Whether EMAIL_HOST names a mail server."""
    return bool(settings.EMAIL_HOST)


def send(*, to: str, language: str, template: str, context: Mapping[str, Any]) -> None:
    """One plain-text mail in the reader's language. The template's first line is the subject."""
    with translation.override(language):
        subject, _, body = render_to_string(template, dict(context)).strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [to])
