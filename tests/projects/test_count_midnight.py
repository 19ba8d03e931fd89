"""Hong Kong midnights, month and year ends, leap days: the day a claim, a verification, a lapse falls on (G30)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from core import clock
from core.errors import Unprocessable
from core.models import Installation
from projects import facts, services
from projects.models import EvidenceKind
from projects.rules.count import standing
from projects.rules.facts import anniversary
from tests.factories.projects import ProcedureFactory, ProjectFactory
from tests.projects.refusals import refused
from tests.projects.test_count_replay import EDGES

LAST, FIRST = timedelta(microseconds=-1), timedelta(0)
INSTANTS = [pytest.param(day, step, id=f"{day}{'-' if step else '+'}") for day in EDGES for step in (LAST, FIRST)]


def midnight(day):
    """16:00 UTC of the day before: the first instant of a Hong Kong day."""
    return datetime.combine(day - timedelta(days=1), time(16), tzinfo=UTC)


@pytest.mark.parametrize(("day", "step"), INSTANTS)
def test_a_go_live_and_its_lapse_fall_on_the_hong_kong_day(world, rule, applicant, verifier, day, step):
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    project = ProjectFactory(department=world.a, lead=applicant.person, was_already_running=True)
    procedure = ProcedureFactory(project=project)
    today = day if step == FIRST else day - timedelta(days=1)
    with clock.story_at(midnight(day) + step):
        tomorrow = {"procedure_id": procedure.pk, "project_id": project.pk, "went_live_on": today + timedelta(days=1)}
        refused(Unprocessable, "date.future", lambda: services.claim(actor=applicant, **tomorrow))
        services.claim(actor=applicant, procedure_id=procedure.pk, project_id=project.pk, went_live_on=today)
        for kind in EvidenceKind.values:
            services.add_evidence(actor=applicant, procedure_id=procedure.pk, kind=kind, note="File 12.")
        fact = services.verify(actor=verifier, procedure_id=procedure.pk)
    rules = facts.approved_rules()
    known = facts.as_facts(procedure.facts.all(), rules)
    lapses_on = anniversary(today, 12)

    assert (fact.effective_on, clock.hong_kong_day(fact.recorded_at)) == (today, today)
    for on, in_use in (
        (today - timedelta(days=1), False),
        (today, True),
        (lapses_on, True),
        (lapses_on + timedelta(days=1), False),
    ):
        assert standing(known, rules=list(rules.values()), on=on).in_use is in_use
    as_known = [one for one in known if one.recorded_on < today]
    assert not as_known
    procedure.refresh_from_db()
    assert (procedure.in_use_from, procedure.in_use_until) == (today, lapses_on)
    for instant, in_use in ((clock.end_of_day(lapses_on) + LAST, True), (clock.end_of_day(lapses_on), False)):
        on = clock.hong_kong_day(instant)
        assert type(procedure).objects.in_use(on).exists() is in_use
