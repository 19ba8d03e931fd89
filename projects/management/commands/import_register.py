"""`manage.py import_register FILE [--dry-run] [--leave-refused]`: load a register from a CSV or XLSX file."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.ledger import SYSTEM
from core.reading import ENCODINGS
from projects.importing import Fault, FileRefused, RowsRefused
from projects.importing.batches import finish, first_faults, judged_file
from projects.importing.faults import SHOWN
from projects.models import ImportBatch


class Command(BaseCommand):
    help = "Read a register of AI projects, report every fault by row and column, and store it as one set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--leave-refused", action="store_true", help="store the accepted rows without the others")
        parser.add_argument("--as", dest="username", default="", help="account the import is recorded for")
        parser.add_argument("--source", default="", help="where such files come from; the file's name by default")
        parser.add_argument("--encoding", default="utf-8", choices=[*ENCODINGS], help="how a CSV file is written")
        parser.add_argument("--department", default="", help="safe code of the one department all rows belong to")

    def handle(self, *, file: Path, dry_run: bool, leave_refused: bool, username: str, **options: Any) -> None:
        actor = _account(username) if username else SYSTEM
        try:
            with file.open("rb") as opened, transaction.atomic():
                batch = judged_file(
                    opened,
                    file_name=file.name,
                    actor=actor,
                    source=options["source"],
                    encoding=options["encoding"],
                    department=options["department"],
                    kind=ImportBatch.Kind.PROJECTS,
                )
                self._report(batch)
                refused = batch.summary["verdicts"]["refused"]
                if dry_run or (refused and not leave_refused):
                    transaction.set_rollback(True)
                else:
                    batch.leaves_refused = leave_refused
                    finish(batch, actor=actor)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except RowsRefused as error:
            self._faults(file.name, error.faults, error.total)
            raise CommandError("Nothing was stored: the register changed meanwhile.") from error
        except DomainError as error:
            raise CommandError(_in_one_line(file, error)) from error
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        elif refused and not leave_refused:
            raise CommandError("Nothing was stored. Mend the file, or leave the refused rows out with --leave-refused.")
        else:
            stored = batch.summary["verdicts"]
            self.stdout.write(f"Stored {stored['new']} new projects and {stored['changed']} changes.")

    def _report(self, batch: ImportBatch) -> None:
        self._faults(batch.file_name, first_faults(batch), sum(batch.summary["faults"].values()))
        found = batch.summary["verdicts"]
        self.stdout.write(
            f"{batch.file_name}: {found['new']} new, {found['changed']} changed, {found['same']} already there,"
            f" {found['refused']} refused."
        )
        for code, count in batch.summary["notes"].items():
            self.stdout.write(f"{batch.file_name}: {count} rows noted: {code}")

    def _faults(self, file_name: str, faults: Iterable[Fault], total: int) -> None:
        shown = list(faults)[:SHOWN]
        for fault in shown:
            column = f", column {fault.column}" if fault.column else ""
            self.stdout.write(f"{file_name}: row {fault.row}{column}: {fault.code}: {fault.message}")
        if total > len(shown):
            self.stdout.write(f"… and {total - len(shown)} more faults.")


def _account(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active account {username}.")
    return found


def _in_one_line(file: Path, error: DomainError) -> str:
    row = f" row {error.row}:" if isinstance(error, FileRefused) and error.row else ""
    return f"{file.name}:{row} {error.code}: {error.message} Nothing was stored."
