"""F2 and F6: a killed worker and a flushed broker neither lose nor double an effect."""

from collections import Counter

from django.db.models import F
import pytest

from core import outbox
from core.models import OutboxMessage, SecurityRefusal
from tests.faults.conftest import until

ADD = """
from django.db import transaction
with transaction.atomic():
    for n in range({count}):
        outbox.add(hooks.TOPIC, key=str(n), name=f"effect {{n}}")
"""
WITHIN = 120.0  # seconds, TRUST F6
SWEEP = "print(outbox.sweep())"
RING_AGAIN = """
from core.tasks import deliver_message
deliver_message.delay({message_id})
"""


def effects() -> Counter[str]:
    return Counter(SecurityRefusal.objects.filter(actor="fault").values_list("rule", flat=True))


@pytest.mark.prove("faults")
def test_f2_a_worker_killed_after_commit_and_before_acknowledging_makes_no_second_effect(bench):
    bench.kill_file.touch()
    worker = bench.worker()
    bench.run(ADD.format(count=1))
    assert until(lambda: worker.poll() is not None, what="the worker is killed")
    message = OutboxMessage.objects.get()
    assert not bench.kill_file.exists()
    assert message.delivered_at is not None  # the commit was before the kill
    assert bench.broker.hlen("unacked") == 1  # and the acknowledgement was not

    bench.worker()
    bench.run(RING_AGAIN.format(message_id=message.pk))  # what redelivery does an hour later
    until(lambda: bench.broker.llen("celery") == 0 and bench.broker.hlen("unacked") == 1, what="the repeat is done")

    assert effects() == {"effect 0": 1}


@pytest.mark.prove("faults")
def test_f6_a_flushed_broker_loses_nothing(bench, proof):
    count = proof.size(gate=50, full=1_000)
    bench.run(ADD.format(count=count))
    assert bench.broker.llen("celery") == count
    bench.broker.flushall()
    assert bench.broker.llen("celery") == 0
    assert not effects()

    assert bench.run(SWEEP) == str(count)
    assert bench.run(SWEEP) == "0"  # beat calls again and again: what was just rung makes the queue no longer
    bench.worker()
    until(
        lambda: not OutboxMessage.objects.filter(delivered_at=None).exists(),
        what="every effect is delivered",
        seconds=WITHIN,
    )

    assert effects() == {f"effect {n}": 1 for n in range(count)}


@pytest.mark.prove("faults")
def test_f6_a_broker_flushed_after_the_sweep_is_rung_again(bench):
    bench.run(ADD.format(count=3))
    assert bench.run(SWEEP) == "3"
    bench.broker.flushall()
    OutboxMessage.objects.update(due_at=F("due_at") - outbox.RING_AGAIN)  # the minute that the sweeper waits

    assert bench.run(SWEEP) == "3"
    bench.worker()
    until(lambda: not OutboxMessage.objects.filter(delivered_at=None).exists(), what="every effect is delivered")

    assert effects() == {f"effect {n}": 1 for n in range(3)}
