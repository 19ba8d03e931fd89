"""Pushes over HTTP, row by row of TRUST 4.5."""

from datetime import timedelta
from decimal import Decimal
import json

import pytest

from core import clock, ledger
from core.models import LedgerEntry, SecurityRefusal
from kpis.models import CollectionRun, LatestValue, PushKey, PushReceipt, Reading, ReadingVerdict
from tests.factories.kpis import (
    DefinitionFactory,
    KpiFactory,
    MeasuredProjectFactory,
    PushKeyFactory,
    SourceFactory,
)
from tests.kpis.pushing import System, address_of, body_of, reading, signed


@pytest.fixture
def kpi(world):
    """k_A: a percentage from 0 to 100."""
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), definition=DefinitionFactory(percentage=True))


@pytest.fixture
def volume(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a))


@pytest.fixture
def source(world, kpi, volume):
    """push_A, with one live key."""
    return PushKeyFactory(source=SourceFactory(push=True, department=world.a, kpis=[kpi, volume])).source


@pytest.fixture
def system(source):
    return System(source)


def nothing_is_stored():
    return not (
        Reading.objects.exists()
        or CollectionRun.objects.exists()
        or PushReceipt.objects.exists()
        or LedgerEntry.objects.filter(action="collection.push").exists()
    )


def audited():
    return list(SecurityRefusal.objects.values_list("actor", "rule"))


def is_refused(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert set(answer.json()) == {"code", "message", "fields"}
    assert nothing_is_stored()


def test_a_batch_is_stored_whole_and_told_in_one_ledger_entry(system, source, volume):
    answer = system.send(reading(volume), reading(volume, "2026-02", "12.5"), push_id="batch-1")

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["id"], told["accepted"], told["quarantined"], told["duplicate"]) == ("batch-1", 2, 0, 0)
    assert told["refused"] == []
    assert [r.value for r in Reading.objects.standing()] == [Decimal(10), Decimal("12.5")]
    assert LatestValue.objects.get().value == Decimal("12.5")
    run = CollectionRun.objects.get()
    assert (run.state, run.accepted, run.is_push, run.receipt.push_id) == ("done", 2, True, "batch-1")
    assert set(Reading.objects.values_list("source_run", flat=True)) == {run.pk}
    facts = LedgerEntry.objects.get(action="collection.push").facts
    assert (facts["accepted"], facts["digest"]) == (2, run.digest)
    assert ledger.verify(ledger.stored_chain()) == ledger.head()
    assert PushKey.objects.get().last_used_on == clock.today()


def test_kp_01_without_a_signature(system, volume):
    body = body_of(reading(volume))

    is_refused(system.post(body, {}), 401, "signature.refused")
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        headers = signed(body, push_id="a")
        del headers[name]
        is_refused(system.post(body, headers), 401, "signature.refused")
    assert audited() == []


def test_kp_02_one_byte_of_the_body_changed(system, volume):
    body = body_of(reading(volume, value="10"))

    answer = system.post(body.replace(b'"10"', b'"19"'), signed(body, push_id="a"))

    is_refused(answer, 401, "signature.refused")
    assert audited() == [("anonymous", "push.signature")]


@pytest.mark.parametrize("late", [pytest.param(360, id="kp-03"), pytest.param(-360, id="kp-04")])
def test_kp_03_04_six_minutes_old_or_ahead(system, volume, late):
    is_refused(system.send(reading(volume), late=late), 401, "signature.refused")


def test_kp_05_the_same_again_gets_the_same_receipt(system, volume):
    first = system.send(reading(volume), push_id="a")
    again = system.send(reading(volume), push_id="a", late=60)

    assert (first.status_code, "Idempotent-Replay" in first.headers) == (201, False)
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (200, "true")
    assert again.json() == first.json()
    assert (Reading.objects.count(), CollectionRun.objects.count()) == (1, 1)


def test_the_same_id_after_a_year_still_gets_its_receipt(system, volume):
    """T20: the receipt says when it was; nothing takes it away."""
    import time_machine

    first = system.send(reading(volume), push_id="a")
    with time_machine.travel(clock.now() + timedelta(days=366)):
        again = system.send(reading(volume), push_id="a")

    assert (again.status_code, again.json()) == (200, first.json())
    assert Reading.objects.count() == 1


def test_kp_06_the_same_id_with_another_body(system, source, volume):
    system.send(reading(volume), push_id="a")

    other = system.send(reading(volume, value="11"), push_id="a")

    assert (other.status_code, other.json()["code"]) == (422, "idempotency.mismatch")
    assert Reading.objects.get().value == Decimal(10)
    assert audited() == [(source.reference, "push.idempotency.mismatch")]


