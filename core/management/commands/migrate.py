"""Django's `migrate`, run by the owner's role unless told otherwise (DESIGN 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
import gc
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate


class Command(DjangoMigrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] not in settings.DATABASES:
            raise CommandError(
                "Set DATABASE_OWNER_URL: the owner's role makes the tables, the app's role only uses them."
            )
        with seldom_collecting():
            super().handle(*args, **options)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Every step makes the models of its past anew; looking for garbage among them takes a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(500_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
