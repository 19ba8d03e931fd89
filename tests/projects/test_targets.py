"""Shares of the target, targets judged, days restated, and numbers that open exactly their records."""

from datetime import date, timedelta

from django.contrib import admin
from django.urls import reverse
import pytest

from core import clock
from core.errors import InvalidInput, NotAllowed, Unprocessable
from core.models import LedgerEntry
from projects import services
from projects.importing.fields import PROCEDURE_FIELDS, PROJECT_FIELDS
from projects.models import Claim, Procedure, ProcedureFact, Target, TargetShare
from projects.selectors import counting
from projects.wording import REASONS
from tests.factories.accounts import DepartmentFactory, PersonFactory, give_role
from tests.factories.projects import ProcedureFactory, ProjectFactory, record_fact
from tests.projects.refusals import refused

DUE = date(2026, 12, 31)


@pytest.fixture
def target(rule):
    return Target.objects.get(due_on=DUE)


def set_shares(actor, target, shares, source="Paper 9"):
    return services.set_shares(actor=actor, target_id=target.pk, shares=shares, source=source)


def test_the_team_sets_shares_and_the_ledger_says_which(target, world, team):
    set_shares(team, target, {(world.a.pk, DUE): 60, (world.b.pk, DUE): 30})
    set_shares(team, target, {(world.a.pk, DUE): 60, (world.b.pk, DUE): 35})

    assert dict(TargetShare.objects.values_list("department__code", "value")) == {"A&A": 60, "BB": 35}
    told = LedgerEntry.objects.filter(action="target.shares_set", subject=target.ledger_ref)
    assert told.count() == 2
    assert b'["BB","2026-12-31",35]' in bytes(told.last().payload)
    table = counting.share_table(target, team)
    assert (table.sums[-1], table.lacking) == (95, 5)


def test_a_share_taken_back_is_shown_no_more_and_stays_in_the_ledger(target, world, team):
    set_shares(team, target, {(world.a.pk, DUE): 3})
    set_shares(team, target, {(world.a.pk, DUE): 0})

    assert counting.share_table(target, team).rows == []
    assert counting.shares_of(world.a, team) == []
    assert LedgerEntry.objects.filter(action="target.shares_set").count() == 2


@pytest.mark.parametrize(
    ("day", "value", "source", "error", "code"),
    [
        (date(2026, 11, 30), 3, "Paper 9", Unprocessable, "date.quarter"),
        (date(2027, 3, 31), 3, "Paper 9", Unprocessable, "date.quarter"),
        (DUE, 10_001, "Paper 9", Unprocessable, "number.range"),
        (DUE, -1, "Paper 9", Unprocessable, "number.range"),
        (DUE, 3, " ", InvalidInput, "blank"),
    ],
)
def test_a_share_that_cannot_be_is_refused(target, world, team, day, value, source, error, code):
    refused(error, code, lambda: set_shares(team, target, {(world.a.pk, day): value}, source))
    assert not TargetShare.objects.exists()


def test_only_the_team_sets_shares_of_departments_that_exist(target, world, applicant, team):
    refused(NotAllowed, "duty.shares", lambda: set_shares(applicant, target, {(world.a.pk, DUE): 3}))
    refused(InvalidInput, "choice.invalid", lambda: set_shares(team, target, {(10**9, DUE): 3}))


def test_the_page_sets_shares_beside_progress_and_says_what_the_sum_lacks(target, world, team, signed_in, official):
    ProcedureFactory(department=world.a, in_use=True, project=ProjectFactory(department=world.a))
    edit = reverse("projects:target-shares", args=["2026-12-31"])
    cell = f"share-AA-{DUE.isoformat()}"
    client = signed_in(team)
    assert cell in client.get(edit).content.decode()
    assert client.post(edit, {cell: "4.5", "source": "Paper 9"}).status_code == 422
    assert client.post(edit, {cell: "4", "source": "Paper 9"}).status_code == 302
    text = signed_in(official).get(reverse("projects:target-detail", args=["2026-12-31"])).content.decode()

    assert "add up to 4 of 100: 96 are given to nobody yet" in text
    assert "department=AA&amp;own=yes&amp;state=in_use" in text


