"""The job monitor: who sees which runs, how the machinery does, and the second chance of a run."""

from datetime import UTC, datetime

from django.urls import reverse
import pytest

from core.errors import Conflict, NotAllowed
from core.health import beat_heard
from core.models import LedgerEntry
from kpis import services
from kpis.models import CollectionRun, Reading
from kpis.services.runs import run_source
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory

ENDED = {"attempts": 3, "reason": "unreachable", "finished_at": datetime(2026, 1, 1, 1, tzinfo=UTC)}


@pytest.fixture
def source(world, department):
    kpi = KpiFactory(project=MeasuredProjectFactory(department=world.a))
    department.sends({"kpi": kpi.reference, "period": "2026-01", "value": "10"})
    return SourceFactory(department=world.a, port=department.port, kpis=[kpi])


@pytest.fixture
def dead(source):
    return RunFactory(source=source, state="dead", **ENDED)


@pytest.mark.parametrize("persona", ["applicant", "team"])
def test_a_run_given_up_gets_all_its_attempts_again(dead, persona, request):
    actor = request.getfixturevalue(persona)

    services.retry_run(actor=actor, run_id=dead.pk, reason="The server is back.")

    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.reason, dead.finished_at) == ("planned", 0, "", None)
    assert LedgerEntry.objects.filter(action="collection.retried").count() == 1
    assert run_source(run_id=dead.pk) == "done"
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("state", ["planned", "running", "done", "failed"])
def test_a_run_that_waits_runs_or_is_done_is_not_tried_again(source, team, state):
    run = RunFactory(source=source, state=state)

    _refused(run, team, Conflict, "run.state")


def test_a_run_that_a_later_one_made_good_is_not_tried_again(dead, team):
    RunFactory(source=dead.source, state="done", window_start=datetime(2027, 1, 1, tzinfo=UTC))

    _refused(dead, team, Conflict, "run.superseded")


def test_a_run_of_a_paused_source_and_a_push_are_not_tried_again(dead, team):
    pushed = RunFactory(source=SourceFactory(push=True), is_push=True, state="done")
    _refused(pushed, team, Conflict, "run.push")
    dead.source.status = "paused"
    dead.source.save()

    _refused(dead, team, Conflict, "source.state")


def test_others_do_not_try_a_run_again(dead, auditor):
    _refused(dead, auditor, NotAllowed, "duty.department")


def _refused(run, actor, error, code):
    before = CollectionRun.objects.values().get(pk=run.pk)
    with pytest.raises(error) as refused:
        services.retry_run(actor=actor, run_id=run.pk, reason="Again.")

    assert refused.value.code == code
    assert CollectionRun.objects.values().get(pk=run.pk) == before
    assert not LedgerEntry.objects.filter(action="collection.retried").exists()


def test_the_monitor_shows_runs_and_machinery_in_both_languages(client, dead, team):
    beat_heard()
    RunFactory(source=dead.source)
    client.force_login(team)

    page = client.get(reverse("jobs:job-list"))
    chinese = client.get(reverse("jobs:job-list"), headers={"Accept-Language": "zh-hant"}).content.decode()

    assert [job.run.state for job in page.context["jobs"]] == ["planned", "dead"]
    shown = page.context["machinery"]
    assert (shown.waiting, shown.dead, shown.outbox_seconds) == (1, 1, 0)
    assert shown.schedule_heard_at is not None
    assert "The source could not be reached." in page.content.decode()
    assert "系統運作狀況" in chinese


def test_a_department_sees_its_own_runs_and_no_machinery(client, dead, applicant, official):
    RunFactory()
    seen = {}
    for user in (applicant, official):
        client.force_login(user)
        page = client.get(reverse("jobs:job-list"))
        seen[user] = [job.run.pk for job in page.context["jobs"]], page.context["machinery"]

    assert seen == {applicant: ([dead.pk], None), official: ([], None)}


def test_the_page_of_a_run_offers_its_second_chance_and_takes_a_reason(client, dead, applicant):
    client.force_login(applicant)
    address = reverse("jobs:job-retry", args=[dead.pk])

    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "The server is back."}).status_code == 302

    dead.refresh_from_db()
    assert dead.state == "planned"
    assert client.post(address, {"reason": "Again."}).status_code == 409


def test_the_api_lists_filters_and_retries(client, dead, applicant):
    RunFactory(source=dead.source, state="done", window_start=datetime(2025, 1, 1, tzinfo=UTC))
    client.force_login(applicant)

    found = client.get("/api/v1/jobs/?state=dead").json()["results"]
    retried = client.post(f"/api/v1/jobs/{dead.pk}/retry/", {"reason": "Back."}, content_type="application/json")

    assert [(row["id"], row["source"], row["reason"]) for row in found] == [
        (dead.pk, dead.source.reference, "unreachable")
    ]
    assert (retried.status_code, retried.json()["state"]) == (200, "planned")


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_as_much_for_one_run_as_for_twenty(client, source, team, django_assert_max_num_queries, count):
    for _run in range(count):
        RunFactory(source=source, state="dead")
    client.force_login(team)

    with django_assert_max_num_queries(12):
        client.get(reverse("jobs:job-list"))
