"""A source that gives no news tells the owners of its KPIs, once in a spell (issue 5, point 3)."""

from datetime import UTC, date, datetime

from django.core import mail
import pytest
import time_machine

from accounts.duties import duties_of
from core import outbox
from core.models import LedgerEntry, OutboxMessage
from kpis import services
from kpis.models import CollectionRun, LatestValue, Source, StaleSpell
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, PushKeyFactory, SourceFactory
from tests.kpis.collecting import item
from tests.kpis.pushing import System, reading
from work.models import Notice


def measured(world, **given):
    project = MeasuredProjectFactory(department=world.a, status="registered")
    return KpiFactory(project=project, owner=world["applicant"].person, starts_on=date(2026, 8, 1), **given)


@pytest.fixture
def kpi(world):
    return measured(world)


@pytest.fixture
def system(world, kpi):
    """A department's system that sends by itself."""
    return System(PushKeyFactory(source=SourceFactory(push=True, department=world.a, kpis=[kpi])).source)


def at(month, day):
    return time_machine.travel(datetime(2026, month, day, 4, tzinfo=UTC), tick=False)


def watched(month, day):
    """What changed, after everybody was told."""
    with at(month, day):
        changed = services.watch_stale()
        for message in OutboxMessage.objects.filter(topic="source_stale", delivered_at=None).order_by("pk"):
            outbox.deliver(message.pk)
    return changed


def sent(system, kpi, month, day, period):
    with at(month, day):
        assert system.send(reading(kpi, period)).status_code in {201, 202}  # taken, or taken and waiting for a person


def told():
    return list(
        Notice.objects.filter(kind="source.stale").order_by("pk").values_list("person__accounts__username", flat=True)
    )


def test_a_push_that_stops_is_told_once_when_a_reading_is_overdue_and_anew_in_the_next_spell(world, kpi, system):
    """September is due by 15 October: fifteen days after its end."""
    sent(system, kpi, 9, 2, "2026-08")
    assert [watched(10, 15), watched(10, 16), watched(10, 17), watched(11, 20)] == [0, 1, 0, 0]
    once = sorted(told())
    assert once == sorted({"applicant", "team", *once}) and "outsider" not in once

    sent(system, kpi, 11, 21, "2026-09")
    assert watched(11, 22) == 0  # October is overdue by now: the same spell
    sent(system, kpi, 11, 23, "2026-10")
    assert watched(11, 24) == 1
    assert not StaleSpell.objects.open().exists()
    assert sorted(told()) == once

    assert watched(12, 16) == 1
    assert sorted(told()) == sorted(once * 2)
    acts = LedgerEntry.objects.filter(action__startswith="source.stale").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["source.stale", "source.stale_over", "source.stale"]


def test_a_push_that_comes_in_time_is_nothing_to_tell(kpi, system):
    sent(system, kpi, 9, 2, "2026-08")
    sent(system, kpi, 10, 2, "2026-09")

    assert [watched(10, 16), watched(11, 15)] == [0, 0]
    assert told() == []


def test_a_source_that_answers_without_a_new_reading_is_stale_though_no_run_failed(world, kpi, department):
    source = SourceFactory(port=department.port, department=world.a, kpis=[kpi])
    department.sends(item(kpi, 8))
    for month in (9, 10):
        with at(month, 10):
            services.plan_due(now=datetime(2026, month, 10, 4, tzinfo=UTC))
            run = CollectionRun.objects.filter(source=source).latest("window_start")
            assert services.run_source(run_id=run.pk) == "done"

    assert [watched(10, 15), watched(10, 16)] == [0, 1]
    assert "applicant" in told()


def test_a_value_that_never_moves_is_told_in_its_own_words(kpi, system, applicant, client):
    sent(system, kpi, 9, 2, "2026-08")
    assert watched(9, 3) == 0
    LatestValue.objects.update(same_since=date(2026, 8, 1))

    assert [watched(9, 4), watched(9, 5)] == [1, 0]
    client.force_login(applicant)
    assert "its value has been the same since 2026-08" in client.get(f"/kpis/sources/{system.source.reference}/").text


def test_kpis_found_on_one_day_are_told_in_one_message(world, kpi, system, applicant):
    other = measured(world)
    system.source.links.create(kpi=other, code=other.reference)

    assert watched(10, 16) == 2
    assert told().count("applicant") == 1
    assert Notice.objects.filter(person=applicant.person).get().facts["others"] == 1


@pytest.mark.parametrize("change", ["paused", "retired"])
def test_nobody_is_told_of_a_source_that_is_paused_or_of_a_project_that_is_retired(kpi, system, change):
    if change == "paused":
        Source.objects.filter(pk=system.source.pk).update(status="paused")
    else:
        type(kpi.project).objects.filter(pk=kpi.project_id).update(stage="retired")

    assert watched(11, 20) == 0
    assert told() == []


def test_a_reading_that_waits_for_a_person_is_news_and_one_sent_back_is_not(kpi, system, head):
    system.source.links.update(highest=5)  # what is sent lies beyond
    sent(system, kpi, 9, 2, "2026-08")
    assert watched(9, 20) == 0

    services.verify_reading(actor=head, kpi_id=kpi.pk, period="2026-08", revision=1, accept=False, note="Wrong.")

    assert watched(9, 21) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no reading of 2026-08 has come; it was due by 15 Sep 2026"), ("zh-hant", "尚未收到")],
)
def test_it_is_mailed_and_stands_on_the_page_and_under_what_is_due(
    world, kpi, system, applicant, client, settings, language, words
):
    settings.EMAIL_HOST = "mail.example"
    applicant.language = language
    applicant.save()
    assert watched(9, 16) == 1

    notice = Notice.objects.get(person=applicant.person)
    outbox.deliver(OutboxMessage.objects.get(topic="notice_mail", payload__notice=notice.pk).pk)
    assert mail.outbox[0].to == [applicant.email] and words in mail.outbox[0].body
    assert [duty.code for duty in duties_of(applicant)].count("source.stale") == 1
    assert [duty.code for duty in duties_of(world["outsider"])].count("source.stale") == 0
    client.force_login(applicant)
    page = client.get(f"/kpis/sources/{system.source.reference}/", headers={"accept-language": language})
    assert words in page.text
    assert "stale" in client.get("/kpis/sources/", headers={"accept-language": "en"}).text or language != "en"
