"""Imports point one way, and what belongs in one place is in one place (STYLE 1 and 2)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core",
    "accounts",
    "exports",
    "work",
    "projects",
    "funding",
    "kpis",
    "dashboards",
    "reports",
    "exchange",
    "installation",
)
# Each app may import itself and these.
BELOW = {
    "core": set(),
    "accounts": {"core"},
    "exports": {"core", "accounts"},
    "work": {"core", "accounts"},
    "projects": {"core", "accounts", "exports", "work"},
    "funding": {"core", "accounts", "exports", "work", "projects"},
    "kpis": {"core", "accounts", "exports", "work", "projects"},
    "dashboards": {"core", "accounts", "exports", "work", "projects", "funding", "kpis"},
    "reports": {"core", "accounts", "exports", "work", "projects", "funding", "kpis", "dashboards"},
    "exchange": {"core", "accounts", "exports", "work", "projects", "funding", "kpis"},
    "installation": {"core", "accounts", "exports", "work", "projects", "funding", "kpis", "dashboards", "reports"},
}
MOST_LINES = 400
READS_THE_ENVIRONMENT = {
    "manage.py",
    "govai_tracker/celery.py",
    "govai_tracker/wsgi.py",
    "govai_tracker/asgi.py",
    "govai_tracker/settings/env.py",
    "govai_tracker/settings/test.py",
}
CLOCK = {"core/clock.py", "kpis/sample_service.py"}  # the second plays another department's system


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def names_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def uses(path: Path, owner: str, name: str) -> bool:
    """Whether the module reads `owner.name` anywhere."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Name)
        and node.value.id == owner
        for node in tree
    )


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_what_is_below_it(app):
    above = set(APPS) - BELOW[app] - {app}

    found = [(names_of(path), name) for path in modules(app) for name in imports(path)]

    assert [(where, name) for where, name in found if name.split(".")[0] in above] == []


def test_this_test_would_see_a_wrong_import(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def later():\n    from funding.models import Round\n    import kpis.models\n")

    assert set(imports(wrong)) == {"funding.models", "kpis.models"}


def test_rules_are_plain_python():
    rules = [path for app in APPS for path in modules(app) if "rules" in path.relative_to(ROOT).parts]
    framework = {"django", "rest_framework", "celery"}

    wrong = [f"{names_of(path)}: {name}" for path in rules for name in imports(path) if name.split(".")[0] in framework]

    assert rules
    assert wrong == []


def test_only_grants_imports_guardian():
    found = {names_of(path) for path in modules(*APPS) for name in imports(path) if name.split(".")[0] == "guardian"}

    assert found <= {"accounts/grants.py"}


def test_only_the_settings_read_the_environment():
    everything = [*modules(*APPS, "govai_tracker"), ROOT / "manage.py"]
    found = {names_of(path) for path in everything if uses(path, "os", "environ") or uses(path, "os", "getenv")}

    assert found <= READS_THE_ENVIRONMENT


def test_only_the_clock_asks_what_time_it_is():
    asks = [("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today")]
    found = {names_of(path) for path in modules(*APPS) if any(uses(path, *ask) for ask in asks)}

    assert found <= CLOCK


def test_no_module_is_longer_than_a_reader_scrolls():
    long = {
        names_of(path): count
        for path in modules(*APPS, "govai_tracker", "tests")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert long == {}


def test_nobody_swallows_every_failure():
    wrong = [
        f"{names_of(path)}:{node.lineno}"
        for path in modules(*APPS, "govai_tracker")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]

    assert wrong == []
