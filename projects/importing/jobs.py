"""Long imports, carried out by the outbox: each is one transaction, taken up again from the start after a crash."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import translation
import pghistory

from accounts.models import User
from core import outbox
from core.errors import DomainError
from core.ledger import SYSTEM
from projects.importing import batches, progress
from projects.models import ImportBatch

Status = ImportBatch.Status


@outbox.handler("import.read")
def read(told: dict[str, Any]) -> None:
    batch = ImportBatch.objects.select_for_update().get(pk=told["batch"])
    if batch.status == Status.WAITING:
        with _acting(told) as actor:
            batches.read(batch, actor=actor)


@outbox.handler("import.store")
def store(told: dict[str, Any]) -> None:
    """Store the set. When the register has moved on so far that it is refused, it goes back to be looked at."""
    from django.db import transaction

    batch = ImportBatch.objects.select_for_update().get(pk=told["batch"])
    if batch.status != Status.STORING:
        return
    with _acting(told) as actor:
        try:
            with transaction.atomic():
                batches.finish(batch, actor=actor)
        except DomainError as error:
            batch.refresh_from_db()
            batch.status = Status.PREVIEWED
            batch.trouble = {"code": error.code, "message": str(error.message)}
            batch.save(update_fields=["status", "trouble"])
            progress.forget(batch.pk)


@contextmanager
def _acting(told: dict[str, Any]) -> Iterator[User | str]:
    """As the person who asked, in their language, with their name in the history of every row."""
    actor: User | str = User.objects.get(pk=told["account"]) if told["account"] else SYSTEM
    language = actor.language if isinstance(actor, User) else "en"
    user = actor.pk if isinstance(actor, User) else None
    with translation.override(language), pghistory.context(user=user, url="import"):
        yield actor
