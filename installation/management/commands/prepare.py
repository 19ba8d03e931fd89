"""`manage.py prepare`: bring database and translations up to date; what `./dev up` runs before it serves."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from core.models import Installation
from installation import foundations
from installation.demonstration import readings


class Command(BaseCommand):
    help = (
        "Migrate as the owner, compile the translations and, if asked, fill an empty database with the demonstration."
    )
    requires_system_checks: list[str] = []  # `./dev check` runs them; a start should not wait for them again

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demonstration", action="store_true", help="load the demonstration into an empty database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        self._say("Compiling translations")
        call_command("compile_translations", verbosity=0, stdout=self.stdout)
        if options["demonstration"]:
            self._demonstration()

    def _migrate(self) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("Set DATABASE_OWNER_URL: only the owner's role may make or change tables.")
        executor = MigrationExecutor(connections["owner"])
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not waiting:
            return
        self._say(f"Applying {waiting} migrations")
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)

    def _demonstration(self) -> None:
        if foundations.is_empty():
            call_command("demo", stdout=self.stdout)
        elif not Installation.objects.filter(is_demonstration=True).exists():
            raise CommandError("This database holds real records: the demonstration is never loaded into it.")
        else:
            readings.follow_sample_service()

    def _say(self, words: str) -> None:
        self.stdout.write(f"{words} …")
        self.stdout.flush()
