"""What waits for a person: each duty while it is due, nobody else's, and the same count on page, badge and API."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse
import pytest
import time_machine

from accounts.duties import Duty, duties_of
from core import clock
from funding import held
from funding import services as funding_services
from funding.models import FundingRequest
from kpis import services as kpi_services
from kpis.models import KpiTarget
from kpis.rules.values import Measured
from projects import policies
from projects.models import Claim, EvidenceKind, Procedure, ProcedureFact
from projects.selectors import verifying
from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory, UserFactory, give_role
from tests.factories.funding import make_office
from tests.factories.kpis import (
    DefinitionFactory,
    KpiFactory,
    MeasuredProjectFactory,
    RunFactory,
    SourceFactory,
    verified,
)
from tests.factories.projects import ProcedureFactory, ProjectFactory, record_fact
from tests.factories.records import ConcernFactory, MilestoneFactory, StatusReportFactory
from work import agenda

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def found(user):
    return [(duty.code, duty.reference) for duty in duties_of(user)]


def codes(user):
    return [code for code, _reference in found(user)]


def test_late_duties_come_first_and_those_without_a_day_last():
    with time_machine.travel(NOON, tick=False):
        days = [None, TODAY + timedelta(8), TODAY + timedelta(7), TODAY, TODAY - timedelta(1)]
        duties = [Duty("x", "Do it", "", "", "/", day) for day in days]
        parts = [(part.name, [duty.due_on for duty in part.duties]) for part in agenda.by_urgency(duties)]

        assert parts == [
            ("late", [days[4]]),
            ("soon", [days[2], days[3]]),
            ("later", [days[1]]),
            ("open", [None]),
        ]
        assert agenda.late(duties) == 1


def test_page_badge_and_api_count_the_same_in_both_languages(world, signed_in):
    office = make_office(world)
    office.submitted()
    browser = signed_in(world["head"])

    page = browser.get(reverse("my_work:my-work")).content.decode()
    chinese = browser.get(reverse("my_work:my-work"), headers={"Accept-Language": "zh-hant"}).content.decode()
    badge = browser.get(reverse("my_work:my-work-count")).content.decode()
    told = browser.get("/api/v1/my-work/").json()

    request = FundingRequest.objects.get()
    assert "1 thing waits for you." in page and "Endorse it, or return it" in page and request.reference in page
    assert "有 1 件事等你處理。" in chinese and "核簽或退回" in chinese
    assert ">1<" in badge
    assert told["count"] == 1 and [one["reference"] for one in told["duties"]] == [request.reference]
    assert told["duties"][0]["due_on"] is not None


def test_with_nothing_to_do_the_page_says_so_and_no_badge_is_shown(world, signed_in):
    browser = signed_in(world["outsider"])

    assert "Nothing waits for you" in browser.get(reverse("my_work:my-work")).content.decode()
    assert "沒有事項等你處理" in (
        browser.get(reverse("my_work:my-work"), headers={"Accept-Language": "zh-hant"}).content.decode()
    )
    assert "badge" not in browser.get(reverse("my_work:my-work-count")).content.decode()


@pytest.mark.parametrize("address", ["my_work:my-work", "my_work:my-work-count"])
def test_an_unknown_parameter_is_refused(world, signed_in, address):
    assert signed_in(world["outsider"]).get(reverse(address), {"x": "1"}).status_code == 400


def test_requests_here_are_those_the_list_shows_as_with_you(world):
    office = make_office(world)
    office.draft()
    office.submitted("400000.00", project_id=office.new_project().pk)
    office.submitted()
    office.screened()
    office.open(office.screened())

    for user in (*world.users.values(), *office.members):
        rows = held.held_by(FundingRequest.objects.visible_to(user), held.ME, user)
        listed = sorted(rows.values_list("reference", flat=True))
        assert sorted(ref for code, ref in found(user) if code.startswith("request.")) == listed
    assert sorted(codes(world["head"])) == ["request.submitted"] * 2
    assert {str(duty.what) for duty in duties_of(world["head"])} == {"Decide it", "Endorse it, or return it"}


def test_a_vote_waits_until_the_seat_has_spoken_and_never_for_a_recused_member(world):
    office = make_office(world)
    round_ = office.open(office.screened())
    voter, recused = office.members[3], office.members[4]
    assert codes(voter) == codes(recused) == ["round.vote"]

    office.say(round_, voter, "for")
    funding_services.declare_interest(actor=recused, round_id=round_.pk, note="A relative bids.")

    assert codes(voter) == codes(recused) == []


def test_a_question_on_the_paper_waits_for_the_applicant_until_it_is_answered(world):
    office = make_office(world)
    round_ = office.open(office.screened())
    question = funding_services.ask_on_paper(actor=office.members[2], round_id=round_.pk, text="How many letters?")
    assert codes(world["applicant"]) == ["paper.answer"]

    funding_services.answer_on_paper(
        actor=world["applicant"], round_id=round_.pk, number=question.number, text="Twelve thousand."
    )

    assert codes(world["applicant"]) == []


def complete(procedure):
    claim = procedure.claims.get(is_live=True)
    for kind in EvidenceKind.values:
        day = clock.today()
        record_fact(procedure, ProcedureFact.Kind.EVIDENCE, on=day, claim=claim, evidence_kind=kind, note="kept")
    return claim


def test_a_claim_waits_for_independent_verifiers_once_its_evidence_is_complete(world):
    bare = ProcedureFactory(department=world.a, claimed=True)
    whole = ProcedureFactory(department=world.a, claimed=True)
    complete(whole)

    assert found(world["verifier"]) == [("claim.verify", whole.reference)]
    assert codes(world["applicant"]) == []
    assert bare.reference not in str(found(world["verifier"]))


def test_a_verified_claim_that_lapses_within_thirty_days_waits_for_attestation(world):
    lapsing = ProcedureFactory(department=world.a, in_use=True, went_live_on=clock.today() - timedelta(days=350))
    ProcedureFactory(department=world.a, in_use=True)

    [duty] = duties_of(world["verifier"])

    lapsing.refresh_from_db()
    assert (duty.code, duty.reference, duty.due_on) == ("claim.attest", lapsing.reference, lapsing.in_use_until)


@pytest.mark.parametrize("hand", ["none", "own", "bureau", "lead", "link", "evidence"])
def test_the_list_and_the_policy_say_the_same_of_every_verifier(world, hand):
    bureau = DepartmentFactory(code="BUREAU")
    department = DepartmentFactory(code="UNDER", parent=bureau)
    person = PersonFactory()
    user = UserFactory(username="judge", person=person)
    PostingFactory(person=person, department={"own": department, "bureau": bureau}.get(hand, world.team_department))
    give_role(person, "verifier")
    project = ProjectFactory(department=department, lead=person if hand == "lead" else None)
    procedure = ProcedureFactory(department=department, project=project, claimed=True)
    claim = complete(procedure)
    if hand == "link":
        procedure.project_links.update(linked_by=person)
    if hand == "evidence":
        record_fact(
            procedure, "evidence", on=clock.today(), claim=claim, person=person, evidence_kind="user_guide", note="x"
        )

    allowed = bool(policies.can_verify(user, Procedure.objects.get(pk=procedure.pk)))

    assert allowed == (hand == "none")
    assert verifying.to_verify(user).filter(pk=claim.pk).exists() == allowed


def test_a_late_claim_waits_for_a_second_verifier_other_than_the_first(world):
    procedure = ProcedureFactory(department=world.a, in_use=True)
    Claim.objects.update(is_late=True)
    assert codes(world["verifier"]) == ["claim.confirm"]

    record_fact(
        procedure,
        ProcedureFact.Kind.VERIFIED,
        on=clock.today(),
        claim=procedure.claims.get(),
        person=world["verifier"].person,
    )

    assert codes(world["verifier"]) == []


def test_what_a_lead_planned_promised_and_has_not_reported_waits(world):
    today = clock.today()
    lead = world["applicant"]
    project = ProjectFactory(department=world.a, lead=lead.person, stage="live")
    MilestoneFactory(project=project, current_on=today - timedelta(days=1))
    MilestoneFactory(project=project, current_on=today + timedelta(days=60))
    MilestoneFactory(project=project, current_on=today, done_on=today)
    ConcernFactory(project=project, owner=lead.person, due_on=today + timedelta(days=3))

    assert codes(lead) == ["milestone.settle", "concern.act", "status.report"]
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    StatusReportFactory(project=project, month=month)
    assert codes(lead) == ["milestone.settle", "concern.act"]


@pytest.fixture
def kpi(world):
    project = MeasuredProjectFactory(department=world.a, lead=world["applicant"].person, stage="idea")
    return KpiFactory(
        project=project, owner=world["colleague"].person, starts_on=(clock.today() - timedelta(days=70)).replace(day=1)
    )


def test_a_typed_kpi_asks_its_owner_for_the_next_period_and_then_somebody_else_to_verify(world, kpi):
    [due] = duties_of(world["colleague"])
    assert due.code == "reading.report"
    assert due.due_on is not None

    period = str(due.what).removeprefix("Report ")
    kpi_services.type_reading(actor=world["colleague"], kpi_id=kpi.pk, period=period, value=Decimal(5))

    assert str(duties_of(world["colleague"])[0].what) != str(due.what)
    assert "reading.verify" not in codes(world["colleague"])
    assert codes(world["head"]) == codes(world["team"]) == ["reading.verify"]
    assert codes(world["auditor"]) == codes(world["outsider"]) == []
    kpi_services.verify_reading(actor=world["head"], kpi_id=kpi.pk, period=period, revision=1)
    assert codes(world["head"]) == codes(world["team"]) == []


def test_a_red_kpi_waits_for_its_owner_until_it_is_said_what_is_done(world):
    definition = DefinitionFactory(direction="down", aggregation="mean")
    owner = world["applicant"]
    project = MeasuredProjectFactory(department=world.a, lead=owner.person, status="registered", stage="idea")
    kpi = KpiFactory(project=project, definition=definition, owner=owner.person)
    KpiTarget.objects.create(kpi=kpi, value=10, due_on=date(2098, 12, 31), set_by=owner.person)
    source = SourceFactory(department=world.a, kpis=[kpi])
    start = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    verified(kpi, {start: Measured(Decimal(20))}, source)
    kpi_services.watch_breaches()
    assert codes(owner) == ["breach.follow_up"]
    until = clock.today() + timedelta(days=10)

    kpi_services.follow_up(actor=owner, kpi_id=kpi.pk, text="A second clerk.", due_on=until)

    [duty] = duties_of(owner)
    assert (duty.code, duty.due_on, str(duty.what)) == ("breach.follow_up", until, "See that what was promised is done")


def test_a_collection_given_up_waits_for_those_who_manage_its_source_until_a_later_one_is_done(world):
    source = SourceFactory(department=world.a)
    ended = {"attempts": 3, "reason": "unreachable", "finished_at": datetime(2026, 1, 1, 1, tzinfo=UTC)}
    RunFactory(source=source, state="dead", window_start=datetime(2026, 1, 1, tzinfo=UTC), **ended)
    assert codes(world["applicant"]) == codes(world["team"]) == ["run.retry"]
    assert codes(world["outsider"]) == []

    RunFactory(source=source, state="done", window_start=datetime(2026, 1, 2, tzinfo=UTC))

    assert codes(world["applicant"]) == []


def test_a_proposed_source_waits_for_somebody_other_than_its_proposer(world):
    SourceFactory(department=world.a, status="proposed", approved_by=None, approved_at=None)

    assert codes(world["administrator"]) == codes(world["team"]) == ["source.approve"]
    assert codes(world["applicant"]) == []


def test_the_page_costs_the_same_queries_however_much_waits(world, signed_in, django_assert_max_num_queries):
    office = make_office(world)
    browser = signed_in(world["secretary"])
    for _request in range(4):
        office.screened()

    with django_assert_max_num_queries(60):
        browser.get(reverse("my_work:my-work"))
