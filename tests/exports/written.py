"""A table of every type there is, with texts that hurt and money to the cent, as the product writes it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
import io
from pathlib import Path
import random

from core.clock import HONG_KONG
from core.exports import Export
from core.tabular import Cell, Column, Tally
from core.workbooks import write_xlsx
from tests.exports.hostile import texts

COLUMNS = [
    Column("number", "Number"),
    Column("title", "Title"),
    Column("on", "Day"),
    Column("at", "Instant"),
    Column("amount", "Amount"),
    Column("said", "Said"),
    Column("nothing", "Nothing"),
]
NAMES = ["衞生署", "鰂魚涌", "𨋢機", "着嘅啲哋", "计算综合", "食物及衞生局（㷫）", "Café Ω", "x" * 300]
MOST_CENTS = 10**14  # HK$ 1 million million, far above any programme


def rows(seed: int = 20261201) -> list[tuple[Cell, ...]]:
    """The names in Chinese and all hostile texts, one a row; days of four centuries, amounts of any size and sign."""
    chance = random.Random(seed)
    said = NAMES + texts()
    return [
        (number, text, _day(chance), _instant(chance), _amount(chance), _either(chance), None)
        for number, text in enumerate(said)
    ]


def csv_file(folder: Path) -> Path:
    made = folder / "table.csv"
    made.write_bytes(b"".join(Export("table", "Table", COLUMNS, lambda: iter(rows())).blocks("csv", Tally())))
    return made


def xlsx_file(folder: Path) -> Path:
    made, target = folder / "table.xlsx", io.BytesIO()
    write_xlsx(target, sheet="Table", columns=COLUMNS, rows=rows())
    made.write_bytes(target.getvalue())
    return made


def _day(chance: random.Random) -> date:
    return date(1901, 1, 1) + timedelta(days=chance.randrange(400 * 365))


def _instant(chance: random.Random) -> datetime:
    return datetime(2000, 1, 1, tzinfo=HONG_KONG) + timedelta(seconds=chance.randrange(50 * 365 * 86_400))


def _amount(chance: random.Random) -> Decimal:
    return Decimal(chance.randrange(-MOST_CENTS, MOST_CENTS) // 10 ** chance.randrange(13)) / 100


def _either(chance: random.Random) -> bool:
    return chance.random() < 0.5
