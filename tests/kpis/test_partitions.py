"""Partitions of readings are made ahead, once each, and no reading waits for one."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import DatabaseError, connection, transaction
import pytest

from kpis.models import Reading, Series
from kpis.rules.intake import Intake, Moment, State
from kpis.rules.values import Measured
from kpis.services import plan_partitions
from kpis.services.intake import insert
from tests.factories.kpis import KpiFactory, RunFactory

NOW = datetime(2031, 5, 1, tzinfo=UTC)


def store(day):
    series = Series.objects.get(kpi=KpiFactory())
    insert(
        [Intake(Moment(series.pk, day), 1, Measured(Decimal(1)), State.VERIFIED, "test")],
        now=NOW,
        run_id=RunFactory().pk,
    )


def partition_of(day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM kpis_reading WHERE period_start = %s", [day])
        return cursor.fetchone()[0]


def test_the_years_ahead_get_their_months_once(world):
    assert plan_partitions(today=date(2026, 12, 1)) == 0  # until 2028 they came with the tables
    assert plan_partitions(today=date(2031, 5, 1)) == 12 * (2033 - 2028)
    assert plan_partitions(today=date(2031, 5, 1)) == 0

    store(date(2033, 12, 31))
    assert partition_of(date(2033, 12, 31)) == "kpis_reading_2033_12"
    for refused in ("SELECT FROM kpis_reading_2033_12", "DELETE FROM kpis_reading"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(refused)


def test_a_reading_beyond_the_last_partition_is_kept_and_its_month_stays_where_it_is(world):
    store(date(2029, 2, 3))
    assert partition_of(date(2029, 2, 3)) == "kpis_reading_default"

    assert plan_partitions(today=date(2027, 1, 1)) == 11

    assert partition_of(date(2029, 2, 3)) == "kpis_reading_default"
    assert Reading.objects.get().period_start == date(2029, 2, 3)
    store(date(2029, 2, 4))
    store(date(2029, 3, 1))
    assert partition_of(date(2029, 2, 4)) == "kpis_reading_default"
    assert partition_of(date(2029, 3, 1)) == "kpis_reading_2029_03"


def test_no_year_beyond_all_sense_is_planned(world):
    with pytest.raises(DatabaseError, match="twenty years"), transaction.atomic():
        plan_partitions(today=date(2999, 1, 1))
