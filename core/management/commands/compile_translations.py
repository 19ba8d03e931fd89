"""Make the catalogues of both Chinese scripts from the parts, or check that nothing is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import translations


class Command(BaseCommand):
    help = "Compile the Chinese texts; --check lists every text without one and fails."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="list what is missing and fail")
        parser.add_argument("--force", action="store_true", help="compile even when nothing has changed")

    def handle(self, *args: Any, check: bool, force: bool, **options: Any) -> None:
        done = translations.compile_all(even_if_fresh=force)
        self.stdout.write("Chinese texts compiled." if done else "Chinese texts are up to date.")
        if not check:
            return
        for text, _context in translations.unused():
            self.stdout.write(f"no longer used: {text!r}")
        if found := translations.faults():
            raise CommandError(f"{len(found)} texts need their Chinese:\n" + "\n".join(map(str, found)))
