"""The examples of docs/api.md do what they say, against the very application; and no example stands there untried."""

import io
import json
import os
from pathlib import Path
import re
import sys
import threading
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import openpyxl
import pytest

from core.api import authentication
from exports import services
from exports.models import ExportJob
from projects.models import Project
from tests.factories.projects import ProjectFactory
from tests.plugins import live

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = [text for kind, text in BLOCKS if kind == "sh"]
QUERIES = [text for kind, text in BLOCKS if kind == "powerquery"]
ELSEWHERE = {"pushing.md": 1}  # examples with curl that another test runs: tests/kpis/test_push_example.py


@pytest.fixture
def token(world, head):
    return authentication.issue(head)[0]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def command(words):
    """The one example that holds these words."""
    [found] = [text for text in COMMANDS if words in text]
    return found


def tried(here, token, script, tmp_path, **instead):
    for printed, real in instead.values():
        assert printed in script
        script = script.replace(printed, real)
    environment = os.environ | {"TRACKER": f"http://127.0.0.1:{here.server_port}", "TRACKER_TOKEN": token}
    script = script.replace("python3 docs/", f"{sys.executable} {DOCS}/")
    done = live.run(here, ["bash", "-euo", "pipefail", "-c", script], env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_example_is_one_that_is_tried():
    """A new one comes with a test of it, here or in the module that is named."""
    tried_here = (
        "/api/v1/me/",
        "projects/?cursor",
        "list_projects",
        "If-Match",
        "Idempotency-Key",
        '"list": ',
        "/file/",
    )
    assert [[text for text in COMMANDS if words in text] for words in tried_here] == [[text] for text in COMMANDS]
    assert {kind for kind, _text in BLOCKS} == {"sh", "powerquery"}
    others = {
        file.name: len(re.findall(r"^ *curl ", file.read_text(encoding="utf-8"), re.M)) for file in DOCS.rglob("*.md")
    }
    assert {name: count for name, count in others.items() if count and name != "api.md"} == ELSEWHERE


def test_curl_says_who_one_is(here, token, head, tmp_path):
    assert json.loads(tried(here, token, command("/api/v1/me/"), tmp_path))["username"] == head.username


def test_curl_reads_a_page_of_projects(here, token, tmp_path):
    made = ProjectFactory()

    page = json.loads(tried(here, token, command("projects/?cursor"), tmp_path))

    assert ([row["reference"] for row in page["results"]], page["next"]) == ([made.reference], None)


def test_the_python_example_reads_all_pages(here, token, tmp_path):
    made = [ProjectFactory(title_zh_hant="衞生署").reference for _ in range(201)]

    lines = tried(here, token, command("list_projects"), tmp_path).splitlines()

    assert [json.loads(line)["reference"] for line in lines] == made
    assert "衞生署" in lines[0]


def test_curl_changes_the_version_it_saw_and_no_other(here, token, world, head, tmp_path):
    project = ProjectFactory(department=world.a)
    script, named = command("If-Match"), ("PRJ-2026-0001", project.reference)

    answer = tried(here, token, script, tmp_path, project=named)

    project.refresh_from_db()
    assert json.loads(answer)["summary"]["en"] == project.summary_en == "Sorts letters by subject."
    late = script.replace("curl --fail-with-body -X PATCH", "etag='\"1\"'; curl -X PATCH").replace(
        "Sorts letters", "No"
    )
    assert json.loads(tried(here, token, late, tmp_path, project=named))["code"] == "match.stale"
    project.refresh_from_db()
    assert project.summary_en == "Sorts letters by subject."


def test_curl_sends_the_same_twice_and_it_is_there_once(here, token, tmp_path):
    first, again = (json.loads(tried(here, token, command("Idempotency-Key"), tmp_path)) for _ in range(2))

    assert first == again
    assert [project.title_en for project in Project.objects.all()] == ["Sorting of letters"]


def test_curl_asks_for_a_workbook_and_fetches_it(here, token, tmp_path):
    live_one = ProjectFactory(stage="live")
    ProjectFactory(stage="pilot")

    asked = json.loads(tried(here, token, command('"list": '), tmp_path))
    services.make(ExportJob.objects.get().pk)
    tried(here, token, command("/file/"), tmp_path, file=("EX-2026-000001", asked["reference"]))

    rows = list(openpyxl.load_workbook(io.BytesIO((tmp_path / "projects.xlsx").read_bytes())).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == [live_one.reference]


def test_power_query_names_addresses_that_answer_with_its_columns(here, token):
    """Nothing here runs M, so what it asks for is read from its text, and asked for: the same pages, in order."""
    text = QUERIES[0]
    made = [ProjectFactory().reference for _ in range(3)]
    [path] = re.findall(r'RelativePath = "(.*?)"', text)
    [headers] = re.findall(r"Headers = \[(.*?)\]", text)
    sent = dict(part.split(" = ", 1) for part in headers.split(", "))
    assert sent == {"Authorization": '"Bearer " & Token', "Accept": '"application/json"'}
    assert 'Query = [cursor = cursor, page_size = "200"]' in text
    rows, cursor = [], ""
    while cursor is not None:
        page = json.loads(fetched(here, path, {"cursor": cursor, "page_size": "2"}, token))
        rows += page["results"]
        cursor = parse_qs(urlsplit(page["next"]).query)["cursor"][0] if page["next"] else None

    [columns] = re.findall(r"FromRecords\(Rows, \{(.*?)\}", text)
    [titles] = re.findall(r'ExpandRecordColumn\(Told, "title", \{(.*?)\}', text)
    assert [row["reference"] for row in rows] == made
    assert set(re.findall(r'"(\w+)"', columns)) <= set(rows[0])
    assert set(re.findall(r'"(\w+)"', titles)) <= set(rows[0]["title"])


def test_power_query_reads_open_data_without_a_token(here, world):
    made = ProjectFactory()
    [path] = re.findall(r'RelativePath = "(.*?)"', QUERIES[1])

    told = fetched(here, path, {}, "").decode("utf-8")

    assert made.reference in told
    assert "Authorization" not in QUERIES[1]


def fetched(here, path, query, token):
    address = f"http://127.0.0.1:{here.server_port}/{path}" + (f"?{urlencode(query)}" if query else "")
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"} if token else {}
    found = []

    def ask():
        with urlopen(Request(address, headers=headers), timeout=30) as answer:
            found.append(answer.read())

    asking = threading.Thread(target=ask)
    asking.start()
    here.handle_request()
    asking.join(30)
    return found[0]
