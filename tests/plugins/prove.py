"""`./dev prove AREA`: the same tests at full size, with the figures printed and kept (TRUST 7).

A test that has a full size asks for the `proof` fixture, carries `@pytest.mark.prove("area")`, takes its
counts from `proof.size(gate=…, full=…)` and says what it found with `proof.figure(name, value)`. One that would
take hours says `@pytest.mark.prove("area", parts=8)` and asks for `part`, 0 to 7: each part is a proof of its own, with
a fresh database, within the hour, and done for good under `--resume`. The gate runs part 0. A fault whose times are
those of the running product, leases and all, says `@pytest.mark.prove("faults", gate=False)`: it has no smaller size,
so the gate leaves it to the proofs (TRUST 7 names what the gate injects).

Generated cases: the gate tries the same ones each time, so that it says the same of the same code; the proofs,
which try far more, start from their seed; `pytest --hypothesis-profile=default` looks for new ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
import json
from pathlib import Path
import time
from typing import Any

from hypothesis import settings
import pytest

RESULTS = Path(__file__).resolve().parents[2] / "build" / "prove"
FIXED_SEED = 20261122


@dataclass
class Proof:
    """The size of this run, its seed, and the figures it found."""

    name: str
    full: bool
    seed: int
    figures: dict[str, Any] = field(default_factory=dict)

    def size(self, *, gate: int, full: int) -> int:
        """How many cases to run: `gate` at a merge, `full` under `./dev prove`."""
        count = full if self.full else gate
        self.figures["n"] = count
        return count

    def figure(self, name: str, value: Any) -> None:
        self.figures[name] = value


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("prove")
    group.addoption("--prove", metavar="AREA", help="run the proofs of one area at full size")
    group.addoption("--seed", type=int, default=FIXED_SEED, help="seed of the random cases")
    group.addoption("--resume", action="store_true", help="skip proofs that already passed in this area")


@pytest.hookimpl(tryfirst=True)  # before Hypothesis reads its own options
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "prove(area, parts=1, gate=True): belongs to `./dev prove AREA`, in so many parts"
    )
    settings.register_profile("gate", derandomize=True, database=None, deadline=None)
    settings.register_profile("proof", database=None, deadline=None)
    if config.getoption("--prove"):
        config.option.hypothesis_seed = str(config.getoption("--seed"))
    settings.load_profile("proof" if config.getoption("--prove") else "gate")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    mark = metafunc.definition.get_closest_marker("prove")
    if mark and "parts" in mark.kwargs:
        metafunc.parametrize("part", range(mark.kwargs["parts"] if metafunc.config.getoption("--prove") else 1))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    area = config.getoption("--prove")
    if not area:
        items[:] = [item for item in items if all(mark.kwargs.get("gate", True) for mark in item.iter_markers("prove"))]
        return
    chosen = [item for item in items if any(area in mark.args for mark in item.iter_markers("prove"))]
    if not chosen:
        raise pytest.UsageError(f"No proof belongs to the area “{area}”.")
    if config.getoption("--resume"):
        done = set(_stored(area))
        chosen = [item for item in chosen if item.name not in done]
    items[:] = chosen
    for item in chosen:
        item.add_marker(pytest.mark.timeout(3600))


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Proof]:
    area = request.config.getoption("--prove")
    found = Proof(request.node.name, full=bool(area), seed=request.config.getoption("--seed"))
    started = time.monotonic()
    yield found
    report = getattr(request.node, "proof_passed", False)
    if area and report:
        found.figures |= {"seed": found.seed, "seconds": round(time.monotonic() - started, 1)}
        stored = _stored(area) | {found.name: found.figures}
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{area}.json").write_text(json.dumps(stored, indent=2, default=str), encoding="utf-8")
        print(f"\nproved {found.name}: " + ", ".join(f"{key}={value}" for key, value in found.figures.items()))  # noqa: T201 - the figure is the product


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.proof_passed = report.passed


def _stored(area: str) -> dict[str, Any]:
    file = RESULTS / f"{area}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
