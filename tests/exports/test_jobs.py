"""Jobs of exports: asked, taken under a lease, cancelled, limited; the log; choice of columns and layouts."""

from datetime import timedelta
import json

import pytest

from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from exports import lists, services
from exports.lists import Wanted
from exports.models import ExportJob, Layout, State
from exports.services.asking import MOST_WAITING, QueueFull
from exports.services.making import MOST_ATTEMPTS
from projects import exports
from tests.factories.projects import ProjectFactory

ALL = Wanted("projects", "", "xlsx")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(user, wanted=ALL):
    return services.ask(actor=user, wanted=wanted)


def test_a_job_is_made_once_and_by_one_worker(world, official):
    job = asked(official)

    assert services.make(job.pk)
    assert not services.make(job.pk)
    assert services.take_up() == []


def test_a_job_whose_worker_fell_silent_is_taken_up_again_and_at_last_given_up(world, official):
    job = asked(official)
    silent = {"state": State.RUNNING, "lease_until": clock.now() - timedelta(seconds=1)}
    ExportJob.objects.update(**silent, attempts=1)
    assert services.take_up() == [job.pk]

    ExportJob.objects.update(**silent, attempts=MOST_ATTEMPTS)

    assert not services.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.trouble["code"]) == (State.FAILED, "export.failed")


def test_a_job_that_a_worker_holds_is_left_alone(world, official):
    job = asked(official)
    ExportJob.objects.update(state=State.RUNNING, lease_until=clock.now() + timedelta(minutes=1), attempts=1)

    assert services.take_up() == []
    assert not services.make(job.pk)


def test_progress_is_told_and_a_cancelled_job_stops_and_leaves_nothing(world, official, monkeypatch, tmp_path):
    ProjectFactory.create_batch(3)
    monkeypatch.setattr("core.tabular.TELL_EVERY", 1)
    job = asked(official)
    seen = []

    def slow(found):
        for number, row in enumerate(rows(found)):
            seen.append(ExportJob.objects.values_list("done", "total").get())
            if number == 2:
                services.cancel(actor=official, job_id=job.pk)
            yield row

    rows = exports._project_rows
    monkeypatch.setattr(exports, "_project_rows", slow)

    assert not services.make(job.pk)

    job.refresh_from_db()
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert (job.state, job.stored_as) == (State.CANCELLED, "")
    assert not any(tmp_path.rglob("*.*")) and not list(tmp_path.glob("exports/*"))


def test_only_what_is_being_made_is_cancelled_and_only_by_its_account(world, official, report_staff):
    job = asked(official)
    with pytest.raises(NotVisible):
        services.cancel(actor=report_staff, job_id=job.pk)

    services.make(job.pk)

    with pytest.raises(Conflict, match="not being made"):
        services.cancel(actor=official, job_id=job.pk)


def test_one_account_waits_for_so_many_files_at_once(world, official, report_staff):
    for _number in range(MOST_WAITING):
        asked(official)

    with pytest.raises(QueueFull) as refused:
        asked(official)

    assert (refused.value.status, refused.value.retry_after) == (429, 60)
    assert asked(report_staff).state == State.WAITING


@pytest.mark.parametrize("persona", ["applicant", "colleague", "outsider", "verifier", "administrator"])
def test_seeing_a_list_is_not_the_right_to_take_it_away(world, persona):
    with pytest.raises(NotAllowed, match="Lists are exported by"):
        asked(world[persona])
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize("persona", ["head", "official", "report_staff", "team", "secretary", "finance", "auditor"])
def test_these_take_lists_away(world, persona):
    assert asked(world[persona]).state == State.WAITING


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("nothing", "", "csv"),
        Wanted("projects", "password=1", "csv"),
        Wanted("projects", "stage=moon", "csv"),
        Wanted("projects", "as_at=2097-01-01", "csv"),
        Wanted("projects", "", "csv", ("secret",)),
    ],
)
def test_what_the_list_refuses_is_refused_before_a_job_is_kept(world, official, wanted):
    with pytest.raises(InvalidInput):
        asked(official, wanted)
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize("file_format", ["xlsx", "pdf"])
def test_a_format_that_could_not_hold_the_rows_is_refused(monkeypatch, world, official, file_format):
    ProjectFactory.create_batch(2)
    monkeypatch.setattr(lists, "MOST_SHEET_ROWS", 1)
    monkeypatch.setattr(lists, "MOST_PRINTED_ROWS", 1)

    with pytest.raises(InvalidInput, match="at most 1 rows"):
        asked(official, Wanted("projects", "", file_format))