def test_the_api_sets_the_same_shares_and_judges_the_same_target(target, world, team, api, applicant):
    address = "/api/v1/targets/2026-12-31/"
    body = {"shares": [{"department": "AA", "due_on": "2026-12-31", "value": 7}], "source": "Paper 9"}
    assert api(applicant).post(f"{address}shares/", body, format="json").status_code == 403
    made = api(team).post(f"{address}shares/", body, format="json")

    assert made.json()["shares"] == [{"department": "AA", "due_on": "2026-12-31", "value": 7, "source": "Paper 9"}]
    assert api(applicant).get(address).json()["value"] == 100
    assert api(applicant).get("/api/v1/targets/2026-02-30/").status_code == 404


@pytest.fixture
def after_the_day(project, target):
    """One in use by the day, one live by the day and verified ten days later, one that came too late."""
    made = {"reached": ProcedureFactory(project=project, in_use=True, went_live_on=date(2026, 12, 1))}
    for name, live, checked in (
        ("joining", date(2026, 12, 28), date(2027, 1, 10)),
        ("late", date(2026, 12, 28), date(2027, 2, 10)),
    ):
        found = made[name] = ProcedureFactory(project=project, claimed=True, went_live_on=live)
        claim = found.claims.get()
        rule = claim.facts.get().rule
        for kind in ("operating_record", "acceptance"):
            record_fact(found, "evidence", on=live, claim=claim, evidence_kind=kind, note="kept")
        record_fact(found, "verified", on=checked, claim=claim, rule=rule, person=PersonFactory())
    return made


def test_a_target_is_judged_as_known_then_with_the_restatement_beside_it(
    after_the_day, target, official, signed_in, at
):
    with at("2027-03-01"):
        found = counting.judged_target(target, official)
        text = signed_in(official).get(reverse("projects:target-detail", args=["2026-12-31"])).content.decode()

    assert (found.reached, found.within, found.is_met, found.is_closed) == (1, 2, False, True)
    assert [one.procedure for one in found.joining] == [after_the_day["joining"]]
    assert after_the_day["joining"].reference in text
    assert after_the_day["late"].reference not in text
    with at("2026-12-31"):
        assert counting.judged_target(target, official).reached is None


def test_a_past_day_is_shown_as_known_then_and_as_known_now(after_the_day, official, signed_in, api, at):
    counted = after_the_day["reached"]
    with at("2027-03-01"):
        record_fact(
            counted, "claim_ended", on=date(2026, 12, 30), recorded_on=date(2027, 2, 1), claim=counted.claims.get()
        )
        page = signed_in(official).get(reverse("projects:restatements"), {"day": "2026-12-31"})
        told = api(official).get("/api/v1/restatements/", {"day": "2026-12-31"}).json()

    assert (told["then"]["in_use"], told["now"]["in_use"]) == (1, 0)
    assert [(one["reference"], one["reason"]) for one in told["differences"]] == [(counted.reference, "claim_ended")]
    assert counted.reference in page.content.decode()


def test_before_a_day_is_chosen_the_end_of_last_month_is_offered(rule, official, signed_in, at):
    with at("2027-03-15"):
        page = signed_in(official).get(reverse("projects:restatements"))

    assert 'href="?day=2027-02-28"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("?day=2026-02-30", 400), ("?day=2199-01-01", 422), ("?day=x&day=y", 400), ("?other=1", 400)],
)
def test_a_day_that_is_no_past_day_is_refused(rule, official, signed_in, query, status):
    assert signed_in(official).get(reverse("projects:restatements") + query).status_code == status
    today = {"day": clock.today().isoformat()}
    assert signed_in(official).get(reverse("projects:restatements"), today).status_code == 400


@pytest.fixture
def register(world, rule):
    """Every state, in departments above and below each other."""
    bureau = DepartmentFactory(code="SB", safe_code="SB")
    below = DepartmentFactory(code="IMMD", safe_code="IMMD", parent=bureau)
    for department in (bureau, below, world.a):
        project = ProjectFactory(department=department)
        for state in ("claimed", "in_use", "in_use", "lapsed", "retired"):
            ProcedureFactory(department=department, project=project, **{state: True})
        ProcedureFactory(department=department, name_en=f"Papers of {department.code}")


