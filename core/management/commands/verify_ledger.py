"""`manage.py verify_ledger`: does the stored ledger hold, and does it agree with the checkpoints outside?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import ledger_check


class Command(BaseCommand):
    help = "Verify the chain, the searchable columns and every checkpoint kept outside the database."

    def handle(self, *args: Any, **options: Any) -> None:
        report = ledger_check.check()
        for finding in report.findings:
            self.stderr.write(finding)
        if report.findings:
            raise CommandError(f"The ledger does not hold: {len(report.findings)} finding(s).")
        self.stdout.write(
            f"The ledger holds: {report.standing.number} entries, head {report.standing.entry_hash.hex()},"
            f" {report.checkpoints} checkpoint(s) agree."
        )
