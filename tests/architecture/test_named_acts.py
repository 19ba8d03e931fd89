"""Every named act of DESIGN 5 has its kind of ledger entry, recorded by a service of the app it belongs to."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"record", "_record", "Entry"}
NAMED = {
    "claim, verification": {
        "procedure.claimed",
        "procedure.verified",
        "procedure.late_confirmed",
        "procedure.attested",
    },
    "policy": (
        {"funding_policy.proposed", "funding_policy.approved", "funding_policy.withdrawn"}
        | {"voting_rule.proposed", "voting_rule.approved", "voting_rule.withdrawn"}
        | {"counting_rule.proposed", "counting_rule.approved", "counting_rule.withdrawn"}
    ),
    "grant": {"grant.given", "grant.revoked", "role.proposed", "role.granted", "role.withdrawn", "role.ended"},
    "request": {
        "request.submitted",
        "request.endorsed",
        "request.screened",
        "request.revised",
        "request.withdrawn",
    },
    "roll": {"round.opened", "round.marked_absent"},
    "vote": {"vote.cast"},
    "recusal": {"recusal.declared"},
    "close": {"round.last_call", "round.closed", "round.ended"},
    "decision": {"decision.made", "decision.published", "money.committed"},
    "import, run": {"import.confirmed", "collection.run"},
}


def kinds_recorded() -> set[str]:
    """The words with which any module of ours calls what writes an entry, either branch of a choice too."""
    found = set()
    for app in ("accounts", "projects", "funding", "kpis"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                    found |= {part.value for given in _given(node) for part in ast.walk(given) if _is_kind(part)}
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_kind(part: ast.AST) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value


@pytest.mark.parametrize("act", NAMED)
def test_a_named_act_is_recorded(act):
    assert NAMED[act] - _handed_on() - kinds_recorded() == set()


def _handed_on() -> set[str]:
    """Kinds that a service hands to the one that writes for it, as `action=`."""
    found = set()
    for path in [*(ROOT / "funding/services").rglob("*.py"), *(ROOT / "projects/services").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "action" and _is_kind(node.value):
                found.add(node.value.value)
    return found
