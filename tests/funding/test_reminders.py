"""Holders are told that a stage is due and overdue, then whoever stands one step above; once each."""

from datetime import date, timedelta

from django.core import mail
from django.db import DatabaseError, transaction
import pytest

from core import clock, outbox, working_days
from core.models import OutboxMessage
from funding import services
from funding.models import FundingRequest, Reminder, ServiceTimes
from funding.rules import service_times
from funding.selectors.clock import clock_of


def since(request, *, late):
    """Let the stage have begun so that it is due `late` working days ago; ahead when negative."""
    day = clock.today()
    for _number in range(60):
        FundingRequest.objects.filter(pk=request.pk).update(holder_since=clock.end_of_day(day))
        request.refresh_from_db()
        if working_days.between(clock_of(request).due_on, clock.today()) >= late:
            return request
        day -= timedelta(days=1)
    raise AssertionError("no such day")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 18), ()),
        (date(2026, 11, 19), ("due",)),
        (date(2026, 11, 20), ("due",)),
        (date(2026, 11, 21), ("overdue",)),
        (date(2026, 11, 24), ("overdue",)),
        (date(2026, 11, 25), ("overdue", "escalated")),
        (date(2026, 12, 31), ("overdue", "escalated")),
    ],
)
def test_what_is_told_of_a_stage_that_is_due_on_a_friday(today, expected):
    assert service_times.steps(date(2026, 11, 20), today=today, escalate_after=3) == expected


def test_nothing_is_told_early(office):
    since(office.submitted(), late=-4)

    assert services.send_reminders() == 0
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("late", "steps"), [(-1, ["due"]), (1, ["overdue"]), (4, ["overdue", "escalated"])], ids=["due", "late", "above"]
)
def test_each_step_is_told_once(office, world, team, late, steps):
    request = since(office.submitted(), late=late)
    told = [services.send_reminders(), services.send_reminders()]

    assert told == [len(steps), 0]
    assert list(Reminder.objects.values_list("step", flat=True)) == steps
    assert Reminder.objects.first().people.get() == world["head"].person
    if "escalated" in steps:
        assert team.person in Reminder.objects.get(step="escalated").people.all()
    assert OutboxMessage.objects.filter(topic="reminder").count() == len(steps)
    assert request.reference


def test_late_screening_goes_up_to_the_chair(office, world):
    request = office.submitted()
    services.endorse_request(actor=world["head"], request_id=request.pk, statement="Needed.")
    request.refresh_from_db()
    since(request, late=4)
    services.send_reminders()

    assert Reminder.objects.get(step="overdue").people.get() == world["secretary"].person
    assert Reminder.objects.get(step="escalated").people.get() == office.chair.person


def test_a_new_stage_is_told_anew(office, world):
    request = since(office.submitted(), late=1)
    services.send_reminders()
    services.endorse_request(actor=world["head"], request_id=request.pk, statement="Needed.")
    request.refresh_from_db()
    since(request, late=2)

    assert services.send_reminders() == 1
    assert Reminder.objects.filter(step="overdue").count() == 2


def test_a_reminder_is_mailed_and_shown_and_stays(office, world, client, settings):
    settings.EMAIL_HOST = "mail.example"
    request = since(office.submitted(), late=1)
    services.send_reminders()
    for topic in ("reminder", "notice_mail"):
        outbox.deliver(OutboxMessage.objects.get(topic=topic).pk)
    client.force_login(world["head"])

    assert request.reference in mail.outbox[0].subject
    assert "reminded that it is overdue" in client.get(f"/funding/{request.reference}/").content.decode()
    assert 'id="clocks-mine"' in client.get("/funding/clock/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.all().update(step="due")


def test_when_above_is_told_is_the_policy_of_the_day_the_stage_began(office):
    ServiceTimes.objects.update(escalate_days=5)
    since(office.submitted(), late=4)
    services.send_reminders()

    assert list(Reminder.objects.values_list("step", flat=True)) == ["overdue"]
