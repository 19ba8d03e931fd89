"""Make a private database of each size, measure every row, print the table and keep it as JSON."""

import argparse
from dataclasses import asdict
import json
import os
from pathlib import Path
import sys
import time

import django

from bench.report import growth, line, spread

RESULTS = Path(__file__).resolve().parent.parent / "build" / "bench.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description="Speed as ratios to the barest program.")
    parser.add_argument("--sizes", default="200,10000,100000", help="numbers of projects, for example 200,10000")
    parser.add_argument("--only", default="", help="rows whose name contains this, for example CSV")
    parser.add_argument("--seconds", type=float, default=12.0, help="most seconds to spend on one row")
    options = parser.parse_args()
    sizes = sorted({int(text) for text in options.sizes.split(",")})
    os.environ["DJANGO_SETTINGS_MODULE"] = "govai_tracker.settings"
    os.environ.setdefault("STATIC_FROM_SOURCE", "1")
    django.setup()
    from bench import database, rows, world
    from bench.serve import serving

    figures = []
    for size in sizes:
        began = time.monotonic()
        database.make_new()
        readers = world.build(size)
        print(f"{size:,} projects made in {time.monotonic() - began:.0f} s", flush=True)
        with serving(database.NAME) as servers:
            for figure in rows.measure(size, readers, servers, only=options.only, seconds=options.seconds):
                print(line(figure), flush=True)
                figures.append(figure)
        database.let_go()
    for text in [*growth(figures), *spread(figures)]:
        print(text)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    kept = [asdict(figure) | {"ratio": figure.ratio, "met": figure.is_met} for figure in figures]
    RESULTS.write_text(json.dumps(kept, indent=2), encoding="utf-8")
    missed = [figure for figure in figures if not figure.is_met]
    print(f"{len(figures) - len(missed)} of {len(figures)} rows reach their goal; figures in build/{RESULTS.name}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