def test_every_file_is_logged_with_who_what_rows_and_digest(world, client, official, auditor):
    ProjectFactory.create_batch(2, stage="live")
    client.force_login(official)
    whole = client.get("/exports/of/projects/?stage=live&format=csv").getvalue()
    client.force_login(auditor)

    page = client.get("/exports/log/", {"account": "official", "list_name": "projects"}).content.decode()

    job = ExportJob.objects.get()
    assert (job.account, job.query, job.done, job.size) == (official, "stage=live", 2, len(whole))
    assert job.sha256[:12] in page
    assert "Stage: live" in page
    chinese = client.get("/exports/log/", headers={"accept-language": "zh-hant"}).content.decode()
    assert "階段：投入服務" in chinese
    assert client.get("/exports/log/", {"colour": "red"}).status_code == 400
    client.force_login(official)
    assert client.get("/exports/log/").status_code == 403


def test_a_filter_that_is_no_longer_read_is_logged_as_it_was_sent(world, client, official, auditor):
    client.force_login(official)
    client.get("/exports/of/projects/?stage=live&format=csv").getvalue()
    ExportJob.objects.update(query="stage=gone")
    client.force_login(auditor)

    assert "stage=gone" in client.get("/exports/log/").content.decode()


def test_a_reader_who_leaves_early_is_not_said_to_have_it_all(world, client, official):
    ProjectFactory()
    client.force_login(official)
    answer = client.get("/exports/of/projects/")
    next(iter(answer.streaming_content))

    for close in answer._resource_closers:
        close()

    job = ExportJob.objects.get()
    assert (job.state, job.sha256) == (State.CANCELLED, "")


def test_columns_are_chosen_in_any_format_and_kept_as_a_layout(world, client, official):
    project = ProjectFactory(title_en="Sorting")
    client.force_login(official)
    page = "/exports/of/projects/choose/?stage=live"
    shown = client.get(page)
    assert shown.status_code == 200

    sent = client.post(page, {"columns": ["reference", "title_en"], "format": "json"})
    kept = client.post(page, {"columns": ["title_en"], "format": "csv", "keep": "yes", "name": "Titles"})
    nameless = client.post(page, {"columns": ["title_en"], "format": "csv", "keep": "yes", "name": ""})

    assert json.loads(client.get(sent["Location"]).getvalue())["rows"] == [
        {"reference": project.reference, "title_en": "Sorting"}
    ]
    assert Layout.objects.get().columns == ["title_en"]
    assert kept["Location"] == "/exports/of/projects/choose/?stage=live&columns=title_en"
    assert nameless.status_code == 422
    assert client.post(f"/exports/layouts/{Layout.objects.get().pk}/delete/").status_code == 302
    assert not Layout.objects.exists()


def test_a_paper_takes_few_columns(world, client, official):
    client.force_login(official)
    many = ",".join(exports.PROJECT_COLUMNS[:9])

    assert client.get("/exports/of/projects/", {"format": "pdf", "columns": many}).status_code == 400
    assert client.get("/exports/of/projects/", {"format": "pdf"}).getvalue().startswith(b"%PDF-")


def test_the_api_asks_follows_and_fetches(world, client, official):
    project = ProjectFactory()
    client.force_login(official)
    body = {"list": "projects", "query": "stage=live", "format": "csv", "columns": ["reference"]}

    asked_ = client.post("/api/v1/exports/", body, content_type="application/json")
    services.make(ExportJob.objects.get().pk)
    told = client.get(f"/api/v1/exports/{asked_.json()['reference']}/").json()

    assert asked_.status_code == 202
    assert (told["state"], told["done"]) == ("done", 1)
    assert project.reference in client.get(told["file"]).getvalue().decode()
    assert client.get(told["file"], headers={"Accept": "text/csv"}).getvalue()
    bad = client.post("/api/v1/exports/", {"list": "projects", "format": "exe"}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (400, "choice.invalid")


@pytest.mark.parametrize("name", ["requests", "kpis", "procedures", "overview", "curve"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "pdf"])
def test_every_list_comes_in_every_format(world, client, official, name, file_format):
    client.force_login(official)

    answer = client.get(f"/exports/of/{name}/", {"format": file_format})

    assert answer.status_code == 200
    assert answer.getvalue()
    assert client.get(f"/exports/of/{name}/choose/").status_code == 200
