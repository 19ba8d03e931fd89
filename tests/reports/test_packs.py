"""A monthly pack goes out once and whole, or not at all with the reason (FEATURES H4)."""

from datetime import datetime, time, timedelta
from unittest import mock

from django.core import mail
from django.urls import reverse
import pytest

from accounts.duties import duties_of
from core import clock, outbox
from core.errors import InvalidInput, NotAllowed
from core.models import LedgerEntry, OutboxMessage
from reports import services
from reports.models import Delivery, Pack, Report, Schedule
from reports.rules import packs
from reports.services import schedules
from tests.factories.accounts import PersonFactory

GOOD = {
    "data": {"standing": {"registered": 5}, "curve": [{"in_use": 1}]},
    "coverage": {"claims": {"have": 8, "due": 10}},
}


def at_noon(day):
    return datetime.combine(day, time(12), tzinfo=clock.HONG_KONG)


@pytest.fixture
def schedule(programme):
    readers = [programme["outsider"].person, programme["official"].person]
    return services.add_schedule(
        actor=programme["report_staff"], form="programme_month", day=1, least_coverage=50, readers=readers
    )


@pytest.mark.parametrize(
    ("content", "least", "found"),
    [
        (GOOD, 80, []),
        (GOOD, 81, [packs.COVERAGE]),
        (GOOD | {"coverage": {"kpis": {"have": 0, "due": 0}}}, 100, []),
        (GOOD | {"data": {"standing": {"registered": 0}}}, 0, [packs.SOURCE]),
        (GOOD | {"data": {"standing": {"registered": 5}, "curve": []}}, 0, [packs.CHART]),
        (
            GOOD | {"data": {"standing": {"registered": 5}, "curve": [{"in_use": None}, {"in_use": 0}]}},
            0,
            [packs.CHART],
        ),
    ],
)
def test_what_stands_against_a_pack(content, least, found):
    assert packs.faults(content, least_coverage=least) == found


@pytest.fixture
def without_gap():
    """Last month looks whole, though nothing was recorded in it."""
    with mock.patch.object(schedules.packs, "faults", return_value=[]):
        yield


def test_a_pack_is_sent_once_to_its_readers_who_then_see_the_draft(schedule, without_gap, programme, client):
    for _time in range(2):
        services.send_packs(now=clock.now())

    pack = Pack.objects.get(schedule=schedule)
    assert (pack.state, pack.reasons, Report.objects.count()) == ("sent", [], 1)
    assert pack.report.status == "draft"
    assert Delivery.objects.filter(pack=pack, is_sent=True).count() == 2
    assert LedgerEntry.objects.filter(action="pack.sent").count() == 1
    client.force_login(programme["outsider"])
    assert client.get(reverse("reports:report", args=[pack.report.reference])).status_code == 200
    client.force_login(programme["applicant"])
    assert client.get(reverse("reports:report", args=[pack.report.reference])).status_code == 404


@pytest.mark.parametrize("fault", [packs.SOURCE, packs.COVERAGE, packs.CHART])
def test_a_pack_with_a_gap_is_sent_to_nobody_and_its_owner_is_told(schedule, report_staff, fault, settings):
    settings.EMAIL_HOST = "mail.example.org"
    report_staff.email = "reports@example.org"
    report_staff.save(update_fields=["email"])
    with mock.patch.object(schedules.packs, "faults", return_value=[fault]):
        services.send_packs(now=clock.now())

    pack = Pack.objects.get(schedule=schedule)
    assert (pack.state, pack.reasons, pack.report) == ("failed", [fault], None)
    assert not Report.objects.exists()
    assert not Delivery.objects.exists()
    assert "pack.failed" in [duty.code for duty in duties_of(report_staff)]
    for topic in (schedules.FAILED, "notice_mail"):
        for message in OutboxMessage.objects.filter(topic=topic):
            outbox.deliver(message.pk)
    assert [letter.to for letter in mail.outbox] == [["reports@example.org"]]


def test_a_month_of_which_nothing_is_known_fails_by_itself(schedule):
    services.send_packs(now=clock.now())

    assert Pack.objects.get().reasons == [packs.SOURCE, packs.CHART]


def test_a_reader_who_left_gets_nothing_and_that_is_on_record(schedule, without_gap, outsider):
    outsider.is_active = False
    outsider.save(update_fields=["is_active"])

    services.send_packs(now=clock.now())

    assert {one.reader_id: one.is_sent for one in Delivery.objects.all()}[outsider.person_id] is False
    assert Pack.objects.get().state == "sent"


def test_before_its_day_nothing_is_planned_and_an_ended_schedule_sends_nothing(schedule, report_staff):
    Schedule.objects.filter(pk=schedule.pk).update(day=28)
    assert services.send_packs(now=at_noon(clock.today().replace(day=27))) == 0
    services.end_schedule(actor=report_staff, schedule_id=schedule.pk, reason="Not needed")

    assert services.send_packs(now=at_noon(clock.today().replace(day=28) + timedelta(hours=0))) == 0
    assert not Pack.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"form": "minister_brief"}, {"day": 0}, {"day": 29}, {"least_coverage": 101}, {"readers": []}]
)
def test_what_cannot_be_sent_each_month_is_refused(programme, report_staff, sent):
    whole = {"form": "programme_month", "day": 3, "least_coverage": 50, "readers": [report_staff.person]}

    with pytest.raises(InvalidInput):
        services.add_schedule(actor=report_staff, **(whole | sent))

    assert not Schedule.objects.exists()


def test_a_reader_without_an_account_and_a_stranger_as_owner_are_refused(report_staff, applicant):
    whole = {"form": "programme_month", "day": 3, "least_coverage": 50}

    with pytest.raises(InvalidInput):
        services.add_schedule(actor=report_staff, readers=[PersonFactory()], **whole)
    with pytest.raises(NotAllowed):
        services.add_schedule(actor=applicant, readers=[applicant.person], **whole)
