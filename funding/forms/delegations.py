"""What a Head of Department types to let somebody else decide."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, Posting, User
from core import clock
from core.forms import DayField, MoneyField, ReferenceField
from funding.forms.policies import ProposalForm
from funding.models import Delegation


def _headed(user: User) -> Any:
    return Posting.objects.on(clock.today()).heads().filter(person=user.person_id).values("department")


def departments_headed(user: User) -> Any:
    return Department.objects.filter(pk__in=_headed(user)).order_by("code")


def colleagues(user: User) -> Any:
    """Everybody else of the departments that this person heads."""
    staff = Posting.objects.on(clock.today()).filter(department__in=_headed(user)).values("person")
    return Person.objects.filter(pk__in=staff).exclude(pk=user.person_id).order_by("name_en", "pk")


class DelegationForm(ProposalForm):
    """Who decides for the head, for how long and up to which amount."""

    department = ReferenceField(label=_("Department"), rows=departments_headed, empty_label=None)
    delegate = ReferenceField(label=_("Decides for you"), rows=colleagues)
    most = MoneyField(
        label=_("Up to this assessed amount (HK$)"),
        help_text=_("A request counted together with others counts with their sum."),
    )
    last_on = DayField(label=_("Last day"), help_text=_("Within a year of the first day."))
    NAMES = ("department", "delegate", "most", "starts_on", "last_on", "source")
    field_order = NAMES

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}


def delegation_values(latest: Delegation | None) -> dict[str, Any]:
    """Each delegation is typed anew: a person and days are seldom the same again."""
    return {}
