"""Owners of typed KPIs are reminded before a reading is due and once it is late, once each (FEATURES E7)."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.core import mail
import pytest
import time_machine

from core.models import OutboxMessage
from kpis import services
from kpis.services.reading_reminders import mail_reading_due
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, SourceFactory


@pytest.fixture
def kpi(world):
    project = MeasuredProjectFactory(department=world.a)
    return KpiFactory(project=project, owner=world["applicant"].person, starts_on=date(2026, 10, 1))


def told_on(day, month=11):
    with time_machine.travel(datetime(2026, month, day, 4, tzinfo=UTC), tick=False):
        services.remind_owners()
    steps = OutboxMessage.objects.filter(topic="reading_due").order_by("pk")
    return [message.key.rpartition(":")[2] for message in steps]


def test_the_owner_is_told_three_days_ahead_and_once_late_and_never_twice(kpi):
    """October is due by 15 November: fifteen days after its end."""
    assert told_on(11) == []
    assert told_on(12) == ["soon"]
    assert told_on(15) == ["soon"]
    assert told_on(16) == ["soon", "late"]
    assert told_on(30) == ["soon", "late"]


def test_nobody_is_told_of_what_is_reported_or_comes_from_a_source(kpi, applicant):
    with time_machine.travel(datetime(2026, 11, 10, 4, tzinfo=UTC), tick=False):
        services.type_reading(actor=applicant, kpi_id=kpi.pk, period="2026-10", value=Decimal(5))
    SourceFactory(kpis=[KpiFactory(starts_on=date(2026, 10, 1))])
    assert told_on(20) == []


def test_the_mail_names_the_period_and_the_day_in_both_languages(kpi, settings, applicant):
    settings.EMAIL_HOST = "mail.example"
    told_on(16)
    mail_reading_due(OutboxMessage.objects.get(topic="reading_due").payload)
    assert [message.to for message in mail.outbox] == [[applicant.email]]
    assert mail.outbox[0].subject == f"{kpi.reference}: report 2026-10"
    assert "was due by 15 Nov 2026 and is late" in mail.outbox[0].body
    assert "現已逾期" in mail.outbox[0].body
