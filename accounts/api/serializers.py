"""Who the caller is, and the departments."""

from rest_framework import serializers

from accounts.models import Department
from core.api.serializers import Out, TrilingualOut


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
