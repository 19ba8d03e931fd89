"""The chain of named acts."""

from datetime import datetime, timedelta

from django.db import ProgrammingError, transaction
import pytest
import rfc8785

from core import clock, ledger
from core.models import LedgerEntry


def record(**facts):
    with transaction.atomic():
        return ledger.record("test.act", actor="system", subject="FR-2026-0001", facts=facts)


@pytest.mark.django_db
def test_each_entry_continues_the_one_before():
    first, second = record(amount="1.00"), record(amount="2.00")

    assert second.position == first.position + 1
    assert bytes(second.previous_hash) == bytes(first.entry_hash)
    assert ledger.verify(ledger.stored_chain()) == ledger.head()


@pytest.mark.parametrize("told", [None, datetime(2026, 11, 22, 10, tzinfo=clock.HONG_KONG)])
@pytest.mark.django_db
def test_what_is_sealed_is_the_one_spelling_of_what_the_columns_say(monkeypatch, told):
    monkeypatch.setattr(clock, "story", lambda: told)
    facts = {"\U0001f5f3": ["贊成", "\u2028"], "\ufb33": '"\\\n', "a": {"z": True, "b": -7}}

    with transaction.atomic():
        made = ledger.record("test.act", actor="person:1", subject='FR "1" 衞', facts=facts)

    kept = LedgerEntry.objects.get(position=made.position)
    sealed = {"position": kept.position, "action": "test.act", "actor": "person:1", "subject": 'FR "1" 衞'}
    sealed |= {"recorded_at": ledger.instant_text(kept.recorded_at), "previous": bytes(kept.previous_hash).hex()}
    assert bytes(kept.payload) == rfc8785.dumps(sealed | {"facts": facts})
    assert told in (None, kept.recorded_at)
    assert (made.recorded_at, bytes(made.payload), bytes(made.entry_hash)) == (
        kept.recorded_at,
        bytes(kept.payload),
        bytes(kept.entry_hash),
    )


@pytest.mark.django_db
def test_no_entry_is_dated_before_the_one_it_continues(monkeypatch):
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "story", lambda: later)
    record(number=1)
    monkeypatch.setattr(clock, "story", lambda: None)

    assert record(number=2).recorded_at == later


@pytest.mark.django_db
def test_the_apps_role_cannot_change_an_entry():
    record(amount="1.00")

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LedgerEntry.objects.update(action="nothing.happened")


@pytest.mark.parametrize("value", [1.5, None, object()])
@pytest.mark.django_db
def test_a_fact_without_a_single_spelling_is_refused(value):
    with pytest.raises(TypeError):
        record(value=value)

    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows.pop(1), "missing"),
        (lambda rows: rows.__setitem__(1, (2, b"{}", rows[1][2])), "altered"),
        (lambda rows: rows.__setitem__(1, (2, rows[0][1], rows[0][2])), "broken link"),
    ],
)
@pytest.mark.django_db
def test_a_gap_altered_bytes_and_a_broken_link_are_found(change, reason):
    for number in range(3):
        record(number=number)
    rows = list(ledger.stored_chain())
    change(rows)

    fault = ledger.verify(rows)

    assert isinstance(fault, ledger.Fault)
    assert (fault.position, fault.reason) == (2, reason)
