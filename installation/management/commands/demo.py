"""`manage.py demo`: fill an empty database with a believable programme, marked as a demonstration (DESIGN 9)."""

from argparse import ArgumentParser
from datetime import date, datetime
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.models import Installation
from installation import foundations
from installation.demonstration import people, story


class Command(BaseCommand):
    help = "Load the demonstration into an empty database, or print its accounts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help="day the story ends; today if left out"
        )
        parser.add_argument("--accounts", action="store_true", help="print the accounts and do nothing else")
        parser.add_argument("--if-empty", action="store_true", help="do nothing if the database is in use")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._print_accounts()
        elif foundations.is_empty():
            self._load(options["on"])
        elif not options["if_empty"]:
            raise CommandError(
                "This database is in use: the demonstration is loaded only into an empty one. Nothing was changed."
            )

    def _load(self, day: date | None) -> None:
        ends_at = datetime.combine(day, story.LAST_HOUR, tzinfo=clock.HONG_KONG) if day else clock.now()
        began = time.monotonic()
        story.tell(ends_at=ends_at, say=self._say)
        self._say(f"The demonstration is loaded ({time.monotonic() - began:.0f} s)")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _print_accounts(self) -> None:
        if not Installation.objects.filter(is_demonstration=True).exists():
            raise CommandError("This database is no demonstration: it has no demonstration accounts.")
        officers = {officer.username: officer for officer in people.everybody()}
        self.stdout.write(f"Every account's password is {people.PASSWORD}")
        for username, duty in people.SHOWN:
            officer = officers[username]
            self.stdout.write(f"  {username:10} {officer.name_en} ({officer.department}): {duty}")