@pytest.mark.parametrize("department", ["", "SB", "IMMD", "AA"])
@pytest.mark.parametrize("own", ["", "yes"])
@pytest.mark.parametrize("more", [{}, {"q": "papers"}])
def test_every_number_is_the_total_of_the_list_it_opens(register, official, signed_in, api, department, own, more):
    """For every department and filter: states, reasons, page and API agree."""
    asked = {name: value for name, value in {"department": department, "own": own, **more}.items() if value}
    client, program = signed_in(official), api(official)
    address = reverse("projects:procedure-list")
    figures = client.get(address, asked).context["figures"]

    def total(**state):
        page = client.get(address, asked | state).context["page_of"].paginator.count
        assert program.get("/api/v1/procedures/", asked | state).json()["count"] == page
        return page

    assert total() == figures.registered
    for state in ("claimed", "verified", "in_use"):
        assert total(state=state) == getattr(figures, state)
    told = {reason: number for reason, _label, number in figures.reasons}
    for reason, _label in REASONS:
        assert total(reason=reason) == told.get(reason, 0)
    assert figures.in_use + sum(told.values()) == figures.registered


def test_every_row_says_its_reason_as_the_filter_does(register, official, signed_in):
    for reason, _label in REASONS:
        rows = signed_in(official).get(reverse("projects:procedure-list"), {"reason": reason}).context["counted"]
        assert {one.standing.reason for one in rows} <= {reason}


@pytest.fixture
def own_claim(project, applicant, rule):
    """Ready to be verified, by a verifier who made the claim."""
    found = ProcedureFactory(project=project)
    give_role(applicant.person, "verifier")
    services.claim(
        actor=applicant, procedure_id=found.pk, project_id=project.pk, went_live_on=clock.today() - timedelta(days=1)
    )
    for kind in ("operating_record", "acceptance"):
        services.add_evidence(actor=applicant, procedure_id=found.pk, kind=kind, note="File 12.")
    return found


def never_verified(procedure):
    procedure.refresh_from_db()
    assert procedure.verified_on is None
    assert not ProcedureFact.objects.filter(kind__in=["verified", "attested", "confirmed_late"]).exists()


def test_self_verification_is_refused_by_page_with_the_reason(own_claim, applicant, signed_in):
    answer = signed_in(applicant).post(reverse("projects:procedure-verify", args=[own_claim.reference]))

    assert answer.status_code == 403
    assert "had a hand in the claim" in answer.content.decode()
    never_verified(own_claim)


def test_self_verification_is_refused_by_api_with_the_reason(own_claim, applicant, api):
    for act in ("verify", "confirm-late", "attest"):
        body = {"note": "Seen."} if act == "attest" else {}
        answer = api(applicant).post(f"/api/v1/procedures/{own_claim.reference}/{act}/", body, format="json")
        assert answer.status_code in (403, 409)
    answer = api(applicant).post(f"/api/v1/procedures/{own_claim.reference}/verify/")
    assert (answer.status_code, answer.json()["code"]) == (403, "duty.separate")
    never_verified(own_claim)


def test_self_verification_is_refused_in_bulk_with_the_reason(own_claim, applicant, signed_in, api):
    sent = {"act": "verify", "references": own_claim.reference, "confirmed": "on"}
    page = signed_in(applicant).post(reverse("projects:procedure-bulk"), sent)
    assert page.status_code == 403
    assert "had a hand in the claim" in page.content.decode()
    answer = api(applicant).post(
        "/api/v1/procedures/bulk/", {"act": "verify", "references": [own_claim.reference]}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "bulk.refused")
    never_verified(own_claim)


def test_the_admin_has_no_way_to_the_count():
    assert not {Procedure, Claim, ProcedureFact, TargetShare} & set(admin.site._registry)


def test_an_import_has_no_field_that_counts_anything():
    names = {field.name for field in (*PROJECT_FIELDS, *PROCEDURE_FIELDS)}

    assert not names & {
        "claimed",
        "verified",
        "in_use",
        "verified_on",
        "in_use_from",
        "claimed_on",
        "went_live_on",
        "reason",
    }
