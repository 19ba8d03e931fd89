"""Who the caller is, the departments, and a person named by number."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Department
from core.api.serializers import Out, TrilingualOut

OFFERED = _("Choose one of the entries offered.")


class DepartmentOut(Out):
    code = serializers.CharField(help_text="As written by the government, for example C&SD.")
    safe_code = serializers.CharField(help_text="Letters and digits only, as in references.")
    name = TrilingualOut("name")
    kind = serializers.ChoiceField(choices=Department.Kind.choices)
    parent = serializers.CharField(source="parent.safe_code", default=None, allow_null=True)  # type: ignore[assignment] # the API's word


class PostingOut(Out):
    department = serializers.CharField(source="department.safe_code")
    duty = serializers.CharField(help_text="head or staff.")
    starts_on = serializers.DateField()


class MeOut(Out):
    """The account that asks, and what its Person holds today."""

    username = serializers.CharField()
    person = serializers.CharField(source="person.ledger_ref", help_text="As the ledger names this person.")
    name = TrilingualOut("name", source="person")
    title = TrilingualOut("title", source="person")
    language = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField(), help_text="Roles held now.")
    postings = PostingOut(many=True, help_text="Departments belonged to today.")


class PersonIn(serializers.PrimaryKeyRelatedField):
    """A person by number; whether the person may take the duty is the service's to say."""

    default_error_messages = {"does_not_exist": OFFERED, "incorrect_type": OFFERED}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, int) or isinstance(data, bool) or not 0 < data < 2**63:
            self.fail("does_not_exist")
        return super().to_internal_value(data)
