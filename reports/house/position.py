from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

POSITION = HouseForm(
    key="position_year",
    title=_("Position at 31 March"),
    explains=_(
        "Every approved system with money of one financial year: opening, committed, spent, carried over, closing."
    ),
    period=Kind.FINANCIAL_YEAR,
    datasets=("position",),
    tellers=(sections.position, sections.completeness),
)
