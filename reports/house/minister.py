from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

MINISTER_BRIEF = HouseForm(
    key="minister_brief",
    title=_("Brief for the minister"),
    explains=_("Two pages: where the programme stands against its targets, money, and what threatens the next one."),
    period=Kind.DAY,
    datasets=("standing", "targets", "curve", "money", "overdue", "kpis"),
    tellers=(
        sections.headline,
        sections.curve,
        sections.money,
        sections.longest_overdue,
        sections.completeness,
    ),
)
