"""The demonstration: one command, an empty database, a programme that holds together."""

from datetime import date
import io
import re

from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.core.paginator import Page
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
import pytest

from accounts.duties import duties_of
from accounts.models import Department, User
from core import ledger_check
from core.models import Installation, LedgerEntry
from dashboards import cards, selectors
from exports.models import ExportJob
from funding import money_invariants, paper_facts
from funding.models import (
    BudgetLine,
    CarryOver,
    Commitment,
    Delegation,
    Envelope,
    EnvelopeVote,
    Expenditure,
    FundingRequest,
    Release,
    Reminder,
    RequestStatus,
    RequiredPapers,
    Review,
    ReviewAnswer,
    Round,
    SpendingImport,
    Supplement,
    Tier,
    VarianceNote,
)
from installation.demonstration import people
from kpis.models import Reading, Source
from projects import facts
from projects.models import Procedure, ProcedureFact, Project
from projects.rules import count
from reports.models import Pack
from tests.conftest import _empty
from tests.funding.replaying import replay
from work.models import Document, Mention, Notice, Task

ENDS_ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for the module, committed, and emptied afterwards by the database's owner."""
    folder = tmp_path_factory.mktemp("checkpoints")
    out = io.StringIO()
    with django_db_blocker.unblock(), override_settings(LEDGER_CHECKPOINT_DIR=folder):
        try:
            call_command("demo", on=ENDS_ON, stdout=out)
            yield out.getvalue()
        finally:
            connections.close_all()
            _empty()


@pytest.fixture
def official(demonstration):
    return User.objects.get(username="official")


@pytest.fixture
def overview(official):
    return selectors.overview(official)


@pytest.fixture
def page(official):
    client = Client()
    client.force_login(official)
    return client


def test_the_database_carries_the_mark_and_every_page_says_so(demonstration, page):
    installation = Installation.objects.get()

    assert (installation.is_demonstration, installation.story_ends_on) == (True, ENDS_ON)
    assert "demonstration" in page.get("/").content.decode().lower()


def test_the_ledger_of_the_story_verifies_and_agrees_with_its_checkpoint(demonstration):
    report = ledger_check.check()

    assert report.findings == []
    assert report.checkpoints == 1
    assert report.standing.number == LedgerEntry.objects.count() > 300


def test_no_act_of_the_story_lies_after_its_end(demonstration):
    assert LedgerEntry.objects.filter(recorded_at__gt="2026-11-22T10:00:00Z").count() == 0


def test_an_independent_recount_from_the_facts_gives_the_headline(overview):
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.all(), rules)
    again = count.count(known.values(), rules=list(rules.values()), on=overview.today)

    standing = overview.standing
    assert (standing.claimed, standing.verified, standing.in_use) == (again.claimed, again.verified, again.in_use)
    assert overview.curve.actual[-1].count == again.in_use


def test_the_story_is_interesting_on_its_last_day(demonstration):
    rules = facts.approved_rules()
    known = facts.by_procedure(ProcedureFact.objects.all(), rules)
    counts = count.count(known.values(), rules=list(rules.values()), on=ENDS_ON)

    assert counts == count.Counts(claimed=87, verified=71, in_use=62)
    assert Procedure.objects.filter(retired_on__isnull=False).count() == 4
    assert Procedure.objects.filter(planned_on__lte=date(2026, 12, 31)).count() == 100
    assert Procedure.objects.filter(planned_on__lte=date(2027, 12, 31)).count() >= 200


def test_the_published_register_came_in_through_the_importer(demonstration):
    imported = Project.objects.filter(import_rows__isnull=False).distinct()

    assert imported.count() >= 75
    assert not ProcedureFact.objects.filter(claim__project__in=imported).exists()


def test_there_is_a_request_in_every_status_and_every_tier(demonstration):
    assert set(FundingRequest.objects.values_list("status", flat=True)) == set(RequestStatus.values)
    assert set(FundingRequest.objects.exclude(tier="").values_list("tier", flat=True)) == set(Tier.values)
    assert set(FundingRequest.objects.values_list("outcome", flat=True)) >= {"approved", "rejected"}
    assert Round.objects.filter(outcome="no_quorum").exists()


