"""What was known then (DESIGN 3): lists, records, files, totals and the API at a past day, whatever came after."""

import csv
from datetime import date, timedelta
import io
import re

from django.db import DatabaseError, transaction
from django.http import QueryDict
import pytest

from core import as_at, clock
from core.errors import InvalidInput
from dashboards import selectors as overview
from projects import facts
from projects.models import Claim, EvidenceKind, Procedure, ProcedureFact, Project
from projects.rules import count
from projects.services import add_evidence, claim, edit_project, retire, verify
from tests.factories.projects import ProcedureFactory, ProjectFactory

DAY = "2026-06-30"


def moment(text=DAY):
    return as_at.asked(QueryDict(f"as_at={text}"))


@pytest.fixture
def known(at, project, procedure, applicant, verifier):
    """A procedure claimed in March, verified in April; its project renamed in July."""
    with at("2026-03-10"):
        claim(actor=applicant, procedure_id=procedure.pk, project_id=project.pk, went_live_on=date(2026, 3, 9))
        for kind in EvidenceKind.values:
            add_evidence(actor=applicant, procedure_id=procedure.pk, kind=kind, note="File 12.")
    with at("2026-04-01"):
        verify(actor=verifier, procedure_id=procedure.pk)
    with at("2026-07-05"):
        edit_project(actor=applicant, project_id=project.pk, expected_version=1, title_en="Renamed in July")
    return project


@pytest.fixture
def project(world, rule, applicant, at):
    with at("2026-03-01"):
        return ProjectFactory(
            department=world.a, lead=applicant.person, gate_passed_on="2026-03-02", title_en="As first named"
        )


@pytest.fixture
def procedure(project, at):
    with at("2026-03-01"):
        return ProcedureFactory(project=project)


def test_a_list_shows_the_names_of_that_day(client, official, known):
    client.force_login(official)

    now, then = (client.get("/projects/" + query).content.decode() for query in ("", f"?as_at={DAY}"))

    assert "Renamed in July" in now
    assert "As first named" in then
    assert "Renamed in July" not in then


def test_a_record_is_shown_as_it_stood_and_offers_nothing(client, applicant, known):
    client.force_login(applicant)

    then = client.get(f"/projects/{known.reference}/?as_at={DAY}").content.decode()

    assert "As first named" in then
    assert "Back to now" in then
    assert f"/projects/{known.reference}/edit/" not in then


def test_links_to_records_stay_on_that_day(client, official, known, procedure):
    """Of lists, of a department and of the records themselves; the tabs of a record and its own address are no such."""
    client.force_login(official)
    records = {f"/projects/{known.reference}/", f"/procedures/{procedure.reference}/"}
    pages = {"/projects/", "/procedures/", f"/departments/{known.department.safe_code}/", *records}
    links = re.compile(r'<a (?:class="text-nowrap" )?href="([^"?]+)([^"]*)"')

    for page in pages:
        text = client.get(f"{page}?as_at={DAY}").content.decode()
        found = [query for path, query in links.findall(text) if path in records - {page}]
        assert found, page
        assert set(found) == {f"?as_at={DAY}"}, page


def test_what_was_registered_later_was_not_there(client, official, known, at):
    with at("2026-08-01"):
        later = ProjectFactory(title_en="Came in August")
    client.force_login(official)

    listed = client.get(f"/api/v1/projects/?as_at={DAY}").json()
    one = client.get(f"/api/v1/projects/{later.reference}/?as_at={DAY}")

    assert [row["reference"] for row in listed["results"]] == [known.reference]
    assert one.status_code == 404
    assert client.get(f"/api/v1/projects/{later.reference}/").status_code == 200


