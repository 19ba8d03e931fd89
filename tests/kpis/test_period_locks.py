"""Locked periods: what was reported stays as it was, whichever way a reading comes, until the Team opens them (E8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
import io

from django.db import connection, transaction
from django.urls import reverse
import pytest

from core import clock, ledger
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from kpis import services
from kpis.models import LatestValue, PeriodLock, Reading, Series
from kpis.rules.locks import last_word
from kpis.services.intake import lock_series
from kpis.services.locks import open_from
from kpis.services.runs import run_source
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory
from tests.kpis.pushing import System, reading
from tests.plugins.personas import make_world

UNTIL = date(2026, 3, 31)


@pytest.fixture
def kpi(world):
    return KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)


@pytest.fixture
def locked(team, kpi):
    return services.lock_periods(actor=team, until=UNTIL, reason="Reported to the Panel.")


class Said:
    def __init__(self, pk, kpi_id, until):
        self.pk, self.kpi_id, self.until = pk, kpi_id, until


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], None),
        ([(1, None, UNTIL)], UNTIL),
        ([(1, None, UNTIL), (2, 7, None)], None),
        ([(1, None, UNTIL), (2, 8, None)], UNTIL),
        ([(2, 7, None), (3, None, UNTIL)], UNTIL),
        ([(1, 7, UNTIL), (2, None, None)], None),
    ],
)
def test_the_newest_word_counts_about_the_kpi_or_about_all(words, expected):
    assert last_word(7, [Said(*word) for word in words]) == expected


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("daily", date(2026, 4, 1)),
        ("weekly", date(2026, 3, 30)),
        ("monthly", date(2026, 4, 1)),
        ("quarterly", date(2026, 4, 1)),
        ("yearly", date(2026, 1, 1)),
    ],
)
def test_a_period_is_locked_once_its_last_day_is(team, world, frequency, expected):
    kpi = KpiFactory(frequency=frequency)
    services.lock_periods(actor=team, until=UNTIL, reason="Reported.")

    assert open_from(Series.objects.get(kpi=kpi)) == expected


def type_it(actor, kpi, period, value="5", **more):
    return services.type_reading(actor=actor, kpi_id=kpi.pk, period=period, value=Decimal(value), **more)


def test_a_locked_period_takes_no_typed_reading_and_an_open_one_does(kpi, locked, applicant):
    with pytest.raises(Unprocessable) as refused:
        type_it(applicant, kpi, "2026-03")

    assert refused.value.code == "period.locked"
    assert not Reading.objects.exists()
    assert type_it(applicant, kpi, "2026-04").revision == 1


def test_what_waited_when_the_lock_came_is_not_verified_until_it_is_opened(kpi, team, applicant, head):
    type_it(applicant, kpi, "2026-03")
    services.lock_periods(actor=team, until=UNTIL, reason="Reported.")
    verify = {"actor": head, "kpi_id": kpi.pk, "period": "2026-03", "revision": 1}
    with pytest.raises(Conflict) as refused:
        services.verify_reading(**verify)
    assert refused.value.code == "period.locked"
    assert not LatestValue.objects.exists()

    services.lock_periods(actor=team, kpi_id=kpi.pk, until=None, reason="A digit was swapped.")

    assert services.verify_reading(**verify).verdict == "verified"


def test_what_waited_may_still_be_sent_back(kpi, team, applicant, head):
    type_it(applicant, kpi, "2026-03")
    services.lock_periods(actor=team, until=UNTIL, reason="Reported.")

    sent = services.verify_reading(
        actor=head, kpi_id=kpi.pk, period="2026-03", revision=1, accept=False, note="Too late."
    )

    assert sent.verdict == "returned"


def test_a_row_of_a_file_about_a_locked_period_is_refused_by_name(kpi, locked, applicant):
    lines = f"kpi,period,value,numerator,denominator\n{kpi.reference},2026-03,7,,\n{kpi.reference},2026-04,8,,\n"
    batch = services.offer_readings(
        actor=applicant, file=io.BytesIO(lines.encode()), file_name="r.csv", encoding="utf-8"
    )

    services.report_readings(actor=applicant, file_id=batch.pk)

    assert [row.period_start for row in Reading.objects.all()] == [date(2026, 4, 1)]


def test_a_file_that_was_reported_before_the_lock_is_not_verified_after_it(kpi, team, applicant, head):
    lines = f"kpi,period,value,numerator,denominator\n{kpi.reference},2026-03,7,,\n"
    batch = services.offer_readings(
        actor=applicant, file=io.BytesIO(lines.encode()), file_name="r.csv", encoding="utf-8"
    )
    services.report_readings(actor=applicant, file_id=batch.pk)
    services.lock_periods(actor=team, until=UNTIL, reason="Reported.")

    with pytest.raises(Conflict) as refused:
        services.verify_file(actor=head, file_id=batch.pk)

    assert refused.value.code == "period.locked"


def test_what_a_source_sends_about_a_locked_period_is_kept_and_moves_nothing(kpi, team, department, client, applicant):
    source = SourceFactory(port=department.port, department=kpi.project.department, kpis=[kpi])
    department.sends({"kpi": kpi.reference, "period": "2026-03", "value": "5"})
    run_source(run_id=RunFactory(source=source).pk)
    services.lock_periods(actor=team, until=UNTIL, reason="Reported.")
    department.sends(
        {"kpi": kpi.reference, "period": "2026-02", "value": "4"},
        {"kpi": kpi.reference, "period": "2026-03", "value": "6"},
        {"kpi": kpi.reference, "period": "2026-04", "value": "7"},
    )

    assert run_source(run_id=RunFactory(source=source).pk) == "done"

    standing = list(Reading.objects.standing().values_list("period_start__month", "value"))
    assert standing == [(3, Decimal(5)), (4, Decimal(7))]
    waiting = Reading.objects.waiting().values_list("period_start__month", "rule")
    assert sorted(waiting) == [(2, "period.locked"), (3, "period.locked")]
    client.force_login(applicant)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    assert "Its period is locked" in client.get(address).content.decode()
    assert "所屬期間已鎖定" in client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()


def test_a_push_about_a_locked_period_is_kept_and_moves_nothing(kpi, locked):
    from tests.factories.kpis import SECRET, PushKeyFactory

    source = PushKeyFactory(source=SourceFactory(push=True, department=kpi.project.department, kpis=[kpi])).source

    assert System(source, SECRET).send(reading(kpi, "2026-03")).status_code == 202
    assert not Reading.objects.verified().exists()


def test_only_the_team_locks_and_only_what_is_over(kpi, team, applicant, administrator):
    for actor in (applicant, administrator):
        with pytest.raises(NotAllowed):
            services.lock_periods(actor=actor, until=UNTIL, reason="x")
    for until in (clock.today(), clock.today() + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            services.lock_periods(actor=team, until=until, reason="x")
    assert not PeriodLock.objects.exists()


def test_each_word_is_in_the_ledger_and_no_row_is_ever_changed(kpi, locked, team):
    services.lock_periods(actor=team, kpi_id=kpi.pk, until=None, reason="A digit was swapped.")

    assert LedgerEntry.objects.filter(action="kpi.periods_locked").count() == 2
    assert ledger.verify(ledger.stored_chain()) == ledger.head()
    with pytest.raises(Exception, match="kpis_periodlock"), transaction.atomic():
        PeriodLock.objects.update(until=None)


def test_the_team_locks_on_the_page_and_everybody_reads_it_in_both_languages(signed_in, kpi, team, outsider):
    address, mine = reverse("kpis:period-locks"), signed_in(team)
    assert "No period is locked" in mine.get(address).content.decode()
    assert mine.post(address, {"until": "2026-03-31", "reason": ""}).status_code == 422
    assert mine.post(address, {"until": "2026-03-31", "reason": "Reported to the Panel."}).status_code == 302
    opened = reverse("kpis:kpi-lock-periods", args=[kpi.reference])
    assert mine.post(opened, {"until": "2026-01-31", "reason": "A digit was swapped."}).status_code == 302

    theirs = signed_in(outsider)
    page = theirs.get(address).content.decode()
    assert "Reported to the Panel." in page and "31 Mar 2026" in page and "Say so" not in page
    assert theirs.post(address, {"until": "2026-03-31", "reason": "x"}).status_code == 403
    assert "已鎖定的期間" in theirs.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()
    detail = theirs.get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()
    assert "31 Jan 2026" in detail


def test_what_is_said_of_a_hidden_kpi_is_not_shown(signed_in, team, outsider, world):
    hidden = KpiFactory(project=MeasuredProjectFactory(department=world.a, status="draft"))
    PeriodLock.objects.create(kpi=hidden, until=UNTIL, reason="Secret plan.", said_by=team.person, said_at=clock.now())

    assert "Secret plan." not in signed_in(outsider).get(reverse("kpis:period-locks")).content.decode()


def test_a_reading_on_its_way_and_a_lock_wait_for_each_other(committed_db):
    """Whichever is first: a reading stored after the lock's commit is about an open period."""
    world = make_world()
    wrong = 0
    for _round in range(10):
        kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)

        def lock():
            try:
                services.lock_periods(actor=world["team"], until=UNTIL, reason="Reported.")
                return clock.database_now()
            finally:
                connection.close()

        def report(kpi=kpi):
            try:
                return type_it(world["applicant"], kpi, "2026-03").recorded_at
            except DomainError:
                return None
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            locked_by, reported = pool.submit(lock), pool.submit(report)
            after, stored = locked_by.result(), reported.result()
        wrong += stored is not None and stored > after
        services.lock_periods(actor=world["team"], until=None, reason="Again.")

    assert wrong == 0


def test_the_gate_is_shared_by_readings_and_taken_alone_by_a_lock(committed_db):
    world = make_world()
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a))

    def lock():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
                services.lock_periods(actor=world["team"], until=UNTIL, reason="Reported.")
        finally:
            connection.close()

    with transaction.atomic():
        lock_series([Series.objects.get(kpi=kpi).pk])
        with ThreadPoolExecutor(1) as pool, pytest.raises(Exception, match="lock timeout"):
            pool.submit(lock).result()