def test_members_can_vote_now_and_money_stays_inside_the_envelope(demonstration):
    committed = sum(Commitment.objects.values_list("amount", flat=True))

    assert Round.objects.filter(status="open").count() >= 2
    assert 0 < committed <= Envelope.objects.get(code="ai-2026-27").amount == 100_000_000


def test_papers_are_wanted_and_brought_one_head_delegates_and_holders_are_reminded(demonstration):
    papers, open_ = RequiredPapers.objects.get(), FundingRequest.objects.exclude(status="draft")

    assert papers.status == "approved"
    assert {"business", "privacy"} <= set(
        Document.objects.filter(subject_kind="request").values_list("kind", flat=True)
    )
    assert paper_facts.missing(list(open_)) == {}
    assert set(Delegation.objects.values_list("status", flat=True)) == {"approved", "proposed"}
    assert set(Reminder.objects.values_list("step", flat=True)) == set(Reminder.Step.values)


def test_reviews_are_open_cleared_and_not_cleared(demonstration):
    given = ReviewAnswer.objects.values_list("verdict", flat=True)

    assert set(given) == set(ReviewAnswer.Verdict.values)
    assert set(Review.objects.waiting().values_list("kind", flat=True)) >= {"security"}


def test_money_after_approval_has_something_of_everything(demonstration):
    voted = EnvelopeVote.objects.values_list("envelope__financial_year", "status")

    assert set(voted) == {(2026, "approved"), (2027, "approved"), (2027, "proposed")}
    assert Release.objects.exists()
    assert Expenditure.objects.filter(batch__isnull=False).exists()
    assert set(CarryOver.objects.values_list("status", flat=True)) == {"approved", "proposed"}
    assert set(SpendingImport.objects.values_list("status", flat=True)) == {"confirmed", "offered"}
    assert Supplement.objects.count() == VarianceNote.objects.count() == 1
    assert BudgetLine.objects.filter(reason__gt="").exists()
    assert list(money_invariants.check()) == []


def test_kpis_have_months_of_verified_readings(demonstration):
    assert Reading.objects.count() >= 40


def test_a_system_is_connected_to_send_readings_by_itself(demonstration):
    source = Source.objects.get(kind="push")

    assert (source.status, source.keys.live().count(), source.links.count()) == ("approved", 1, 1)


def test_a_schedule_sent_its_packs_and_lists_were_taken_away(demonstration):
    packs = list(Pack.objects.filter(report__isnull=False).select_related("report").order_by("period"))
    assert [(pack.state, pack.report.status) for pack in packs] == [("sent", "issued")] * 2
    assert all(pack.deliveries.filter(is_sent=True).count() == 3 for pack in packs)
    failed = Pack.objects.get(report__isnull=True)
    assert (failed.state, failed.reasons, failed.deliveries.count()) == ("failed", ["coverage.low"], 0)

    jobs = list(ExportJob.objects.order_by("asked_at"))
    assert {job.list_name for job in jobs} == {"overview", "requests", "projects", "procedures", "money", "kpi-board"}
    assert [job.list_name for job in jobs if job.state != "done" or not job.done] == []


def test_running_it_again_is_refused_and_changes_nothing(demonstration):
    before = LedgerEntry.objects.count()

    with pytest.raises(CommandError, match="in use"):
        call_command("demo")
    call_command("demo", if_empty=True)

    assert LedgerEntry.objects.count() == before


def test_prepare_finds_nothing_to_do(demonstration, mocker_free_commands):
    out = io.StringIO()

    call_command("prepare", demonstration=True, stdout=out)

    assert "Telling" not in out.getvalue()


@pytest.fixture
def mocker_free_commands(monkeypatch):
    """`prepare` without the translations, which belong to the checkout and not to the database."""
    from installation.management.commands import prepare

    real = prepare.call_command
    monkeypatch.setattr(
        prepare, "call_command", lambda name, **rest: None if name == "compile_translations" else real(name, **rest)
    )


