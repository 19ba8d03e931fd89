"""Owners of typed KPIs are reminded before a reading is due and once it is late, once each (FEATURES E7)."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.core import mail
import pytest
import time_machine

from core import outbox
from core.models import OutboxMessage
from kpis import services
from kpis.services.reading_reminders import tell_owner
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, SourceFactory
from work.models import Notice


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


@pytest.mark.parametrize(("language", "words"), [("en", "was due by 15 Nov 2026 and is late"), ("zh-hant", "現已逾期")])
def test_notice_and_mail_name_the_period_and_the_day_in_the_readers_language(kpi, settings, applicant, language, words):
    settings.EMAIL_HOST = "mail.example"
    applicant.language = language
    applicant.save()
    told_on(16)
    tell_owner(OutboxMessage.objects.get(topic="reading_due").payload)
    outbox.deliver(OutboxMessage.objects.get(topic="notice_mail").pk)
    assert Notice.objects.get().person == applicant.person
    assert [message.to for message in mail.outbox] == [[applicant.email]]
    assert kpi.reference in mail.outbox[0].subject and "2026-10" in mail.outbox[0].body
    assert words in mail.outbox[0].body
