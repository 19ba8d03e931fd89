"""LibreOffice as the reader of our files: what it makes of a table, cell by cell, and of a Word document, as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
import subprocess
from xml.etree import ElementTree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SECONDS = 300
MOST_REPEATED = 200  # cells alike; a sheet ends with a million empty ones

# Comma, double quote, UTF-8, from row 1; dates and numbers are looked for, and formulas are run where it finds any.
CSV = "Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,0,true"


@dataclass(frozen=True, slots=True)
class Found:
    """One cell as LibreOffice has it: its type, its value as the file of it says, its text, and its formula if any."""

    kind: str
    value: str
    text: str
    formula: str | None


def cells_of(file: Path, *, reader: str = "") -> list[list[Found]]:
    """The rows of the first sheet of a file."""
    made = converted(file, "fods", reader=reader)
    table = next(ElementTree.parse(made).getroot().iter(f"{TABLE}table"))
    rows: list[list[Found]] = []
    for row in table.iter(f"{TABLE}table-row"):
        times = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        cells = list(_cells(row))
        while cells and not cells[-1].kind:
            cells.pop()
        if times <= MOST_REPEATED:
            rows += [cells] * times
    while rows and not rows[-1]:
        rows.pop()
    return rows


def converted(file: Path, to: str, *, reader: str = "") -> Path:
    """The file as another kind, made by LibreOffice under a fresh profile, so that it asks nothing."""
    into = file.parent / f"as-{to}"
    command = ["soffice", f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", "--headless", "--norestore"]
    command += [f"--infilter={reader}"] if reader else []
    command += ["--convert-to", to, "--outdir", str(into), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = into / f"{file.stem}.{to}"
    assert made.exists(), done.stdout + done.stderr
    return made


def words_of(file: Path) -> str:
    """A text document as its printed pages say it, without spaces, which lines and columns move about."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(converted(file, "pdf")), "-"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return "".join(done.stdout.split())


def _cells(row: ElementTree.Element) -> Iterator[Found]:
    for cell in row:
        if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            continue
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        kind = cell.get(f"{OFFICE}value-type", "")
        name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
        text = "\n".join(map(_paragraph, cell.findall(f"{TEXT}p")))
        found = Found(kind, cell.get(f"{OFFICE}{name}", ""), text, cell.get(f"{TABLE}formula"))
        yield from [found] * min(times, MOST_REPEATED)


def _paragraph(part: ElementTree.Element) -> str:
    said = part.text or ""
    for child in part:
        if child.tag == f"{TEXT}s":
            said += " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            said += "\t"
        elif child.tag == f"{TEXT}line-break":
            said += "\n"
        else:
            said += _paragraph(child)
        said += child.tail or ""
    return said
