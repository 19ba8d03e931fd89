"""One work in a process of its own: `python -m bench.alone MODULE FUNCTION [NUMBER …]` prints its time and memory."""

from importlib import import_module
import json
import os
from pathlib import Path
import subprocess
import sys
import time

from bench import database
from bench.serve import ROOT


def apart(module: str, function: str, *numbers: int) -> tuple[float, float]:
    """Milliseconds of a function of the bench, and the most MB that its process held."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.alone", module, function, *map(str, numbers)],
        cwd=ROOT,
        env=database.environment(database.NAME) | {"DJANGO_SETTINGS_MODULE": "govai_tracker.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    taken, mb = json.loads(done.stdout.splitlines()[-1])
    return taken, mb


def main() -> None:
    import django

    os.environ.setdefault("STATIC_FROM_SOURCE", "1")
    django.setup()
    module, function, *numbers = sys.argv[1:]
    work = getattr(import_module(module), function)
    began = time.perf_counter()
    work(*map(int, numbers))
    taken = (time.perf_counter() - began) * 1_000
    print(json.dumps([taken, most_mb()]))


def most_mb() -> float:
    """The most that this program held. The kernel's `ru_maxrss` also counts the parent from which it was started."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("The kernel tells no peak of memory.")


if __name__ == "__main__":
    main()
