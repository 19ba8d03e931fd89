"""The examples of docs/pushing.md do what they say, against the very application."""

import importlib.util
from itertools import takewhile
import json
import os
from pathlib import Path
import subprocess
import threading
from typing import Any

import pytest

from kpis.models import Reading
from tests.factories.kpis import SECRET, KpiFactory, PushKeyFactory, SourceFactory
from tests.kpis.pushing import address_of, reading

FILE = Path(__file__).resolve().parents[2] / "docs" / "push_readings.py"
GUIDE = FILE.with_name("pushing.md")
MOST_LINES = 40


@pytest.fixture
def example() -> Any:
    spec = importlib.util.spec_from_file_location("push_readings", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_python_example_delivers_once_and_says_what_was_refused(world, example, here):
    kpi = KpiFactory()
    source = PushKeyFactory(source=SourceFactory(push=True, kpis=[kpi])).source
    address = f"http://127.0.0.1:{here.server_port}{address_of(source)}"
    answers: list[dict[str, Any]] = []

    sent = [reading(kpi), reading(kpi, "2098-01")]

    def send() -> None:
        answers.append(example.push(address, SECRET, "day-1", sent))

    for _ in range(2):
        sender = threading.Thread(target=send)
        sender.start()
        here.handle_request()
        sender.join(30)

    assert answers[0] == answers[1]
    assert (answers[0]["accepted"], [row["index"] for row in answers[0]["refused"]]) == (1, [1])
    assert Reading.objects.count() == 1


def test_the_example_is_short_and_needs_nothing_but_python():
    text = FILE.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= MOST_LINES
    assert "django" not in text


def test_the_curl_example_delivers_as_it_is_printed(world, here):
    """The very lines of docs/pushing.md, with the address of this server and a KPI of the source."""
    kpi = KpiFactory()
    source = PushKeyFactory(source=SourceFactory(push=True, kpis=[kpi])).source
    lines = curl_lines().replace("KPI-0012", kpi.reference).replace("2026-10", "2026-01")
    here_instead = f"http://127.0.0.1:{here.server_port}{address_of(source)}"
    script = lines.replace("https://tracker.example.org/api/v1/sources/SRC-0007/push/", here_instead)
    assert here_instead in script

    with subprocess.Popen(
        ["bash", "-euc", script], env={**os.environ, "PUSH_KEY": SECRET}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as curl:
        here.handle_request()
        answer, complaint = curl.communicate(timeout=30)

    assert curl.returncode == 0, complaint
    assert json.loads(answer)["accepted"] == 1
    assert Reading.objects.get().value == 412


def curl_lines() -> str:
    """What stands indented after the sentence that announces it."""
    _before, _found, after = GUIDE.read_text(encoding="utf-8").partition("The same by hand, with curl and OpenSSL:\n\n")
    return "\n".join(line[4:] for line in takewhile(lambda line: line.startswith("    "), after.splitlines()))
