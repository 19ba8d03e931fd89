from django.utils.translation import gettext_lazy as _

from reports import sections
from reports.house.forms import HouseForm
from reports.rules.periods import Kind

FINANCE_COMMITTEE_ANNEX = HouseForm(
    key="finance_committee_annex",
    title=_("Annex to a Finance Committee paper"),
    explains=_("The financial year so far: money voted, committed and spent, and every decision by tier."),
    period=Kind.FINANCIAL_YEAR,
    datasets=("standing", "targets", "money", "decisions"),
    tellers=(sections.money, sections.tiers, sections.decisions, sections.headline, sections.completeness),
)
