from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

MONTHLY = HouseForm(
    key="programme_month",
    title=_("Monthly programme report"),
    explains=_("The programme in one month: the count and what moved it, departments, money, decisions, KPIs."),
    period=Kind.MONTH,
    datasets=(
        "standing",
        "targets",
        "movement",
        "curve",
        "pipeline",
        "money",
        "decisions",
        "overdue",
        "kpis",
    ),
    tellers=(
        sections.headline,
        sections.movement,
        sections.curve,
        sections.departments,
        sections.pipeline,
        sections.money,
        sections.decisions,
        sections.overdue,
        sections.kpis,
        sections.completeness,
    ),
)
QUARTERLY = replace(
    MONTHLY,
    key="programme_quarter",
    title=_("Quarterly programme report"),
    explains=_("The programme in one quarter of the calendar year, with the sections of the monthly report."),
    period=Kind.QUARTER,
)
