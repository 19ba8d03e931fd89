"""Every named act of DESIGN 5 has its kind of ledger entry, recorded by a service of the app it belongs to."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"record", "_record", "Entry", "_move"}
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
        | {"delegation.proposed", "delegation.approved", "delegation.ended"}
        | {"required_papers.proposed", "required_papers.approved", "required_papers.withdrawn"}
        | {"review_rule.proposed", "review_rule.approved", "review_rule.withdrawn"}
        | {"service_times.proposed", "service_times.approved", "service_times.withdrawn"}
        | {"counting_rule.proposed", "counting_rule.approved", "counting_rule.withdrawn"}
    ),
    "grant": {"grant.given", "grant.revoked", "role.proposed", "role.granted", "role.withdrawn", "role.ended"},
    "request": {
        "request.submitted",
        "request.endorsed",
        "request.screened",
        "request.revised",
        "request.reclassified",
        "request.withdrawn",
    },
    "look-alike, link": {
        "lookalike.asked",
        "lookalike.answered",
        "link.joined",
        "link.cut_proposed",
        "link.cut",
        "link.cut_refused",
    },
    "review": {"review.asked", "review.answered"},
    "seat": {"seat.appointed", "seat.term_ended"},
    "roll": {"round.opened", "round.marked_absent", "meeting.attendance"},
    "meeting": {"meeting.agenda_published", "meeting.closed", "meeting.cancelled"},
    "question on the paper": {"paper.question_asked", "paper.question_answered"},
    "vote": {"vote.cast"},
    "recusal": {"recusal.declared"},
    "close": {"round.last_call", "round.closed", "round.ended"},
    "decision": {"decision.made", "decision.published", "money.committed"},
    "outcome": {
        "request.returned",
        "request.question_answered",
        "request.deferred",
        "request.brought_back",
        "request.appealed",
    },
    "condition": {
        "condition.assigned",
        "condition.evidence",
        "condition.discharged",
        "condition.returned",
        "condition.waiver_proposed",
        "condition.waived",
        "condition.kept",
    },
    "LegCo": {"legco.papers_set", "legco.recorded", "legco.returned", "legco.confirmed"},
    "money": {
        "envelope.proposed",
        "envelope.voted",
        "envelope.withdrawn",
        "money.budget_moved",
        "money.carried",
        "money.carry_proposed",
        "money.carry_withdrawn",
        "money.corrected",
        "money.explained",
        "money.imported",
        "money.released",
        "money.return_issued",
        "money.spent",
        "money_policy.approved",
        "money_policy.proposed",
        "money_policy.withdrawn",
    },
    "issued report": {"report.drafted", "report.cleared", "report.issued", "report.withdrawn"},
    "schedule, pack": {"schedule.added", "schedule.ended"},
    "import, run": {"import.confirmed", "collection.run"},
}


def kinds_recorded() -> set[str]:
    """The words with which any module of ours calls what writes an entry, either branch of a choice too."""
    found = set()
    for app in ("accounts", "projects", "funding", "kpis", "reports"):
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
