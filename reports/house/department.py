from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

DEPARTMENT = HouseForm(
    key="department_quarter",
    title=_("Department report"),
    explains=_("One department in one quarter: its procedures, what moved, its money, decisions and KPIs."),
    period=Kind.QUARTER,
    datasets=("standing", "movement", "money", "decisions", "overdue", "kpis"),
    tellers=(
        sections.headline,
        sections.movement,
        sections.overdue,
        sections.money,
        sections.decisions,
        sections.kpis,
        sections.completeness,
    ),
    is_of_department=True,
)
