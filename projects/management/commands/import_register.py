"""`manage.py import_register FILE [--dry-run] [--leave-refused]`: load a register of projects from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.ledger import SYSTEM
from projects.importing import Fault, FileRefused, Proposal, RowsRefused, confirm, preview, propose
from projects.importing.faults import SHOWN
from projects.importing.proposal import NEW, REFUSED, SAME


class Command(BaseCommand):
    help = "Read a CSV register of AI projects, report every fault by row and column, and store it as one set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--leave-refused", action="store_true", help="store the accepted rows without the others")
        parser.add_argument("--as", dest="username", default="", help="account the import is recorded for")

    def handle(self, *, file: Path, dry_run: bool, leave_refused: bool, username: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                proposal = propose(opened, file_name=file.name)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(_in_one_line(file, error)) from error
        self._report(proposal)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
            return
        if proposal.faults and not leave_refused:
            raise CommandError("Nothing was stored. Mend the file, or leave the refused rows out with --leave-refused.")
        self._store(proposal, username, leave_refused)

    def _report(self, proposal: Proposal) -> None:
        for fault in proposal.faults[:SHOWN]:
            self.stdout.write(_fault_line(proposal.file_name, fault))
        if len(proposal.faults) > SHOWN:
            self.stdout.write(f"… and {len(proposal.faults) - SHOWN} more faults.")
        new, same, refused = (proposal.count(verdict) for verdict in (NEW, SAME, REFUSED))
        self.stdout.write(f"{proposal.file_name}: {new} new, {same} already there, {refused} refused.")

    def _store(self, proposal: Proposal, username: str, leave_refused: bool) -> None:
        actor = _account(username) if username else SYSTEM
        try:
            with transaction.atomic():
                batch = preview(proposal, actor=actor)
                confirm(actor=actor, batch_id=batch.pk, leave_refused=leave_refused)
        except RowsRefused as error:
            for fault in error.faults:
                self.stdout.write(_fault_line(proposal.file_name, fault))
            raise CommandError("Nothing was stored: the register changed meanwhile.") from error
        self.stdout.write(f"Stored {batch.rows.filter(project__isnull=False).count()} projects.")


def _account(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active account {username}.")
    return found


def _fault_line(file_name: str, fault: Fault) -> str:
    column = f", column {fault.column}" if fault.column else ""
    return f"{file_name}: row {fault.row}{column}: {fault.code}: {fault.message}"


def _in_one_line(file: Path, error: DomainError) -> str:
    row = f" row {error.row}:" if isinstance(error, FileRefused) and error.row else ""
    return f"{file.name}:{row} {error.code}: {error.message} Nothing was stored."