def test_a_file_holds_what_the_list_shows(client, report_staff, known):
    client.force_login(report_staff)

    answer = client.get(f"/projects/export/?format=csv&as_at={DAY}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert DAY in answer["Content-Disposition"]
    assert "As first named" in text
    assert "Renamed in July" not in text
    assert len(list(csv.reader(io.StringIO(text)))) == 2


def test_a_late_fact_changes_nothing_that_was_known_before(client, official, known, procedure, applicant, at):
    client.force_login(official)
    before = client.get(f"/api/v1/overview/?as_at={DAY}").json()
    with at("2026-09-01"):
        retire(actor=applicant, procedure_id=procedure.pk, effective_on=date(2026, 5, 1), reason="Ended in May.")

    after = client.get(f"/api/v1/overview/?as_at={DAY}").json()

    assert before == after
    assert after["standing"]["in_use"] == 1
    assert client.get("/api/v1/overview/").json()["standing"]["in_use"] == 0


@pytest.mark.parametrize(
    ("day", "claimed", "verified", "in_use"),
    [
        ("2026-03-09", 0, 0, 0),
        ("2026-03-10", 1, 0, 0),
        ("2026-03-31", 1, 0, 0),
        ("2026-04-01", 1, 1, 1),
        (DAY, 1, 1, 1),
    ],
)
def test_the_count_at_a_day_equals_a_replay_of_the_facts(official, known, procedure, day, claimed, verified, in_use):
    with as_at.reading(moment(day)):
        shown = overview.overview(official).standing
    rules = facts.approved_rules()
    known_then = ProcedureFact.objects.filter(recorded_at__lt=clock.end_of_day(date.fromisoformat(day)))
    replayed = count.count(
        facts.by_procedure(known_then, rules).values(), rules=list(rules.values()), on=date.fromisoformat(day)
    )

    assert (shown.claimed, shown.verified, shown.in_use) == (claimed, verified, in_use)
    assert (replayed.claimed, replayed.verified, replayed.in_use) == (claimed, verified, in_use)


def test_a_number_of_that_day_opens_the_records_of_that_day(client, official, known, procedure, applicant, at):
    with at("2026-09-01"):
        retire(actor=applicant, procedure_id=procedure.pk, effective_on=date(2026, 9, 1), reason="Ended.")
    client.force_login(official)

    page = client.get(f"/?as_at={DAY}").content.decode()
    opened = client.get(f"/api/v1/procedures/?state=in_use&as_at={DAY}").json()

    assert f"/procedures/?state=in_use&amp;as_at={DAY}" in page
    assert [row["reference"] for row in opened["results"]] == [procedure.reference]


def test_rights_are_those_of_today(client, world, b_applicant, at):
    with at("2026-03-01"):
        draft = ProjectFactory(department=world.a, draft=True)
    client.force_login(b_applicant)

    assert client.get(f"/projects/{draft.reference}/?as_at={DAY}").status_code == 404


def test_nothing_can_be_written_while_the_past_is_read(known):
    with pytest.raises(DatabaseError), transaction.atomic(), as_at.reading(moment()):
        Project.objects.filter(pk=known.pk).update(title_en="Never so named")

    assert Project.objects.get(pk=known.pk).title_en == "Renamed in July"


def test_the_present_is_back_after_reading_the_past(known):
    with as_at.reading(moment()):
        assert Project.objects.get(pk=known.pk).title_en == "As first named"

    assert Project.objects.get(pk=known.pk).title_en == "Renamed in July"
    assert as_at.current() is None


def test_the_state_of_a_procedure_goes_back_with_its_claim(known, procedure):
    with as_at.reading(moment("2026-03-09")):
        assert not Procedure.objects.get(pk=procedure.pk).is_claimed
        assert not Claim.objects.exists()
    with as_at.reading(moment("2026-03-10")):
        assert Procedure.objects.get(pk=procedure.pk).is_claimed


def test_an_instant_with_its_offset_is_read_to_the_microsecond(known, procedure):
    noon = "2026-04-01T12:00:00%2B08:00"
    with as_at.reading(as_at.asked(QueryDict(f"as_at={noon}"))):
        assert Procedure.objects.get(pk=procedure.pk).verified_on is None
    just_after = "2026-04-01T12:00:00.000001%2B08:00"
    with as_at.reading(as_at.asked(QueryDict(f"as_at={just_after}"))):
        assert Procedure.objects.get(pk=procedure.pk).verified_on == date(2026, 4, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("as_at=2026-02-30", "date.format"),
        ("as_at=30/06/2026", "date.format"),
        ("as_at=2026-06-30T10:00:00", "date.format"),
        (f"as_at={clock.today() + timedelta(days=1)}", "date.future"),
        ("as_at=2098-12-31", "date.future"),
        ("as_at=2026-06-30&as_at=2026-06-29", "param.repeated"),
    ],
)
def test_ur_08_ur_09_a_moment_that_cannot_be_shown_is_refused(client, official, query, code):
    client.force_login(official)

    answer = client.get(f"/api/v1/projects/?{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == code
    with pytest.raises(InvalidInput):
        as_at.asked(QueryDict(query))


def test_today_is_now(official, world):
    assert as_at.asked(QueryDict(f"as_at={clock.today()}")) is None


def test_a_page_that_does_not_look_back_says_so(client, official):
    client.force_login(official)

    assert client.get(f"/funding/rounds/?as_at={DAY}").status_code == 400


def test_a_department_is_shown_as_it_stood(client, official, known, world, at):
    with at("2026-07-10"):
        ProjectFactory(department=world.a, title_en="Came in July", registered_on="2026-07-10")
    client.force_login(official)
    path = f"/departments/{world.a.safe_code}/"

    then, now = (client.get(path + query) for query in (f"?as_at={DAY}", ""))

    assert (then.context["figures"].projects, now.context["figures"].projects) == (1, 2)
    assert (then.context["figures"].in_use, then.context["moved"].last) == (1, date(2026, 6, 30))
    assert "Came in July" not in then.content.decode()
    assert f"state=in_use&amp;as_at={DAY}" in then.content.decode()
    assert client.get(f"/departments/?as_at={DAY}").context["moment"].day == date(2026, 6, 30)


def test_who_led_then_is_told_without_what_came_after(client, official, known, applicant, head, at):
    with at("2026-07-20"):
        Project.objects.filter(pk=known.pk).update(lead=head.person)
    client.force_login(official)

    then, now = (client.get(f"/departments/{known.department.safe_code}/{query}") for query in (f"?as_at={DAY}", ""))

    assert [(led.person, led.until) for led in then.context["leads"]] == [(applicant.person, None)]
    assert [led.person for led in now.context["leads"]] == [head.person, applicant.person]


def test_a_page_that_is_kept_as_it_stands_now_says_so(client, official, known):
    client.force_login(official)
    words = "This page is kept as it stands now only"

    asked, plain, refused, answered = (
        client.get(address).content.decode()
        for address in (
            f"/procedures/how-we-count/?as_at={DAY}",
            "/procedures/how-we-count/",
            f"/funding/rounds/?as_at={DAY}",
            f"/projects/{known.reference}/?as_at={DAY}",
        )
    )

    assert words in asked
    assert [words in page for page in (plain, refused, answered)] == [False, False, False]
