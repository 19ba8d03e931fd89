"""What happens is told: acts of the ledger, changes of followed records, what is due. Nothing is only in a mail."""

import ast
from datetime import timedelta
from pathlib import Path

from django.urls import reverse
import pytest

from accounts.duties import duties_of
from core import clock, outbox, working_days
from core.history import told
from core.models import OutboxMessage
from funding import services as funding_services
from funding.models import Condition, FundingRequest, LookalikeQuestion
from kpis.notifications import tell_of_failure
from projects.models import Milestone
from reports import services as report_services
from reports.models import Schedule
from tests.factories.funding import make_office
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, RunFactory, SourceFactory
from tests.factories.projects import ProcedureFactory
from tests.factories.records import MilestoneFactory
from tests.factories.work import CommentFactory, FollowFactory
from tests.funding.test_lookalikes import OTHER, TITLE
from work import listening, notices, services
from work.models import Notice
from work.selectors.notices import lines, notices_of

ROOT = Path(__file__).resolve().parents[2]
# Every place that mails, and why the same thing also stands in the app.
MAILING = {
    "work/services/mailing.py": "a mail of a notice: the notice is in the list before it is mailed",
    "accounts/services/invitations.py": "its reader has no account yet; it stands on /people/invitations/",
    "accounts/services/anchoring.py": "the ledger's position in hands other than ours; it is on the ledger's page too",
}


def told_to(user):
    return [notice.kind for notice in Notice.objects.filter(person=user.person_id).order_by("pk")]


def listen():
    """Hear the ledger and carry out what it asks for, as the schedule and the sweeper do."""
    heard = services.listen()
    for message in OutboxMessage.objects.filter(topic="act_told", delivered_at=None).order_by("pk"):
        outbox.deliver(message.pk)
    return heard


@pytest.fixture
def office(world):
    made = make_office(world)
    services.listen_from_now()
    return made


def test_every_mail_is_of_a_notice_or_known_to_stand_in_the_app_elsewhere():
    senders = set()
    for path in ROOT.glob("*/**/*.py"):
        where = str(path.relative_to(ROOT))
        if where.split("/")[0] in {"tests", ".venv", "node_modules", "build"} or where == "core/mail.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and ast.unparse(node.func) in {"mail.send", "mail.send_mail", "send_mail"}:
                senders.add(where)
    assert senders == set(MAILING)


def test_every_pressing_kind_is_mailed_at_once_unless_asked_otherwise_and_every_kind_says_something():
    assert {kind.usual_mail for kind in notices.kinds().values() if kind.is_pressing} == {"at_once"}
    assert len(notices.kinds()) >= 13
    for action in listening.actions():
        assert listening.tellers(action)


def test_a_request_on_its_way_is_told_to_whoever_holds_it_and_to_its_followers(world, office, outsider):
    request = office.submitted()
    FollowFactory(subject=request, person=world["applicant"].person)
    FollowFactory(subject=request, person=outsider.person)  # who sees nothing of it
    listen()
    assert told_to(world["head"]) == ["request.with_you"]

    funding_services.endorse_request(actor=world["head"], request_id=request.pk, statement="Needed.")
    assert listen() == 1
    assert listen() == 0

    assert told_to(world["secretary"]) == ["request.with_you"]
    [line] = lines(world["applicant"], notices_of(world["applicant"]))
    assert line.says == "The Head of Department endorsed it." and line.reference == request.reference
    assert list(notices_of(outsider)) == []


def test_whoever_acts_is_not_told_of_it(world, office):
    request = office.submitted()
    FollowFactory(subject=request, person=world["head"].person)
    listen()
    Notice.objects.all().delete()
    funding_services.endorse_request(actor=world["head"], request_id=request.pk, statement="Needed.")
    listen()

    assert told_to(world["head"]) == []


def test_voters_are_told_that_the_vote_is_open_and_recused_ones_not(world, office):
    round_ = office.open(office.screened())
    listen()

    [line] = [line for line in lines(office.members[2], notices_of(office.members[2])) if line.kind == "round.opened"]
    assert line.address == reverse("funding:round-detail", args=[round_.pk])
    duties = {duty.address for duty in duties_of(office.members[2])}
    assert line.address in duties  # and it stands in /my-work/ as well


def test_a_request_returned_with_questions_is_told_to_its_applicant(world, office):
    request = office.screened()
    funding_services.return_with_questions(
        actor=world["secretary"], request_id=request.pk, questions=["How many letters a day?"]
    )
    listen()

    assert "request.returned" in told_to(world["applicant"])
    assert any(duty.code == "request.returned" for duty in duties_of(world["applicant"]))


def test_a_condition_is_told_the_working_day_before_and_once_late(world, office):
    request = office.submitted("400000.00")
    funding_services.decide_in_department(
        actor=world["head"], request_id=request.pk, approve=True, reason="", conditions=["Report after a year."]
    )
    due = working_days.add(clock.today(), 2)
    funding_services.publish_department_decision(actor=world["secretary"], request_id=request.pk, conditions_due_on=due)
    listen()
    condition = Condition.objects.get()
    assert told_to(world["applicant"]).count("condition") == 1
    assert "decision.published" in told_to(world["applicant"])
    assert funding_services.tell_of_conditions() == 0

    told = []
    for day in (clock.today(), clock.today() - timedelta(days=1)):
        Condition.objects.update(due_on=day)
        told += [funding_services.tell_of_conditions(), funding_services.tell_of_conditions()]
    assert told == [1, 0, 1, 0]
    assert any(duty.code == "condition.evidence" for duty in duties_of(world["applicant"]))
    assert condition.owner == world["applicant"].person


