"""Invitations, postings, roles and object grants over the API."""

from typing import Any

from allauth.core import ratelimit
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api import shapes
from accounts.api.filters import ObjectGrantFilter, PostingFilter, RoleGrantFilter
from accounts.models import Invitation, ObjectGrant, Posting, RoleGrant
from accounts.services.sharing import grant_for
from core.api.views import KeepsNoAnswer, RegisterViewSet, collection_command, command
from core.errors import TooMany


class ByNumber(RegisterViewSet):
    """Records that have a number and no reference of their own."""

    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = r"[0-9]{1,18}"


class InvitationViewSet(ByNumber):
    """Invitations, for readers of people's records. A link is given once, and only where no mail carries it."""

    rows = Invitation.objects
    serializer_class = shapes.InvitationOut

    def get_queryset(self) -> "QuerySet[Invitation]":
        if getattr(self, "swagger_fake_view", False):
            return Invitation.objects.none()
        return selectors.invitation_rows(self.actor)

    @collection_command(request=shapes.InvitationIn, response=shapes.InvitationMadeOut)
    def create(self, data: dict[str, Any]) -> Invitation:
        department, person = data.pop("department"), data.pop("person")
        invitation, link = services.invite(
            actor=self.actor, department_id=department.pk, person_id=person.pk if person else None, **data
        )
        return self._with_link(invitation, link)

    @command(request=None, response=shapes.InvitationMadeOut)
    def resend(self, thing: Invitation, data: dict[str, Any]) -> Invitation:
        """A new link; the one before it opens nothing any more."""
        return self._with_link(*services.resend_invitation(actor=self.actor, invitation_id=thing.pk))

    @command(request=None, response=shapes.InvitationOut)
    def withdraw(self, thing: Invitation, data: dict[str, Any]) -> Invitation:
        services.withdraw_invitation(actor=self.actor, invitation_id=thing.pk)
        return self.get_queryset().get(pk=thing.pk)

    def _with_link(self, invitation: Invitation, link: str) -> Invitation:
        """An answer that is kept for repeats never holds the link, which is kept nowhere."""
        made = self.get_queryset().get(pk=invitation.pk)
        made.link = "" if "Idempotency-Key" in self.request.headers else link  # type: ignore[attr-defined]
        return made


class AcceptView(KeepsNoAnswer):
    """Open the account behind an invitation's link. Needs no sign-in; the link's secret is the key, once."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(
        request=shapes.AcceptIn, responses={201: shapes.AcceptedOut}, auth=[], operation_id="invitation_accept"
    )
    def post(self, request: Request) -> Response:
        if not ratelimit.consume(request._request, action="invitation"):
            raise TooMany("invitation.limit", _("Too many tries from this place. Wait 15 minutes, then try again."))
        reader = shapes.AcceptIn(data=request.data)
        reader.is_valid(raise_exception=True)
        account = services.accept_invitation(**reader.validated_data)
        return Response(shapes.AcceptedOut(account).data, status=201, headers={"Cache-Control": "no-store"})


class PostingViewSet(ByNumber):
    """Who is posted where, from a day, until a day."""

    rows = Posting.objects.select_related("person", "department")
    serializer_class = shapes.DatedPostingOut
    filterset_class = PostingFilter
    ordering_fields = ("starts_on",)

    @collection_command(request=shapes.PostingIn, response=shapes.DatedPostingOut)
    def create(self, data: dict[str, Any]) -> Posting:
        person, department = data.pop("person"), data.pop("department")
        return services.start_posting(actor=self.actor, person_id=person.pk, department_id=department.pk, **data)

    @command(request=shapes.EndPostingIn, response=shapes.DatedPostingOut)
    def end(self, thing: Posting, data: dict[str, Any]) -> Posting:
        return services.end_posting(actor=self.actor, posting_id=thing.pk, **data)

    @collection_command(request=shapes.HeadIn, response=shapes.DatedPostingOut)
    def appoint_head(self, data: dict[str, Any]) -> Posting:
        """Hand a department over on a day; an acting head has it until a stated day."""
        person, department = data.pop("person"), data.pop("department")
        return services.appoint_head(actor=self.actor, person_id=person.pk, department_id=department.pk, **data)


class RoleGrantViewSet(ByNumber):
    """Roles given: everybody's for readers of people's records, else one's own."""

    rows = RoleGrant.objects
    serializer_class = shapes.RoleGrantOut
    filterset_class = RoleGrantFilter
    ordering_fields = ("given_at",)

    def get_queryset(self) -> "QuerySet[RoleGrant]":
        if getattr(self, "swagger_fake_view", False):
            return RoleGrant.objects.none()
        return selectors.role_grant_rows(self.actor)

    @collection_command(request=shapes.RoleGrantIn, response=shapes.RoleGrantOut)
    def create(self, data: dict[str, Any]) -> RoleGrant:
        return services.give_role(actor=self.actor, person_id=data.pop("person").pk, **data)

    @command(request=None, response=shapes.RoleGrantOut)
    def confirm(self, thing: RoleGrant, data: dict[str, Any]) -> RoleGrant:
        """A second administrator agrees to a deciding role, which opens 24 hours later."""
        return services.confirm_role(actor=self.actor, grant_id=thing.pk)

    @command(request=shapes.BecauseIn, response=shapes.RoleGrantOut)
    def withdraw(self, thing: RoleGrant, data: dict[str, Any]) -> RoleGrant:
        return services.withdraw_role(actor=self.actor, grant_id=thing.pk, **data)

    @command(request=shapes.EndRoleIn, response=shapes.RoleGrantOut)
    def end(self, thing: RoleGrant, data: dict[str, Any]) -> RoleGrant:
        return services.end_role(actor=self.actor, grant_id=thing.pk, **data)


class ObjectGrantViewSet(ByNumber):
    """Records shared with one person until a day."""

    rows = ObjectGrant.objects
    serializer_class = shapes.ObjectGrantOut
    filterset_class = ObjectGrantFilter
    ordering_fields = ("granted_at", "ends_at")

    def get_queryset(self) -> "QuerySet[ObjectGrant]":
        if getattr(self, "swagger_fake_view", False):
            return ObjectGrant.objects.none()
        return selectors.object_grant_rows(self.actor)

    def get_object(self) -> ObjectGrant:
        """Whoever may end a grant finds it too: the record's lead and head did not all give it."""
        return grant_for(self.actor, int(self.kwargs["id"]))

    @collection_command(request=shapes.ObjectGrantIn, response=shapes.ObjectGrantOut)
    def create(self, data: dict[str, Any]) -> ObjectGrant:
        return services.share(actor=self.actor, person_id=data.pop("person").pk, **data)

    @command(request=shapes.BecauseIn, response=shapes.ObjectGrantOut)
    def revoke(self, thing: ObjectGrant, data: dict[str, Any]) -> ObjectGrant:
        return services.revoke_grant(actor=self.actor, grant_id=thing.pk, **data)
