"""Make a private database of each size, measure every row, print the table and keep it as JSON."""

import argparse
from dataclasses import asdict
import json
import math
import os
from pathlib import Path
import sys

import django
from django.core.management import call_command
from django.db import connections

from bench.measure import Figure

RESULTS = Path(__file__).resolve().parent.parent / "build" / "bench.json"
DATABASE = "govai_bench"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description="Speed as ratios to the barest program.")
    parser.add_argument("--sizes", default="200,10000", help="numbers of projects, for example 200,10000,100000")
    sizes = [int(text) for text in parser.parse_args().sizes.split(",")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govai_tracker.settings")
    os.environ.setdefault("STATIC_FROM_SOURCE", "1")
    django.setup()
    from bench import rows, world

    figures = []
    for size in sizes:
        _new_database()
        readers = world.build(size)
        for figure in rows.measure(size, readers):
            print(line(figure), flush=True)
            figures.append(figure)
        _disconnect()
    for text in growth(figures):
        print(text)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(figure) for figure in figures], indent=2), encoding="utf-8")
    missed = [figure for figure in figures if not figure.is_met]
    print(f"{len(figures) - len(missed)} of {len(figures)} rows reach their goal; figures in {RESULTS.name}")
    return 1 if missed else 0


def line(figure: Figure) -> str:
    sign = "✓" if figure.is_met else "✕"
    return (
        f"{sign} {figure.row:<34} n={figure.size:>7,}  floor {figure.floor_ms:8.2f} ms  ours {figure.ours_ms:8.2f} ms"
        f"  ratio {figure.ratio:6.2f}  goal ≤ {figure.goal:g}"
    )


def growth(figures: list[Figure]) -> list[str]:
    """The exponent of each row between the two largest sizes: 0 is flat, 1 is linear."""
    sizes = sorted({figure.size for figure in figures})[-2:]
    if len(sizes) < 2:
        return []
    by_row = {(figure.row, figure.size): figure.ours_ms for figure in figures}
    smaller, larger = sizes
    exponents = {
        row: math.log(by_row[row, larger] / by_row[row, smaller]) / math.log(larger / smaller)
        for row in dict.fromkeys(figure.row for figure in figures)
    }
    return [f"growth of {row}: exponent {exponent:.2f}" for row, exponent in exponents.items()]


def _new_database() -> None:
    """A fresh migrated database beside the configured one, made by the owner's role."""
    _disconnect()
    connections["owner"].settings_dict["NAME"] = "postgres"
    connections["default"].settings_dict["NAME"] = DATABASE
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connections["owner"].close()
    connections["owner"].settings_dict["NAME"] = DATABASE
    call_command("migrate", verbosity=0)
    _disconnect()


def _disconnect() -> None:
    connections.close_all()
    connections["default"].close_pool()


if __name__ == "__main__":
    sys.exit(main())