def test_a_late_answer_about_look_alikes_is_told_to_the_chair(world, office):
    office.submitted("400000.00", **TITLE)
    office.submitted("400000.00", project_id=office.new_project().pk, **OTHER)
    question = LookalikeQuestion.objects.get()
    LookalikeQuestion.objects.update(due_on=clock.today() - timedelta(days=1))
    funding_services.tell_chairs_of_late_answers()
    for message in OutboxMessage.objects.filter(topic="lookalike_late"):
        outbox.deliver(message.pk)

    [line] = lines(office.chair, notices_of(office.chair).filter(kind="lookalike.late"))
    assert line.address == reverse("funding:lookalike-detail", args=[question.pk])


def test_a_source_that_fails_is_told_once_until_it_works_again(world):
    kpi = KpiFactory(
        project=MeasuredProjectFactory(department=world.a, status="registered"), owner=world["applicant"].person
    )
    source = SourceFactory(department=world.a, kpis=[kpi])
    start = clock.now() - timedelta(hours=5)
    states = ("dead", "rejected", "done", "dead")
    runs = [
        RunFactory(
            source=source, state=state, window_start=start + timedelta(hours=hour), attempts=1,
            reason="" if state == "done" else "unreachable", finished_at=clock.now(),
        )
        for hour, state in enumerate(states)
    ]  # fmt: skip
    for run in runs:
        if run.state != "done":
            tell_of_failure({"run": run.pk})

    assert told_to(world["applicant"]) == ["source.failed"] * 2
    assert told_to(world["team"]) == ["source.failed"] * 2
    assert told_to(world["outsider"]) == []


def test_followers_are_told_what_changed_as_far_as_they_may_read_it(project, applicant, head, outsider):
    for user in (applicant, head, outsider):
        FollowFactory(subject=project, person=user.person, since=clock.now() - timedelta(days=1))
    services.tell_of_changes()  # listens from now
    with told(user=applicant.pk):
        project.title_en = "Sorting of visas"
        project.save(update_fields=["title_en"])
        MilestoneFactory(project=project)
    assert services.tell_of_changes() == 2
    assert services.tell_of_changes() == 0

    [line] = lines(outsider, notices_of(outsider))
    assert line.says == "Changed: Project."  # milestones are for insiders
    assert told_to(applicant) == []  # who changed it


def test_what_only_insiders_read_is_told_to_insiders_alone(project, applicant, head, outsider):
    for user in (head, outsider):
        FollowFactory(subject=project, person=user.person, since=clock.now() - timedelta(days=1))
    services.tell_of_changes()
    with told(user=applicant.pk):
        MilestoneFactory(project=project)
        CommentFactory(subject=project)
    services.tell_of_changes()

    [line] = lines(head, notices_of(head))
    assert line.says == "Changed: Comment, Milestone."
    assert lines(outsider, notices_of(outsider)) == []


def test_counters_that_nobody_is_shown_are_no_news(project, head):
    FollowFactory(subject=project, person=head.person, since=clock.now() - timedelta(days=1))
    services.tell_of_changes()
    type(project).objects.filter(pk=project.pk).update(version=99)

    assert services.tell_of_changes() == 0


def test_each_working_morning_everybody_is_told_once_how_much_is_late_or_due(world, project, applicant, monkeypatch):
    monkeypatch.setattr("core.working_days.is_working_day", lambda day: True)
    Milestone.objects.all().delete()
    MilestoneFactory(project=project, current_on=clock.today() - timedelta(days=1))
    MilestoneFactory(project=project, current_on=clock.today())

    assert services.tell_of_due() >= 1
    assert services.tell_of_due() == 0
    [line] = [line for line in lines(applicant, notices_of(applicant)) if line.kind == "work.due"]
    assert line.says.startswith("1 thing is late. 1 thing is due by")
    assert line.address == "/my-work/"
    assert told_to(world["outsider"]) == []

    monkeypatch.setattr("core.working_days.is_working_day", lambda day: False)
    Notice.objects.all().delete()
    assert services.tell_of_due() == 0
    assert FundingRequest.objects.count() == 0


def test_an_issued_report_is_told_to_who_made_it_and_to_readers_of_its_packs_but_not_to_who_issued_it(world):
    ProcedureFactory(department=world.a, in_use=True, went_live_on=clock.today())
    made = {"form": "minister_brief", "period": clock.today().isoformat()}
    running, ended = (
        Schedule.objects.create(
            form=made["form"], day=3, least_coverage=0, owner=world["report_staff"].person, added_at=clock.now()
        )
        for _schedule in range(2)
    )
    running.readers.set([world["outsider"].person, world["official"].person])
    ended.readers.set([world["applicant"].person])
    Schedule.objects.filter(pk=ended.pk).update(ended_at=clock.now(), ended_because="No longer wanted.")
    services.listen_from_now()
    report = report_services.draft_report(actor=world["report_staff"], **made)
    report_services.clear_report(actor=world["team"], report_id=report.pk)
    listen()
    assert told_to(world["outsider"]) == []

    report_services.issue_report(actor=world["official"], report_id=report.pk)
    listen()

    for name in ("report_staff", "team", "outsider"):
        assert told_to(world[name]) == ["report.issued"]
        [line] = lines(world[name], notices_of(world[name]))
        assert line.reference == report.reference and made["period"] in line.says
    assert told_to(world["official"]) == told_to(world["applicant"]) == []
