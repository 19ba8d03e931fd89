"""`manage.py check_invariants`: does everything that must never be otherwise still hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from funding import invariants


class Command(BaseCommand):
    help = "Recompute decisions, tiers and tallies from what they follow from, and report every difference."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = invariants.check()
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError(f"{len(findings)} invariant(s) are broken.")
        self.stdout.write("Every invariant holds.")
