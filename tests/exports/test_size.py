"""TRUST EX-09: 200,000 rows are written in at most 300 MB, whatever the format that can hold them."""

import subprocess
import sys

from django.conf import settings
import pytest

ROWS, MOST_MB = 200_000, 300
PROGRAM = """
import sys, tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
import django
django.setup()
from core.tabular import Column, Tally, csv_lines, json_blocks
from core.workbooks import write_xlsx
from exports.services.making import packed, unpacked

file_format, size = sys.argv[1], int(sys.argv[2])
columns = [Column(name, name) for name in ("reference", "title", "on", "amount", "count")]
day, amount = date(2026, 1, 2), Decimal("12.30")
rows = ((f"PRJ-{number:06d}", f"牌照 {number} " + "x" * 60, day, amount, number) for number in range(size))
tally = Tally()
with tempfile.TemporaryFile() as target:
    if file_format == "xlsx":
        write_xlsx(target, sheet="S", columns=columns, rows=rows, tally=tally)
    elif file_format == "json":
        target.writelines(json_blocks(columns, rows, [], tally))
    else:
        target.writelines(line.encode() for line in csv_lines(columns, rows, tally))
held = unpacked(packed(list(range(size))))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(tally.rows, len(held), int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_two_hundred_thousand_rows_are_written_in_little_memory(file_format):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, file_format, str(ROWS)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    rows, held, peak = map(int, done.stdout.split())
    assert (rows, held) == (ROWS, ROWS)
    assert peak <= MOST_MB
