"""Shapes of people, postings, roles, invitations and grants in the API."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Department, Person, Posting, RoleGrant, User
from accounts.querysets import reads_every_record
from accounts.roles import LABELS
from core import clock
from core.api.serializers import DayIn, In, LineIn, Out, TrilingualOut
from core.errors import NotVisible

OFFERED = _("Choose one of the entries offered.")


class PersonNumberIn(serializers.PrimaryKeyRelatedField):
    """A person by number."""

    default_error_messages = {"does_not_exist": OFFERED, "incorrect_type": OFFERED}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, int) or isinstance(data, bool) or not 0 < data < 2**63:
            self.fail("does_not_exist")
        return super().to_internal_value(data)


class DepartmentIn(serializers.SlugRelatedField):
    """A department by its safe code."""

    default_error_messages = {"does_not_exist": OFFERED, "invalid": OFFERED}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"slug_field": "safe_code", "queryset": Department.objects.all()} | kwargs))

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        return super().to_internal_value(data)


def person_in(**kwargs: Any) -> PersonNumberIn:
    return PersonNumberIn(queryset=Person.objects.all(), **kwargs)


class MailIn(serializers.EmailField):
    """An e-mail address as text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Text is wanted here."), code="text.type")
        return str(super().to_internal_value(data))


class PersonPatchIn(In):
    """What may change about a person. Send the ETag you saw as If-Match."""

    read_only_names = frozenset({"id", "version", "postings", "roles", "accounts"})

    name_en = LineIn(max_length=120)
    name_zh_hant = LineIn(max_length=60, allow_blank=True, required=False)
    name_zh_hans = LineIn(max_length=60, allow_blank=True, required=False)
    title_en = LineIn(max_length=120, allow_blank=True, required=False)
    title_zh_hant = LineIn(max_length=120, allow_blank=True, required=False)
    title_zh_hans = LineIn(max_length=120, allow_blank=True, required=False)
    email = MailIn(max_length=254, allow_blank=True, required=False)


class PersonIn(PersonPatchIn):
    """A person put on record without an account."""


class BecauseIn(In):
    reason = LineIn(max_length=300)


class DisableIn(BecauseIn):
    username = LineIn(max_length=150)


class HandOverIn(In):
    holding = LineIn(max_length=120, help_text="As GET holdings/ names it: lead:IMMD-2026-003.")
    to = person_in(allow_null=True, help_text="Null leaves it vacant, where that is allowed.")


class LeaveIn(BecauseIn):
    last_day = DayIn()
    hand_over = HandOverIn(many=True)


