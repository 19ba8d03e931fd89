"""The tables of a project's life, cell by cell: stages and gates, who may edit what, priority, how totals move."""

from datetime import date, timedelta
import itertools

from hypothesis import given
from hypothesis import strategies as st
import pytest

from projects.rules import editing, lifecycle
from projects.rules.editing import Role, State
from projects.rules.lifecycle import Gate, Need
from projects.rules.movements import Stay, movement
from projects.rules.priority import HIGHEST, priority

# From the row's stage to the column's: "." no way, "-" free, "P" the pilot's gate, "G" the go-live gate.
STAGES = ("", "idea", "assessed", "approved", "pilot", "roll_out", "live", "retired")
MOVES = {
    "": ". - - - P . . .",
    "idea": ". . - - P . . .",
    "assessed": ". - . - P . . .",
    "approved": ". - - . P . . .",
    "pilot": ". - - - . G G .",
    "roll_out": ". . . . . . - .",
    "live": ". . . . . . . .",
    "retired": ". . . . . . . .",
}
# In draft, before the pilot, in pilot, running, left: L lead, D department, H head, T Team, . nobody.
CELLS = {
    "reference": ". . . . .",
    "department": ". . . . .",
    "title_en": "LDH LDH LDH LDH .",
    "title_zh_hant": "LDH LDH LDH LDH .",
    "title_zh_hans": "LDH LDH LDH LDH .",
    "summary_en": "LDH LDH LDH LDH .",
    "summary_zh_hant": "LDH LDH LDH LDH .",
    "summary_zh_hans": "LDH LDH LDH LDH .",
    "category": "LDH LDH LDH LDH .",
    "technique": "LDH LDH LDH LDH .",
    "started_on": "LDH LDH LDH LDH .",
    "started_precision": "LDH LDH LDH LDH .",
    "reported_funding": "LDH LDH LDH LDH .",
    "source_url": "LDH LDH LDH LDH .",
    "source_on": "LDH LDH LDH LDH .",
    "source_precision": "LDH LDH LDH LDH .",
    "is_public_facing": "LDH LDH LH LH .",
    "yearly_volume": "LDH LDH LH LH .",
    "visibility": "LDH LDH LH LH .",
    "lead": "LDH LDH LH LH .",
    "stage": "LDH LDH LDH LH .",
    "was_already_running": "LDH . . . .",
    "is_flagship": ". T T T .",
}
LETTERS = {"L": Role.LEAD, "D": Role.DEPARTMENT, "H": Role.HEAD, "T": Role.TEAM}
FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(("stage", "to"), list(itertools.product(STAGES, STAGES)))
def test_each_move_is_free_gated_or_refused(stage, to):
    if stage == to:
        assert lifecycle.may_move(stage, to)
        assert lifecycle.gate_between(stage, to) is None
        return
    cell = MOVES[stage].split()[STAGES.index(to)]

    assert lifecycle.may_move(stage, to) == (cell != ".")
    if cell != ".":
        assert lifecycle.gate_between(stage, to) == {"-": None, "P": Gate.PILOT, "G": Gate.GO_LIVE}[cell]


def test_each_gate_asks_for_what_the_programme_says():
    assert set(lifecycle.REQUIRED[Gate.PILOT]) == {Need.LEAD, Need.HEAD_APPROVAL, Need.BASELINE_NAMED}
    assert set(lifecycle.REQUIRED[Gate.GO_LIVE]) == {Need.LEAD, Need.PILOT_DECISION, Need.BASELINES_LOCKED}


@pytest.mark.parametrize(("stage", "runs"), list(itertools.product(STAGES, (False, True))))
def test_a_new_project_stands_before_the_pilot_or_already_ran(stage, runs):
    expected = stage in {"roll_out", "live"} if runs else stage in {"", "idea", "assessed", "approved"}

    assert lifecycle.may_start_at(stage, was_already_running=runs) == expected


def test_the_table_of_fields_has_exactly_these_rows():
    assert set(editing.MAY_EDIT) == set(CELLS)


@pytest.mark.parametrize(("field", "state", "role"), list(itertools.product(CELLS, State, Role)))
def test_who_may_edit_which_field_in_which_state(field, state, role):
    cell = CELLS[field].split()[list(State).index(state)]
    allowed = {LETTERS[letter] for letter in cell if letter != "."}

    assert editing.may_edit(field, state, {role}) == (role in allowed)
    assert not editing.may_edit(field, state, set())


@pytest.mark.parametrize(
    ("facing", "volume", "visibility", "score"),
    [
        (True, 1_000_000, "high", HIGHEST),
        (True, 999_999, "high", 93),
        (True, 100_000, "medium", 80),
        (True, 99_999, "low", 58),
        (False, 10_000, "low", 18),
        (False, 9_999, "low", 8),
        (False, 1_000, "medium", 20),
        (False, 999, "low", 0),
        (False, 0, "low", 0),
        (None, 1_000_000, "high", None),
        (True, None, "high", None),
        (True, 1_000_000, "", None),
    ],
)
def test_a_priority_is_added_up_and_never_guessed(facing, volume, visibility, score):
    found = priority(is_public_facing=facing, yearly_volume=volume, visibility=visibility)

    assert found.score == score
    assert HIGHEST == 100
    assert (found.not_stated == ()) == (score is not None)


DAYS_FROM_FIRST = st.integers(-20, 40)
HISTORIES = st.lists(st.tuples(DAYS_FROM_FIRST, st.none() | st.integers(0, 30)), max_size=25)


@given(HISTORIES, st.integers(-10, 20), st.integers(0, 25))
def test_opening_and_added_less_exited_is_the_closing(told, start, length):
    found = [
        Stay(number, _day(entered), None if stayed is None else _day(entered + stayed))
        for number, (entered, stayed) in enumerate(told)
    ]
    first, last = _day(start), _day(start + length)

    moved = movement(found, first=first, last=last)

    assert moved.adds_up
    came_and_stayed = (set(moved.opening) | set(moved.added)) - set(moved.exited)
    assert set(moved.closing) == came_and_stayed
    assert set(moved.opening).isdisjoint(moved.added)
    day_after = movement(found, first=last + timedelta(days=1), last=last + timedelta(days=9))
    assert day_after.opening == moved.closing  # periods join without a gap


def _day(number):
    return FIRST + timedelta(days=number)
