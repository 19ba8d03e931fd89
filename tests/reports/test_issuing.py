"""A report is made once of its data, by three people, and never changes afterwards (DESIGN 3)."""

import json

from django.db import IntegrityError, transaction
import pytest

from core import clock, signing
from core.errors import Conflict, InvalidInput, InvalidMove, NotAllowed, Unprocessable
from core.models import LedgerEntry
from dashboards import selectors as overview
from funding.financial_years import financial_year_of, financial_year_words
from reports import services
from reports.models import Report
from reports.rules.content import digest
from reports.selectors.asking import everyone, stored_content
from tests.factories.funding import make_office


def test_a_draft_says_what_the_pages_say_and_stores_where_the_ledger_stood(drafted):
    content = stored_content(drafted)
    standing = content["data"]["standing"]

    assert {name: standing[name] for name in ("registered", "claimed", "verified", "in_use")} == {
        "registered": 5,
        "claimed": 4,
        "verified": 3,
        "in_use": 3,
    }
    page = overview.by_department(everyone(), clock.today())
    assert [(row["code"], row["in_use"], row["claimed"]) for row in standing["departments"]] == [
        (row.department.code, row.standing.in_use, row.standing.claimed) for row in page
    ]
    assert drafted.position == content["position"] > 0
    assert drafted.digest == digest(drafted.content.encode())
    assert drafted.reference == f"RPT-{clock.today().year}-0001"


def test_the_same_moment_gives_the_same_bytes_whoever_asks(drafted, team):
    again = services.draft_report(actor=team, form="minister_brief", period=drafted.period, as_at=drafted.known_before)

    assert again.content == drafted.content
    assert again.reference != drafted.reference


def test_three_people_draft_clear_and_issue(issued, programme):
    assert (issued.drafted_by, issued.cleared_by, issued.issued_by) == tuple(
        programme[name].person for name in ("report_staff", "team", "official")
    )
    acts = list(LedgerEntry.objects.filter(subject=issued.reference).values_list("action", flat=True))
    assert acts == ["report.drafted", "report.cleared", "report.issued"]
    assert signing.signer_of(issued.document.encode(), issued.signature) == issued.signed_with
    assert json.loads(issued.document)["sha256"] == issued.digest


def test_nobody_does_two_of_the_three(programme, team):
    report = services.draft_report(actor=team, form="minister_brief", period=clock.today().isoformat())

    with pytest.raises(NotAllowed, match="another person"):
        services.clear_report(actor=team, report_id=report.pk)
    report = services.draft_report(
        actor=programme["report_staff"], form="minister_brief", period=clock.today().isoformat()
    )
    services.clear_report(actor=team, report_id=report.pk)
    with pytest.raises(NotAllowed, match="third person"):
        services.issue_report(actor=team, report_id=report.pk)


@pytest.mark.parametrize(("act", "persona"), [("clear_report", "report_staff"), ("issue_report", "report_staff")])
def test_who_lacks_the_duty_is_refused(drafted, programme, act, persona):
    with pytest.raises(NotAllowed):
        getattr(services, act)(actor=programme[persona], report_id=drafted.pk)


def test_only_makers_of_reports_draft(applicant):
    with pytest.raises(NotAllowed):
        services.draft_report(actor=applicant, form="minister_brief", period="2026-11-22")

    assert not Report.objects.exists()


def test_the_steps_keep_their_order(drafted, official):
    with pytest.raises(InvalidMove):
        services.issue_report(actor=official, report_id=drafted.pk)


def test_an_issued_report_is_never_withdrawn(issued, team):
    with pytest.raises(InvalidMove):
        services.withdraw_report(actor=team, report_id=issued.pk, reason="Wrong")


@pytest.mark.parametrize("change", [{"content": "{}"}, {"status": "draft"}, {"signature": "x"}, {"digest": "0" * 64}])
def test_the_database_refuses_every_change_of_an_issued_report(issued, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=issued.pk).update(**change)


def test_the_database_refuses_another_content_of_a_draft(drafted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=drafted.pk).update(content="{}")


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"form": "novel"}, InvalidInput),
        ({"period": "2026-13-01"}, InvalidInput),
        ({"period": "tomorrow"}, InvalidInput),
        ({"period": "2090-01-01"}, Unprocessable),
    ],
)
def test_what_cannot_be_gathered_is_refused(programme, report_staff, sent, error):
    with pytest.raises(error):
        services.draft_report(
            actor=report_staff, **({"form": "minister_brief", "period": clock.today().isoformat()} | sent)
        )

    assert not Report.objects.exists()


def test_an_erratum_replaces_once_and_keeps_the_old_one_readable(issued, programme, report_staff):
    erratum = services.draft_erratum(actor=report_staff, report_id=issued.pk, reason="One claim came late.")

    assert erratum.reference == f"{issued.reference}-E1"
    assert erratum.day == issued.day
    with pytest.raises(Conflict):
        services.draft_erratum(actor=report_staff, report_id=issued.pk, reason="Again")
    services.clear_report(actor=programme["team"], report_id=erratum.pk)
    services.issue_report(actor=programme["official"], report_id=erratum.pk)
    assert Report.objects.get(pk=issued.pk).document == issued.document
    second = services.draft_erratum(actor=report_staff, report_id=erratum.pk, reason="And another.")
    assert second.reference == f"{issued.reference}-E2"


def test_a_withdrawn_erratum_keeps_its_number(issued, report_staff, team):
    first = services.draft_erratum(actor=report_staff, report_id=issued.pk, reason="Late")
    services.withdraw_report(actor=team, report_id=first.pk, reason="Not needed")

    second = services.draft_erratum(actor=report_staff, report_id=issued.pk, reason="Late after all")

    assert [first.reference, second.reference] == [f"{issued.reference}-E1", f"{issued.reference}-E2"]


def test_a_recommendation_shows_the_amount_recommended(world):
    make_office(world).published("25000000.00", "fffffffff")
    year = financial_year_words(financial_year_of(clock.today()))

    report = services.draft_report(actor=world["report_staff"], form="finance_committee_annex", period=year)

    [row] = stored_content(report)["data"]["decisions"]
    assert (row["outcome"], row["amount"]) == ("recommended", "25000000.00")
