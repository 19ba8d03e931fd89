"""What a table says of an act, it says in every language."""

from dataclasses import replace

from django.utils import translation
import pytest

from funding.views import acts, outcome_acts

TABLES = [
    outcome_acts.OPTIONS,
    outcome_acts.OUTCOME_MOVES,
    outcome_acts.LEGCO_MOVES,
    outcome_acts.CONDITION_MOVES,
    acts.REQUEST_MOVES,
    acts.ROUND_MOVES,
]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("table", TABLES)
def test_an_act_is_found_in_every_language(table, language):
    with translation.override(language):
        assert all(act in table for act in table)
        assert {act: table[act] for act in table} == table


def test_an_act_with_the_same_words_is_another():
    assert replace(outcome_acts.ASSIGN) not in outcome_acts.OPTIONS
