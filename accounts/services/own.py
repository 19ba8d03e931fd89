"""What a person does to their own account."""

from django.conf import settings
from django.db import transaction

from accounts.models import User


@transaction.atomic
def remember_language(*, actor: User, language: str) -> None:
    """Keep the language for the next browser this account signs in from. One we do not have changes nothing."""
    if language in dict(settings.LANGUAGES) and language != actor.language:
        actor.language = language
        actor.save(update_fields=["language"])
