"""What is learned late moves no figure of an issued report; asked again, each change is listed (DESIGN 3)."""

from datetime import timedelta

from core import clock
from projects.models import ProcedureFact
from reports import services
from reports.models import Report
from reports.selectors.checking import restated
from tests.factories.projects import ProcedureFactory, record_fact

Kind = ProcedureFact.Kind


def test_late_facts_leave_the_report_and_are_listed(issued, programme):
    retired_on = clock.today() - timedelta(days=3)
    record_fact(programme.in_use, Kind.RETIRED, on=retired_on, recorded_on=clock.today())

    found = restated(issued)

    assert found.is_same_then
    changed = {one.written: (one.before, one.after) for one in found.changes}
    assert changed["standing.in_use"] == (3, 2)
    assert changed["standing.departments.A&A.in_use"] == (2, 1)
    assert Report.objects.get(pk=issued.pk).content == issued.content


def test_nothing_new_is_no_change(issued):
    found = restated(issued)

    assert found.is_same_then
    assert found.changes == []


def test_an_erratum_says_what_was_learned_since_of_the_same_day(issued, programme, report_staff):
    record_fact(programme.in_use, Kind.RETIRED, on=clock.today() - timedelta(days=3), recorded_on=clock.today())

    erratum = services.draft_erratum(actor=report_staff, report_id=issued.pk, reason="Retired before the day.")

    assert erratum.day == issued.day
    assert '"in_use":2' in erratum.content.replace(" ", "")
    assert restated(erratum).is_same_then


def test_a_procedure_registered_later_is_not_in_the_report_of_then(issued):
    ProcedureFactory(in_use=True)

    assert restated(issued).is_same_then
