"""`derive_reference_rates FILE_2023 FILE_2024`: make data/reference_rates.csv anew from the published inventories."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboards.forecast.references import COLUMNS, FILE
from dashboards.rules import reference

FIRST = ("utf-8", "Title", "Development_Stage")
SECOND = ("cp1252", "Use Case Name", "Stage of Development")


class Command(BaseCommand):
    help = "Derive the forecast's reference rates from the US inventories of AI use cases of 2023 and 2024."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("first", type=Path, help="inventory of 2023, as published (CSV)")
        parser.add_argument("second", type=Path, help="inventory of 2024, as published (CSV)")
        parser.add_argument("--to", type=Path, default=FILE, help="file to write")

    def handle(self, *args: Any, first: Path, second: Path, to: Path, **options: Any) -> None:
        seen = reference.linked(_pairs(first, *FIRST), _pairs(second, *SECOND))
        rows = reference.table(seen)
        if any(row.number == 0 for row in rows):
            raise CommandError("A state has no use case that could be followed from one year to the next.")
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(
                [row.state.name.lower(), *(getattr(row, column) for column in COLUMNS[1:])] for row in rows
            )
        self.stdout.write(f"{sum(row.number for row in rows)} use cases followed; written to {to}")


def _pairs(path: Path, encoding: str, title: str, stage: str) -> list[tuple[str, str]]:
    """Title and stage of every record. Headings are met by their first words: some end in blanks or line breaks."""
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.reader(file)
        headings = [heading.strip() for heading in next(rows)]
        try:
            columns = headings.index(title), headings.index(stage)
        except ValueError as error:
            raise CommandError(f"{path.name} has no column “{title}” or “{stage}”.") from error
        return [(row[columns[0]], row[columns[1]]) for row in rows]