def test_everybody_can_sign_in_with_the_password_that_is_printed(demonstration):
    out = io.StringIO()
    call_command("demo", accounts=True, stdout=out)
    password = re.search(r"password is (\S+)", out.getvalue())[1]

    assert User.objects.count() == len(people.everybody()) + 1  # and one who came by invitation and left
    for username, _duty in people.SHOWN:
        assert username in out.getvalue()
        assert authenticate(username=username, password=password) is not None


def test_every_officer_has_a_name_in_all_three_languages(demonstration):
    for user in User.objects.select_related("person"):
        assert user.person.name_en
        assert user.person.name_zh_hant
        assert user.person.name_zh_hans


def test_each_kind_of_duty_of_the_story_opens_a_page_with_something_to_do(demonstration):
    duties = {}
    for user in User.objects.order_by("username"):
        for duty in duties_of(user):
            duties.setdefault(duty.code, (user, duty))
    assert len(duties) >= 20

    for code, (user, duty) in duties.items():
        browser = Client()
        browser.force_login(user)
        answer = browser.get(duty.address, follow=True)
        assert answer.status_code == 200, code
        main = answer.content.decode().split('<main id="main"', 1)[1]
        assert 'method="post"' in main or 'class="btn' in main, code


def test_tasks_are_late_due_handed_on_and_done_and_people_are_told(demonstration, official):
    tasks = Task.objects.all()
    opened = tasks.open()
    handed = tasks.get(steps__what="handed_on")
    told = set(Notice.objects.values_list("kind", flat=True))

    assert opened.filter(due_on__lt=ENDS_ON).count() == 1
    assert opened.filter(due_on__gte=ENDS_ON).count() >= 3
    assert tasks.filter(state="done").count() == 1
    assert [step.what for step in handed.steps.all()] == ["given", "handed_on"]
    assert {"task.given", "task.due", "task.news", "mention"} <= told
    assert Mention.objects.count() == 3
    assert "task.do" in {duty.code for duty in duties_of(official)}


def listed(page, href):
    """How many records a list says it holds, read from the page's own pagination."""
    answer = page.get(href)
    assert answer.status_code == 200, href
    values = (value for context in answer.context for layer in context.dicts for value in layer.values())
    return next(value.paginator.count for value in values if isinstance(value, Page))


def test_each_figure_opens_a_list_of_exactly_that_many(overview, page):
    opens = cards.links(overview)
    holding = FundingRequest.objects.filter(decisions__commitments__isnull=False).distinct()

    assert listed(page, opens["in_use"]) == overview.standing.in_use
    assert listed(page, opens["verified"]) == overview.standing.verified
    assert listed(page, opens["claimed"]) == overview.standing.claimed
    assert listed(page, opens["decisions"]) == overview.decisions_waiting
    assert listed(page, opens["committed"]) == holding.count()


def test_each_bar_and_each_department_open_exactly_what_they_count(overview, page):
    for bar in cards.pipeline(overview):
        assert listed(page, bar["href"]) == bar["count"]
    for row in cards.departments(overview)[:5]:
        assert listed(page, f"{row['href']}&state=in_use") == row["standing"].in_use
        assert listed(page, row["href"]) == row["standing"].registered


def test_the_page_and_the_api_say_the_same(overview, page):
    said = page.get(reverse("api-overview")).json()
    shown = page.get(reverse("dashboards:overview")).content.decode()

    assert said["standing"]["in_use"] == overview.standing.in_use
    assert f"{overview.standing.in_use} in use of 100;" in shown
    assert len(said["curve"]["actual"]) == len(overview.curve.actual)


def test_departments_of_the_story_are_real_ones(demonstration):
    codes = {officer.department for officer in people.everybody()}

    assert codes <= set(Department.objects.values_list("code", flat=True))


def test_every_route_of_the_story_follows_from_its_record(demonstration):
    clerk = replay()

    assert clerk.differences == []
    assert clerk.routes >= FundingRequest.objects.filter(first_submitted_at__isnull=False).count() > 0
