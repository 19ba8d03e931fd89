from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

POLICY_ADDRESS = HouseForm(
    key="policy_address",
    title=_("Policy Address indicator return"),
    explains=_("Each indicator with its target, what is reached and when it is due."),
    period=Kind.DAY,
    datasets=("standing", "targets", "kpis"),
    tellers=(sections.indicators, sections.headline, sections.completeness),
)
