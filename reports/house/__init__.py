"""The house forms, each a small module of its own; `FORMS` is the list that pages and the API offer."""

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from reports.house.department import DEPARTMENT
from reports.house.finance_committee import FINANCE_COMMITTEE_ANNEX
from reports.house.forms import HouseForm
from reports.house.legco import LEGCO_ANSWER
from reports.house.minister import MINISTER_BRIEF
from reports.house.policy_address import POLICY_ADDRESS
from reports.house.position import POSITION
from reports.house.programme import MONTHLY, QUARTERLY

LISTED = (
    MINISTER_BRIEF,
    MONTHLY,
    QUARTERLY,
    DEPARTMENT,
    POSITION,
    FINANCE_COMMITTEE_ANNEX,
    POLICY_ADDRESS,
    LEGCO_ANSWER,
)
FORMS: dict[str, HouseForm] = {form.key: form for form in LISTED}


def form_named(key: str) -> HouseForm:
    if key not in FORMS:
        message = _("There is no such form of report.")
        raise InvalidInput("choice.invalid", message, fields={"form": [message]})
    return FORMS[key]


__all__ = ["FORMS", "HouseForm", "form_named"]