class InvitationIn(In):
    read_only_names = frozenset({"id", "state", "link", "expires_at"})

    name_en = LineIn(max_length=120, required=False, help_text="Left out for a person on record.")
    name_zh_hant = LineIn(max_length=60, allow_blank=True, default="")
    title_en = LineIn(max_length=120, allow_blank=True, default="")
    title_zh_hant = LineIn(max_length=120, allow_blank=True, default="")
    email = MailIn(max_length=254)
    department = DepartmentIn()
    duty = serializers.ChoiceField(choices=Posting.Duty.choices, default=Posting.Duty.STAFF)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")
    person = person_in(allow_null=True, default=None, help_text="Whose account it is, when on record already.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["person"] is None and not attrs.get("name_en"):
            raise serializers.ValidationError({"name_en": _("This field is required.")}, code="field.required")
        return attrs


class AcceptIn(In):
    secret = LineIn(max_length=100, help_text="The last part of the link.")
    username = LineIn(max_length=150)
    password = serializers.CharField(max_length=200, trim_whitespace=False, style={"input_type": "password"})


class PostingIn(In):
    read_only_names = frozenset({"id", "duty", "is_acting", "state"})

    person = person_in()
    department = DepartmentIn()
    starts_on = DayIn()
    ends_on = DayIn(allow_null=True, default=None)


class EndPostingIn(BecauseIn):
    last_day = DayIn()


class HeadIn(BecauseIn):
    person = person_in()
    department = DepartmentIn()
    starts_on = DayIn()
    ends_on = DayIn(allow_null=True, default=None)
    is_acting = serializers.BooleanField(default=False)
    former_stays = serializers.BooleanField(default=True)


class RoleGrantIn(BecauseIn):
    read_only_names = frozenset({"id", "state", "effective_at", "granted_by", "confirmed_by"})

    person = person_in()
    role = serializers.ChoiceField(choices=list(LABELS.items()))
    last_day = DayIn(allow_null=True, default=None)


class EndRoleIn(BecauseIn):
    last_day = DayIn(allow_null=True, default=None)


class ObjectGrantIn(BecauseIn):
    read_only_names = frozenset({"id", "state", "granted_by", "permission"})

    kind = LineIn(max_length=30, help_text="project.")
    reference = LineIn(max_length=40)
    person = person_in()
    last_day = DayIn(help_text="At most 12 months ahead.")


class PersonNameOut(Out):
    id = serializers.IntegerField()
    name = TrilingualOut("name")


class DatedPostingOut(Out):
    id = serializers.IntegerField()
    person = PersonNameOut()
    department = serializers.CharField(source="department.safe_code")
    duty = serializers.ChoiceField(choices=Posting.Duty.choices)
    is_acting = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day no longer posted there.")
    state = serializers.CharField(help_text="now, ahead or past.")


class PlaceOut(Out):
    department = serializers.CharField(source="department.safe_code")
    duty = serializers.ChoiceField(choices=Posting.Duty.choices)
    is_acting = serializers.BooleanField()


class AccountOut(Out):
    username = serializers.CharField()
    is_active = serializers.BooleanField()


class PersonOut(Out):
    """A person; e-mail, roles and accounts only for those who read the record."""

    id = serializers.IntegerField()
    name = TrilingualOut("name")
    title = TrilingualOut("title")
    postings = PlaceOut(many=True, source="postings_today", help_text="Today.")
    email = serializers.SerializerMethodField(help_text="Null for readers who may not read the record.")
    roles = serializers.SerializerMethodField(help_text="Roles held now; null for readers who may not read the record.")
    accounts = serializers.SerializerMethodField(help_text="Null for readers who may not read the record.")
    version = serializers.IntegerField()

    def get_email(self, person: Person) -> str | None:
        return person.email if self._reads(person) else None

    def get_roles(self, person: Person) -> list[str] | None:
        if not self._reads(person):
            return None
        held = getattr(person, "roles_now", None)
        return _own_roles(person) if held is None else [grant.group.name for grant in held]

    @extend_schema_field(AccountOut(many=True, allow_null=True))
    def get_accounts(self, person: Person) -> list[dict[str, Any]] | None:
        if not self._reads(person):
            return None
        return list(AccountOut(person.accounts.all(), many=True).data)

    def _reads(self, person: Person) -> bool:
        user = self.context["request"].user
        return person.pk == user.person_id or reads_every_record(user)


class HoldingOut(Out):
    holding = serializers.CharField(source="name")
    kind = serializers.CharField(source="kind.name")
    title = serializers.CharField(source="holding.title")
    may_be_vacant = serializers.BooleanField(source="kind.may_be_vacant")
    takes_holder = serializers.BooleanField(source="kind.takes_holder")


class DepartureOut(Out):
    id = serializers.IntegerField()
    person = PersonNameOut()
    last_day = serializers.DateField()
    handed_over = serializers.JSONField(help_text="[{holding, title, to}]")
    closed_at = serializers.DateTimeField(allow_null=True, help_text="When the accounts were disabled.")


class InvitationOut(Out):
    id = serializers.IntegerField()
    name = TrilingualOut("name")
    email = serializers.CharField()
    department = serializers.CharField(source="department.safe_code")
    duty = serializers.ChoiceField(choices=Posting.Duty.choices)
    language = serializers.CharField()
    state = serializers.CharField(help_text="open, accepted, withdrawn or expired.")
    person = serializers.IntegerField(source="person_id", allow_null=True)
    expires_at = serializers.DateTimeField()


class InvitationMadeOut(InvitationOut):
    link = serializers.CharField(
        help_text="Given once; empty when mail carries it, or when an Idempotency-Key was sent, whose answer is kept."
    )


class AcceptedOut(Out):
    username = serializers.CharField()
    person = serializers.IntegerField(source="person_id")


class RoleGrantOut(Out):
    id = serializers.IntegerField()
    person = PersonNameOut()
    role = serializers.CharField(source="group.name")
    state = serializers.CharField(help_text="proposed, cooling, now, past or withdrawn.")
    given_at = serializers.DateTimeField()
    granted_by = serializers.IntegerField(source="granted_by_id", allow_null=True)
    confirmed_by = serializers.IntegerField(source="confirmed_by_id", allow_null=True)
    effective_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class ObjectGrantOut(Out):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    reference = serializers.CharField()
    person = PersonNameOut()
    permission = serializers.CharField()
    state = serializers.CharField(help_text="now, revoked or past.")
    granted_by = serializers.IntegerField(source="granted_by_id")
    granted_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField()


class OpenedOut(Out):
    what = serializers.CharField()
    why = serializers.CharField()
    address = serializers.CharField()


class RoleOpenedOut(Out):
    role = serializers.CharField(source="grant.group.name")
    ends_at = serializers.DateTimeField(source="grant.ends_at", allow_null=True)
    opens = serializers.ListField(child=serializers.CharField())


class ReachOut(Out):
    """What a person can see now."""

    has_account = serializers.BooleanField()
    postings = PlaceOut(many=True)
    roles = RoleOpenedOut(many=True)
    grants = ObjectGrantOut(many=True)
    opened = OpenedOut(many=True)


def account_of(person: Person, username: str, *, reader: User) -> User:
    """One account of the person, for those who may read that there is one."""
    account = person.accounts.filter(username=username).first()
    if account is None or not (person.pk == reader.person_id or reads_every_record(reader)):
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return account


def _own_roles(person: Person) -> list[str]:
    return list(RoleGrant.objects.live(clock.now()).filter(person=person).values_list("group__name", flat=True))