def test_the_ids_of_two_sources_are_their_own(system, volume, world):
    other_kpi = KpiFactory(project=MeasuredProjectFactory(department=world.b))
    other = PushKeyFactory(source=SourceFactory(push=True, department=world.b, kpis=[other_kpi])).source

    assert system.send(reading(volume), push_id="a").status_code == 201
    assert System(other).send(reading(other_kpi), push_id="a").status_code == 201


def test_kp_08_a_kpi_of_another_department(system, source, world):
    foreign = KpiFactory(project=MeasuredProjectFactory(department=world.b))

    is_refused(system.send(reading(foreign)), 404, "scope")
    assert audited() == [(source.reference, "push.scope")]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param({"value": "NaN"}, 400, "value.type", id="kp-09"),
        pytest.param({"value": "1e400"}, 400, "value.type", id="kp-10"),
        pytest.param({"period": "2098-01"}, 422, "observed.future", id="kp-11"),
        pytest.param({"period": "2023-12"}, 422, "observed.before_start", id="kp-12"),
        pytest.param({"period": None, "observed": "2026-01-31T12:00:00"}, 400, "observed.offset", id="kp-13"),
    ],
)
def test_kp_09_to_13_a_reading_that_cannot_be(system, volume, changes, status, code):
    sent = {name: text for name, text in (reading(volume) | changes).items() if text is not None}

    answer = system.send(sent)

    is_refused(answer, status, code)
    assert list(answer.json()["fields"]) == ["readings.0"]


def test_kp_10_a_number_too_large_for_any_float_is_no_value(system, volume):
    body = body_of(reading(volume, value="X")).replace(b'"X"', b"1e400")

    is_refused(system.send_raw(body), 400, "value.type")


def test_kp_11_a_day_that_is_not_over_is_in_the_future(world):
    daily = KpiFactory(project=MeasuredProjectFactory(department=world.a), frequency="daily")
    system = System(PushKeyFactory(source=SourceFactory(push=True, department=world.a, kpis=[daily])).source)
    tomorrow = clock.now() + timedelta(days=1)
    sent = {"kpi": daily.reference, "observed": tomorrow.isoformat(timespec="seconds"), "value": "1"}

    is_refused(system.send(sent), 422, "observed.future")


def test_kp_14_more_than_a_percentage_can_be(system, kpi):
    sent = {"kpi": kpi.reference, "period": "2026-01", "numerator": "101", "denominator": "100"}

    is_refused(system.send(sent), 422, "value.range")


def test_kp_15_an_implausible_value_waits_for_a_person(system, volume):
    system.send(reading(volume, "2026-01", "10"))

    answer = system.send(reading(volume, "2026-02", "100"))

    assert (answer.status_code, answer.json()["accepted"], answer.json()["quarantined"]) == (202, 1, 1)
    assert ReadingVerdict.objects.latest("pk").verdict == "quarantined"
    assert [r.value for r in Reading.objects.standing()] == [Decimal(10)]
    assert LatestValue.objects.get().value == Decimal(10)


def test_kp_16_a_revoked_key(system, source, volume, world):
    PushKey.objects.update(revoked_at=clock.now(), revoked_by=world["applicant"].person)

    is_refused(system.send(reading(volume)), 401, "signature.refused")
    assert audited() == [("anonymous", "push.signature")]


def test_kp_17_more_than_a_thousand_at_once(system, volume):
    is_refused(system.send(*[reading(volume)] * 1_001), 413, "bulk.limit")


def test_kp_18_a_compressed_body(system, volume):
    is_refused(system.send(reading(volume), content_encoding="gzip"), 415, "content_encoding.unsupported")


def test_a_body_of_another_kind_or_size_is_refused_before_it_is_read(system, volume):
    body = body_of(reading(volume))
    headers = signed(body, push_id="a")

    is_refused(system.post(body, headers, content_type="text/csv"), 415, "content_type.unsupported")
    is_refused(system.send_raw(b" " * (256 * 1024) + body), 413, "body.max")
    is_refused(system.send_raw(b"{"), 400, "json.malformed")
    is_refused(system.send_raw(b"[" * 50_000), 400, "json.depth")


