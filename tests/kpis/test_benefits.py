"""The register of benefits: promised once, claimed once, reviewed from verified readings, accepted by two people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
import pytest
import time_machine

from accounts import holdings
from accounts.duties import duties_of
from core import clock, ledger
from core.errors import Conflict, DomainError, NotAllowed, NotVisible, Unprocessable
from core.models import LedgerEntry
from kpis import selectors, services
from kpis.holdings import PROMISED
from kpis.models import Baseline, Benefit, BenefitReview
from kpis.rules.values import Measured
from tests.factories.accounts import PersonFactory
from tests.factories.kpis import KpiFactory, MeasuredProjectFactory, verified
from tests.kpis.promising import (
    HALF_YEAR,
    LIVE_ON,
    YEAR,
    hours_saved,
    months,
    promise,
    promised,
    reviewed,
    told,
    waiting_time,
)
from tests.plugins.personas import make_world


@pytest.fixture
def kpi(world):
    return hours_saved(world)


def test_a_promise_is_registered_with_its_measure_and_in_the_ledger(kpi, applicant):
    benefit = promised(applicant, kpi)

    assert benefit.reference == "BEN-0001"
    assert benefit.owner == kpi.owner
    entry = LedgerEntry.objects.get(action="benefit.registered")
    assert entry.facts["promised"] == "1200"
    assert ledger.verify(ledger.stored_chain()) == ledger.head()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "wishes"}, "choice.invalid"),
        ({"formula": "guess"}, "choice.invalid"),
        ({"formula": "per_case"}, "benefit.formula"),
        ({"kind": "days"}, "benefit.formula"),
        ({"promised": Decimal(0)}, "value.range"),
        ({"factor": Decimal(-1)}, "value.range"),
        ({"factor": Decimal(2)}, "benefit.factor_source"),
        ({"due_on": date(2025, 12, 1)}, "date.range"),
        ({"share": Decimal(0)}, "value.range"),
        ({"share": Decimal("100.01")}, "value.range"),
    ],
)
def test_what_cannot_be_measured_is_not_promised(kpi, applicant, fields, code):
    with pytest.raises(DomainError) as refused:
        promised(applicant, kpi, **fields)

    assert refused.value.code == code
    assert not Benefit.objects.exists()
    assert not LedgerEntry.objects.filter(action="benefit.registered").exists()


def test_only_the_projects_department_promises(kpi, outsider, team, world):
    for actor in (outsider, team):
        with pytest.raises(NotAllowed):
            promised(actor, kpi)
    hidden = KpiFactory(project=MeasuredProjectFactory(department=world.a, status="draft"))
    with pytest.raises(NotVisible):
        promised(outsider, hidden)
    assert not Benefit.objects.exists()


def test_no_part_of_a_kpi_is_claimed_twice_until_a_promise_is_withdrawn(kpi, applicant, team):
    first = promised(applicant, kpi, share=Decimal(60))
    promised(
        applicant, kpi, share=Decimal(40), kind="money", factor=Decimal(300), factor_source="Staff cost ready reckoner."
    )

    with pytest.raises(Conflict) as refused:
        promised(applicant, kpi, share=Decimal("0.01"))
    assert refused.value.code == "benefit.claimed_twice"

    services.withdraw_benefit(actor=team, benefit_id=first.pk, reason="Entered for the wrong measure.")
    promised(applicant, kpi, share=Decimal(60))
    assert Benefit.objects.count() == 3


def test_two_promises_at_once_do_not_both_take_what_is_left(committed_db):
    world = make_world()
    wrong = 0
    for _round in range(10):
        project = MeasuredProjectFactory(department=world.a)
        kpi = KpiFactory(project=project, owner=world["applicant"].person)

        def claim(kpi=kpi):
            try:
                services.register_benefit(actor=world["applicant"], kpi_id=kpi.pk, promise=promise(share=Decimal(60)))
            except Conflict:
                return 0
            finally:
                connection.close()
            return 1

        with ThreadPoolExecutor(2) as pool:
            wrong += sum(pool.map(lambda _which: claim(), range(2))) != 1

    assert wrong == 0


def test_a_review_is_worked_out_from_the_verified_readings_of_its_months(kpi, applicant, team):
    benefit = promised(applicant, kpi, share=Decimal(50))
    verified(kpi, months(6) | {date(2025, 12, 1): Measured(Decimal(9999))})

    review = reviewed(applicant, benefit)

    assert (review.promised, review.realised) == (600, 240)
    assert (review.first_day, review.last_day) == (LIVE_ON, date(2026, 6, 30))
    assert [start for start, _revision in review.readings] == [f"2026-0{month}-01" for month in range(1, 7)]
    assert LedgerEntry.objects.get(action="benefit.reviewed").facts["realised"] == "240.000000"


def test_days_saved_are_held_against_the_locked_baseline(world, applicant):
    kpi = waiting_time(world)
    benefit = promised(applicant, kpi, kind="days", formula="per_case", promised=Decimal(2))
    verified(kpi, {start: Measured(Decimal(3), Decimal(300), Decimal(100)) for start in months(6)})

    review = reviewed(applicant, benefit)

    assert (review.baseline, review.value, review.realised, review.cases) == (6, 3, 3, 600)
    assert str(told(benefit, 6).words) == "realised"


def test_a_review_waits_for_its_months_and_for_every_reading(kpi, applicant):
    benefit = promised(applicant, kpi)
    verified(kpi, months(5))

    with pytest.raises(Conflict) as early:
        reviewed(applicant, benefit, at=datetime(2026, 6, 30, 4, tzinfo=UTC))
    with pytest.raises(Conflict) as lacking:
        reviewed(applicant, benefit)

    assert (early.value.code, lacking.value.code) == ("review.not_due", "review.readings_missing")
    assert "1 period has no verified reading" in str(lacking.value.message)
    assert told(benefit, 6).missing == 1
    assert not BenefitReview.objects.exists()


def test_without_a_locked_baseline_or_before_going_live_nothing_is_reviewed(world, applicant):
    kpi = waiting_time(world)
    benefit = promised(applicant, kpi, kind="days", formula="per_case", promised=Decimal(2))
    verified(kpi, {start: Measured(Decimal(3), Decimal(300), Decimal(100)) for start in months(6)})
    Baseline.objects.update(locked_at=None)
    unstarted = KpiFactory(project=MeasuredProjectFactory(department=world.a), owner=world["applicant"].person)
    waiting = promised(applicant, unstarted)

    with pytest.raises(Conflict) as unlocked:
        reviewed(applicant, benefit)
    with pytest.raises(Conflict) as not_live:
        reviewed(applicant, waiting)

    assert (unlocked.value.code, not_live.value.code) == ("baseline.none", "review.not_due")


def test_a_definition_that_no_longer_fits_is_not_reviewed(kpi, applicant):
    benefit = promised(applicant, kpi)
    verified(kpi, months(6))
    kpi.definition.aggregation = "mean"
    kpi.definition.save()

    with pytest.raises(Conflict) as refused:
        reviewed(applicant, benefit)

    assert refused.value.code == "benefit.formula"


def test_a_second_person_of_the_team_accepts_or_sends_back(kpi, applicant, head, team):
    benefit = promised(applicant, kpi)
    verified(kpi, months(6))
    reviewed(applicant, benefit)
    judge = {"benefit_id": benefit.pk, "months": 6}

    for actor in (applicant, head):
        with pytest.raises(NotAllowed):
            services.judge_review(actor=actor, accept=True, **judge)
    with pytest.raises(Unprocessable):
        services.judge_review(actor=team, accept=False, **judge)
    services.judge_review(actor=team, accept=False, note="Say which offices.", **judge)
    with pytest.raises(NotVisible):
        services.judge_review(actor=team, accept=True, **judge)
    reviewed(applicant, benefit)
    services.judge_review(actor=team, accept=True, **judge)

    assert list(benefit.reviews.values_list("status", flat=True)) == ["returned", "accepted"]
    with pytest.raises(Conflict) as again:
        reviewed(applicant, benefit)
    assert again.value.code == "review.exists"


def test_the_database_itself_asks_for_two_people_and_one_review(kpi, applicant):
    benefit = promised(applicant, kpi)
    verified(kpi, months(6))
    review = reviewed(applicant, benefit)

    with pytest.raises(IntegrityError), transaction.atomic():
        BenefitReview.objects.update(status="accepted", judged_by=review.recorded_by, judged_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        review.pk = None
        review.save()


def test_a_correction_does_not_move_an_accepted_review_and_is_shown_beside_it(kpi, applicant, head, team, signed_in):
    benefit = promised(applicant, kpi)
    verified(kpi, months(6))
    reviewed(applicant, benefit)
    services.judge_review(actor=team, benefit_id=benefit.pk, months=6, accept=True)
    services.type_reading(actor=applicant, kpi_id=kpi.pk, period="2026-03", value=Decimal(20), reason="Counted twice.")
    services.verify_reading(actor=head, kpi_id=kpi.pk, period="2026-03", revision=2, accept=True)

    found = told(benefit, 6)

    assert (found.review.realised, found.now) == (480, 420)
    page = signed_in(team).get(reverse("kpis:benefit-detail", args=[benefit.reference])).content.decode()
    assert "it would be 420" in page


def test_a_promise_is_withdrawn_by_its_department_before_going_live_and_by_the_team_after(kpi, applicant, team, world):
    early = promised(applicant, KpiFactory(project=MeasuredProjectFactory(department=world.a)))
    late = promised(applicant, kpi)

    services.withdraw_benefit(actor=applicant, benefit_id=early.pk, reason="The project changed.")
    with pytest.raises(NotAllowed):
        services.withdraw_benefit(actor=applicant, benefit_id=late.pk, reason="It looks bad.")
    with pytest.raises(Conflict):
        services.withdraw_benefit(actor=team, benefit_id=early.pk, reason="Again.")
    with pytest.raises(Conflict):
        reviewed(applicant, early)

    early.refresh_from_db()
    assert (early.status, early.withdrawn_reason) == ("withdrawn", "The project changed.")


def test_totals_add_up_each_kind_apart_and_never_days_a_case(world, kpi, applicant, team, official):
    benefit = promised(applicant, kpi)
    promised(applicant, waiting_time(world), kind="days", formula="per_case", promised=Decimal(2))
    other = MeasuredProjectFactory(department=world.a)
    promised(applicant, KpiFactory(project=other), promised=Decimal(300))
    promised(applicant, KpiFactory(project=other), is_harm=True, promised=Decimal(50))
    gone = promised(applicant, KpiFactory(project=other))
    services.withdraw_benefit(actor=applicant, benefit_id=gone.pk, reason="x")
    verified(kpi, months(12))
    reviewed(applicant, benefit, 12, YEAR)
    services.judge_review(actor=team, benefit_id=benefit.pk, months=12, accept=True)

    found = {
        (one.kind, one.is_harm): (one.count, one.promised, one.reviews, one.reviewed, one.realised)
        for one in selectors.totals(selectors.benefit_rows(official))
    }

    assert found == {
        ("days", False): (1, None, 0, None, None),
        ("hours", False): (2, 1500, 1, 1200, 960),
        ("hours", True): (1, 50, 0, None, None),
    }


def test_the_track_record_tempers_the_next_promise_and_shows_its_working(world, kpi, applicant, team, signed_in):
    benefit = promised(applicant, kpi)
    following = promised(applicant, KpiFactory(project=MeasuredProjectFactory(department=world.a)))
    assert selectors.benefit_line(following).tempered is None
    verified(kpi, months(12))
    reviewed(applicant, benefit)
    reviewed(applicant, benefit, 12, YEAR)
    assert selectors.benefit_line(following).tempered is None
    services.judge_review(actor=team, benefit_id=benefit.pk, months=6, accept=True)
    services.judge_review(actor=team, benefit_id=benefit.pk, months=12, accept=True)

    line = selectors.benefit_line(following)

    assert (line.tempering.own_cases, line.tempered) == (1, 960)
    assert "0.80 of what was promised came true" in str(line.working)
    chinese = signed_in(team).get(
        reverse("kpis:benefit-detail", args=[following.reference]), headers={"Accept-Language": "zh-hant"}
    )
    assert "實現了承諾的 0.80" in chinese.content.decode()


def test_what_was_promised_after_going_live_is_no_part_of_the_track_record(world, kpi, applicant, team):
    with time_machine.travel(datetime(2026, 6, 1, 4, tzinfo=UTC), tick=False):
        known = services.register_benefit(actor=applicant, kpi_id=kpi.pk, promise=promise(promised=Decimal(1)))
    verified(kpi, months(6))
    reviewed(applicant, known)
    services.judge_review(actor=team, benefit_id=known.pk, months=6, accept=True)

    line = selectors.benefit_line(Benefit.objects.get(pk=known.pk))

    assert line.is_promise_after_live
    assert line.tempering is None


def test_a_due_review_waits_for_the_owner_and_a_recorded_one_for_the_team(kpi, applicant, team, head):
    benefit = promised(applicant, kpi)
    verified(kpi, months(6))
    with time_machine.travel(datetime(2026, 6, 30, 4, tzinfo=UTC), tick=False):
        assert "benefit.review" not in {duty.code for duty in duties_of(applicant)}
    with time_machine.travel(HALF_YEAR, tick=False):
        [due] = [duty for duty in duties_of(applicant) if duty.code == "benefit.review"]
        assert (due.reference, due.due_on) == (benefit.reference, date(2026, 7, 30))
        assert "benefit.review" not in {duty.code for duty in duties_of(head)}
        reviewed(applicant, benefit)
        assert "benefit.review" not in {duty.code for duty in duties_of(applicant)}
        [waits] = [duty for duty in duties_of(team) if duty.code == "benefit.judge"]
        assert waits.reference == benefit.reference
        assert "benefit.judge" not in {duty.code for duty in duties_of(applicant)}


def test_somebody_else_answers_for_it_when_the_owner_leaves(kpi, applicant, administrator):
    benefit = promised(applicant, kpi)
    successor = PersonFactory()
    [held] = PROMISED.held(applicant.person, clock.today())
    assert held.key == benefit.reference
    assert PROMISED in holdings.kinds()

    with transaction.atomic():
        PROMISED.hand_over(held, successor, administrator, clock.today())

    benefit.refresh_from_db()
    assert benefit.owner == successor
