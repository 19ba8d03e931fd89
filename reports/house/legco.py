from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

LEGCO_ANSWER = HouseForm(
    key="legco_answer",
    title=_("Answer to a Legislative Council question"),
    explains=_("The standing questions: how many procedures, in which departments, at what cost, and what is late."),
    period=Kind.DAY,
    datasets=("standing", "targets", "money", "overdue"),
    tellers=(
        sections.question,
        sections.headline,
        sections.departments,
        sections.money,
        sections.overdue,
        sections.completeness,
    ),
    asks_question=True,
)