def test_part_of_a_batch_is_refused_by_place_and_the_rest_is_stored(system, source, volume, world):
    foreign = KpiFactory(project=MeasuredProjectFactory(department=world.b))
    good, again = reading(volume, "2026-01"), reading(volume, "2026-02")
    system.send(again)

    answer = system.send(good, reading(volume, "2098-01"), again, reading(foreign), push_id="mixed")

    assert answer.status_code == 201
    told = answer.json()
    assert (told["accepted"], told["duplicate"]) == (1, 1)
    assert [(row["index"], row["code"]) for row in told["refused"]] == [(1, "observed.future"), (3, "scope")]
    assert all(row["message"] for row in told["refused"])
    run = CollectionRun.objects.get(receipt__push_id="mixed")
    assert (run.accepted, run.duplicate, run.rejected, run.reason) == (1, 1, 2, "observed.future")
    assert run.detail == "readings.1, 3"
    assert audited() == [(source.reference, "push.scope")]


def test_a_batch_of_a_thousand_is_stored_in_few_statements(system, world, django_assert_max_num_queries):
    daily = [KpiFactory(project=MeasuredProjectFactory(department=world.a), frequency="daily") for _ in range(2)]
    for kpi in daily:
        system.source.links.create(kpi=kpi, code=kpi.reference)
    start = clock.today() - timedelta(days=501)
    days = [(start + timedelta(days=step)).isoformat() for step in range(500)]

    with django_assert_max_num_queries(22):
        answer = system.send(*[reading(kpi, day, "7") for kpi in daily for day in days])

    assert (answer.status_code, answer.json()["accepted"]) == (201, 1_000)
    assert Reading.objects.count() == 1_000


def test_a_refused_push_may_be_mended_under_its_id(system, volume):
    is_refused(system.send(reading(volume, value="NaN"), push_id="a"), 400, "value.type")

    assert system.send(reading(volume), push_id="a").status_code == 201


def test_another_value_for_a_stored_period_waits_as_a_correction(system, volume):
    system.send(reading(volume))

    answer = system.send(reading(volume, value="11"))

    assert (answer.status_code, answer.json()["accepted"]) == (202, 1)
    assert LatestValue.objects.get().value == Decimal(10)


def test_what_is_known_already_is_a_duplicate_and_no_ledger_entry(system, volume):
    system.send(reading(volume))

    answer = system.send(reading(volume))

    assert (answer.status_code, answer.json()["duplicate"]) == (200, 1)
    assert LedgerEntry.objects.filter(action="collection.push").count() == 1


def test_two_keys_work_side_by_side_while_one_takes_over(source, volume):
    newer = "whsec_" + "QUJD" * 10 + "QUI="
    PushKeyFactory(source=source, number=99, slot=2, secret=newer)

    assert System(source).send(reading(volume)).status_code == 201
    assert System(source, newer).send(reading(volume, "2026-02")).status_code == 201
    assert System(source, "whsec_" + "Q" * 43 + "=").send(reading(volume, "2026-03")).status_code == 401


def test_a_key_opens_its_own_source_only(system, world, volume):
    other = SourceFactory(push=True, department=world.a)
    PushKeyFactory(source=other, secret="whsec_" + "QUJD" * 10 + "QUI=")

    assert System(other).send(reading(volume)).status_code == 401


def test_an_unknown_source_a_pull_source_and_a_wrong_key_are_told_the_same(source, world, volume):
    body = body_of(reading(volume))
    pull = SourceFactory(department=world.a)
    wrong = "whsec_" + "Q" * 43 + "="

    answers = [System(one, wrong).send_raw(body) for one in ("SRC-0000", pull, source)]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert len(audited()) == 3


def test_a_paused_source_takes_nothing(system, source, volume):
    type(source).objects.filter(pk=source.pk).update(status="paused")

    is_refused(system.send(reading(volume)), 409, "source.paused")


def test_a_source_that_sends_too_often_is_told_to_wait(system, volume, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"push": "2/m/key"}
    answers = [system.send(reading(volume), push_id="a") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"


def test_whoever_guesses_signatures_is_told_to_wait(system, volume, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"push_refused": "2/m/ip"}
    guessing = System(system.source, "whsec_" + "Q" * 43 + "=")

    assert [guessing.send(reading(volume)).status_code for _ in range(3)] == [401, 401, 429]
    assert len(audited()) == 2
    assert system.send(reading(volume)).status_code == 201


def test_a_session_or_a_token_opens_nothing_here(client, world, system, source, volume):
    client.force_login(world["team"])

    answer = client.post(address_of(source), json.dumps({"readings": [reading(volume)]}), "application/json")

    is_refused(answer, 401, "signature.refused")
