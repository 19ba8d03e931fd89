"""The tables of moves."""

import pytest

from funding.models import ConditionStatus, ItemStatus, RequestStatus, RoundStatus
from funding.rules.lifecycle import CONDITION, FINANCE_COMMITTEE, REQUEST, ROUND, STAYS, allows, target


@pytest.mark.parametrize(
    ("moves", "statuses"),
    [
        (REQUEST, set(RequestStatus.values)),
        (ROUND, set(RoundStatus.values)),
        (CONDITION, set(ConditionStatus.values)),
        (FINANCE_COMMITTEE, set(ItemStatus.values)),
    ],
)
def test_tables_know_only_stored_states(moves, statuses):
    named = {state for sources, to in moves.values() for state in (*sources, to)} - {STAYS}

    assert named <= statuses


def test_a_draft_is_never_decided_in_one_step():
    assert {move for move in REQUEST if allows(REQUEST, move, "draft")} == {"edit", "submit", "withdraw"}


@pytest.mark.parametrize("ended", ["published", "withdrawn"])
def test_nothing_leaves_the_end(ended):
    assert [move for move in REQUEST if allows(REQUEST, move, ended)] == []


@pytest.mark.parametrize("ended", ["published", "ended"])
def test_nothing_leaves_the_end_of_a_round(ended):
    assert [move for move in ROUND if allows(ROUND, move, ended)] == []


@pytest.mark.parametrize(
    ("moves", "ended"), [(CONDITION, "discharged"), (CONDITION, "waived"), (FINANCE_COMMITTEE, "published")]
)
def test_nothing_leaves_the_end_of_a_condition_or_of_an_item(moves, ended):
    assert [move for move in moves if allows(moves, move, ended)] == []


def test_a_move_from_elsewhere_is_an_error():
    assert target(REQUEST, "endorse", "submitted") == "endorsed"
    with pytest.raises(ValueError, match="endorse"):
        target(REQUEST, "endorse", "draft")


def test_only_an_open_round_takes_votes_and_closes():
    for move in ("vote", "declare", "mark_absent", "call_last", "close", "end"):
        assert ROUND[move][0] == ("open",)
