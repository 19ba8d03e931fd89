"""A programme with figures of its own, and a report of it."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock
from projects.models import Target
from reports import services
from tests.factories.projects import ProcedureFactory


@pytest.fixture
def programme(world: Any) -> Any:
    """Department A: two in use, one claimed, one registered and overdue; department B: one in use."""
    long_ago = clock.today() - timedelta(days=60)
    world.in_use = ProcedureFactory(department=world.a, in_use=True, went_live_on=long_ago)
    ProcedureFactory(department=world.a, in_use=True, went_live_on=long_ago)
    ProcedureFactory(department=world.b, in_use=True, went_live_on=long_ago)
    world.claimed = ProcedureFactory(department=world.a, claimed=True, went_live_on=long_ago)
    world.overdue = ProcedureFactory(department=world.a, planned_on=long_ago)
    Target.objects.get_or_create(
        metric=Target.Metric.PROCEDURES_IN_USE,
        due_on=clock.today() + timedelta(days=90),
        defaults={"value": 100, "source": "Policy Address"},
    )
    return world


@pytest.fixture
def drafted(programme: Any) -> Any:
    return services.draft_report(
        actor=programme["report_staff"], form="minister_brief", period=clock.today().isoformat()
    )


@pytest.fixture
def issued(programme: Any, drafted: Any) -> Any:
    services.clear_report(actor=programme["team"], report_id=drafted.pk)
    return services.issue_report(actor=programme["official"], report_id=drafted.pk)
