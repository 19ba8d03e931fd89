"""Draft, clear and issue reports without a browser, each step as the account that takes it (DESIGN 9)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Department, User
from core import paper
from core.errors import DomainError
from reports import services
from reports.house import FORMS
from reports.models import Report
from reports.render import downloads


class Command(BaseCommand):
    help = "Draft, clear or issue a report as three different people, or write its files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        draft = steps.add_parser("draft", help="gather a report")
        draft.add_argument("form", choices=sorted(FORMS))
        draft.add_argument("period", help="2026-11-22, 2026-10, 2026-Q3 or 2026-27, as the form asks for")
        draft.add_argument("--department", metavar="CODE")
        for name, words in (("clear", "clear a draft"), ("issue", "issue a cleared report")):
            steps.add_parser(name, help=words).add_argument("reference")
        for name in ("draft", "clear", "issue"):
            steps.choices[name].add_argument("--by", required=True, metavar="USERNAME", help="who takes this step")
        files = steps.add_parser("files", help="write a report's files into a folder")
        files.add_argument("reference")
        files.add_argument("folder", type=Path)
        files.add_argument("--language", choices=sorted(paper.HOUSE), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(getattr(self, f"_{options['step']}")(options))
        except DomainError as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal

    def _draft(self, options: dict[str, Any]) -> str:
        department = None
        if options["department"]:
            department = Department.objects.filter(code=options["department"]).first()
            if department is None:
                raise CommandError(f"There is no department {options['department']}.")
        made = services.draft_report(
            actor=_account(options), form=options["form"], period=options["period"], department=department
        )
        return f"{made.reference} {made.status} {made.digest}"

    def _clear(self, options: dict[str, Any]) -> str:
        made = services.clear_report(actor=_account(options), report_id=_report(options).pk)
        return f"{made.reference} {made.status}"

    def _issue(self, options: dict[str, Any]) -> str:
        made = services.issue_report(actor=_account(options), report_id=_report(options).pk)
        return f"{made.reference} {made.status} {made.signature}"

    def _files(self, options: dict[str, Any]) -> str:
        report, folder = _report(options), options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        kinds = downloads.KINDS if report.signature else ("pdf", "docx")
        names = []
        with paper.in_language(options["language"]):
            for kind in kinds:
                content, _type, name = downloads.MAKERS[kind](report)
                (folder / name).write_bytes(content)
                names.append(name)
        return "\n".join(names)


def _account(options: dict[str, Any]) -> User:
    found = User.objects.filter(username=options["by"], is_active=True).first()
    if found is None:
        raise CommandError(f"There is no account {options['by']}.")
    return found


def _report(options: dict[str, Any]) -> Report:
    found = Report.objects.filter(reference=options["reference"]).first()
    if found is None:
        raise CommandError(f"There is no report {options['reference']}.")
    return found
