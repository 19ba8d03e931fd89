"""What boards count: procedures of a department, and requests that wait."""

from datetime import timedelta
from decimal import Decimal

from core import clock
from funding.installation import install as install_money
from funding.models import RequestStatus
from projects.models import Procedure
from tests.factories.funding import FundingRequestFactory
from tests.factories.projects import ProcedureFactory


def procedures(department, count, *, planned=None, live=False):
    today = clock.today()
    made = [ProcedureFactory(department=department) for _ in range(count)]
    columns = {"planned_on": planned and today + timedelta(days=planned)}
    if live:
        columns |= {"is_claimed": True, "verified_on": today, "in_use_from": today, "in_use_until": today}
    Procedure.objects.filter(pk__in=[one.pk for one in made]).update(**columns)
    return made


def waiting(status=RequestStatus.SUBMITTED, tier="working_group", days=0, **fields):
    """A submitted request that its holder has had for so many days."""
    since = clock.now() - timedelta(days=days)
    routed = {"policy": install_money(), "assessed_amount": Decimal("1200000.00"), "first_submitted_at": since}
    return FundingRequestFactory(status=status, tier=tier, holder_since=since, **routed, **fields)
