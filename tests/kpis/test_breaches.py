"""A KPI that fell far behind: the breach opens and closes by readings, is told once, is followed up by people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
import pytest
import time_machine

from core import clock, outbox
from core.errors import Conflict, NotAllowed, Unprocessable
from core.models import LedgerEntry, OutboxMessage
from kpis import services
from kpis.models import Breach, FollowUp, KpiTarget
from kpis.rules.values import Measured
from kpis.services.breaches import tell_of_breach
from tests.factories.kpis import DefinitionFactory, KpiFactory, MeasuredProjectFactory, SourceFactory, verified
from work.models import Notice

DUE_ON = date(2098, 12, 31)
LAST = date(2026, 1, 31)


@pytest.fixture
def kpi(world):
    """Lower is better, the target is 10, and nothing says where it stood before: over 11 is red, up to 10 green."""
    definition = DefinitionFactory(direction="down", aggregation="mean")
    kpi = KpiFactory(
        project=MeasuredProjectFactory(department=world.a, lead=world["applicant"].person, status="registered"),
        definition=definition,
        owner=world["applicant"].person,
    )
    KpiTarget.objects.create(kpi=kpi, value=10, due_on=DUE_ON, set_by=kpi.owner)
    return kpi


@pytest.fixture
def source(kpi):
    return SourceFactory(department=kpi.project.department, kpis=[kpi])


def read(kpi, source, value):
    """A verified reading of the last month that has ended."""
    start = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    verified(kpi, {start: Measured(Decimal(value))}, source)
    return start


def test_a_red_reading_opens_one_breach_and_tells_of_it_once(kpi, source):
    start = read(kpi, source, 20)

    assert services.watch_breaches() == 1
    assert services.watch_breaches() == 0

    breach = Breach.objects.get()
    assert (breach.kpi, breach.period_start, breach.closed_at) == (kpi, start, None)
    assert OutboxMessage.objects.filter(topic="kpi_breach").count() == 1
    assert LedgerEntry.objects.filter(action="kpi.breach_opened").count() == 1


def test_a_reading_on_the_way_back_closes_it_and_the_next_red_one_opens_another(kpi, source):
    changed = []
    for month, value in ((8, 20), (9, 9), (10, 30)):
        with time_machine.travel(datetime(2026, month, 10, tzinfo=UTC), tick=False):
            read(kpi, source, value)
            changed.append(services.watch_breaches())

    assert changed == [1, 1, 1]
    assert [breach.closed_at is None for breach in Breach.objects.order_by("pk")] == [False, True]
    assert LedgerEntry.objects.filter(action="kpi.breach_closed").count() == 1


@pytest.mark.parametrize("value", [9, 10, Decimal("10.5")])
def test_green_and_amber_readings_open_none(kpi, source, value):
    read(kpi, source, value)

    assert services.watch_breaches() == 0
    assert not Breach.objects.exists()


def test_a_reading_that_waits_for_its_second_person_opens_none(kpi, applicant):
    services.type_reading(actor=applicant, kpi_id=kpi.pk, period=f"{LAST:%Y-%m}", value=Decimal(99))

    assert services.watch_breaches() == 0


def test_a_kpi_without_a_target_has_none(kpi, source):
    KpiTarget.objects.all().delete()
    read(kpi, source, 99)

    assert services.watch_breaches() == 0
    assert not Breach.objects.exists()


def test_two_open_breaches_of_one_kpi_cannot_be(kpi):
    Breach.objects.create(kpi=kpi, period_start=LAST, opened_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.create(kpi=kpi, period_start=LAST, opened_at=timezone.now())


def test_the_owner_and_the_lead_get_one_notice_and_one_mail_in_their_language(kpi, source, settings, applicant):
    settings.EMAIL_HOST = "mail.example"
    applicant.language = "zh-hant"
    applicant.save()
    read(kpi, source, 20)
    services.watch_breaches()

    for _time in range(2):
        tell_of_breach({"breach": Breach.objects.get().pk})
    for message in OutboxMessage.objects.filter(topic="notice_mail"):
        outbox.deliver(message.pk)

    assert Notice.objects.filter(kind="kpi.red", about_id=kpi.pk, person=applicant.person).count() == 1
    assert [message.to for message in mail.outbox] == [[applicant.email]]
    assert kpi.reference in mail.outbox[0].subject and "嚴重落後於目標" in mail.outbox[0].body


def test_what_is_done_about_it_is_said_by_those_who_report_it(kpi, source, applicant):
    read(kpi, source, 20)
    services.watch_breaches()

    services.follow_up(actor=applicant, kpi_id=kpi.pk, text="Two more officers.", due_on=DUE_ON)

    said = FollowUp.objects.get()
    assert (said.breach.kpi, said.text, said.said_by) == (kpi, "Two more officers.", applicant.person)
    assert LedgerEntry.objects.filter(action="kpi.breach_followed_up").count() == 1


@pytest.mark.parametrize(
    ("persona", "is_open", "due_on", "refusal", "code"),
    [
        ("official", True, DUE_ON, NotAllowed, "duty.department"),
        ("applicant", False, DUE_ON, Conflict, "breach.none"),
        ("applicant", True, date(2020, 1, 1), Unprocessable, "date.range"),
    ],
)
def test_others_other_days_and_closed_breaches_are_refused(world, kpi, source, persona, is_open, due_on, refusal, code):
    read(kpi, source, 20)
    services.watch_breaches()
    Breach.objects.update(closed_at=None if is_open else datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(refusal) as refused:
        services.follow_up(actor=world[persona], kpi_id=kpi.pk, text="Nothing.", due_on=due_on)

    assert refused.value.code == code
    assert not FollowUp.objects.exists()


def test_the_page_says_it_and_takes_the_follow_up_in_both_languages(client, kpi, source, applicant):
    read(kpi, source, 20)
    services.watch_breaches()
    client.force_login(applicant)
    address = reverse("kpis:kpi-detail", args=[kpi.reference])
    form = next(offer.form for offer in client.get(address).context["offers"] if offer.act.name == "follow-up")
    sent = {"text": "Two more officers.", "due_on": DUE_ON.isoformat(), "form_token": form["form_token"].value()}

    answer = client.post(reverse("kpis:kpi-follow-up", args=[kpi.reference]), sent)
    assert answer.status_code == 302
    page = client.get(address).content.decode()
    chinese = client.get(address, headers={"Accept-Language": "zh-hant"}).content.decode()

    assert "Far behind its target since the reading of" in page
    assert "Two more officers." in page
    assert "未了結" in chinese
    assert "嚴重落後於目標" in chinese


def test_everybody_sees_the_breach_but_only_those_close_to_it_what_is_said(client, kpi, source, applicant, official):
    read(kpi, source, 20)
    services.watch_breaches()
    services.follow_up(actor=applicant, kpi_id=kpi.pk, text="Two more officers.", due_on=DUE_ON)
    told = {}
    for user in (applicant, official):
        client.force_login(user)
        told[user] = client.get(f"/api/v1/kpis/{kpi.reference}/breaches/").json()
        page = client.get(reverse("kpis:kpi-detail", args=[kpi.reference])).content.decode()
        assert ("Two more officers." in page) is (user == applicant)

    assert [len(rows) for rows in told.values()] == [1, 1]
    assert [len(rows[0]["follow_ups"]) for rows in told.values()] == [1, 0]


def test_the_list_finds_kpis_with_an_open_breach(client, kpi, source, official):
    KpiFactory(project=kpi.project)
    read(kpi, source, 20)
    services.watch_breaches()
    client.force_login(official)

    found = client.get("/api/v1/kpis/?breach=open").json()["results"]
    page = client.get(reverse("kpis:kpi-list") + "?breach=open")

    assert [row["reference"] for row in found] == [kpi.reference]
    assert page.status_code == 200
