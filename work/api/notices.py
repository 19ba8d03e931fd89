"""Notices and how they are mailed, over the API: the same rows and services as the pages."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import params
from core.api.serializers import In, Out
from core.api.views import KeepsNoAnswer, RegisterViewSet, collection_command, command
from core.errors import InvalidInput
from work import notices, services
from work.filters import NoticeFilter
from work.models import Notice
from work.notices import Mail
from work.selectors.notices import Line, lines, wanted_by


class NoticeOut(Out):
    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="What kind of notice it is; stable.")
    kind_label = serializers.CharField(source="label", help_text="In the language asked for.")
    is_pressing = serializers.BooleanField(help_text="A pressing kind cannot be switched off.")
    says = serializers.CharField(help_text="In the language asked for.")
    about = serializers.CharField(help_text="What sort of record it is about.")
    reference = serializers.CharField(help_text="Of the record; empty where it has none.")
    title = serializers.CharField()
    address = serializers.CharField(help_text="The path of the page.")
    told_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class ReadOut(Out):
    read = serializers.IntegerField(help_text="Notices that were unread.")


class ReadIn(In):
    """Nothing to send."""


class SettingOut(Out):
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="label", help_text="In the language asked for.")
    is_pressing = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=Mail.choices)


class SettingIn(In):
    kind = serializers.CharField(max_length=30)
    mail = serializers.ChoiceField(choices=Mail.choices)


class SettingsIn(In):
    """The kinds to change; the others stay as they are."""

    settings = SettingIn(many=True, allow_empty=False)


class SettingsOut(Out):
    settings = SettingOut(many=True)


class NoticeViewSet(RegisterViewSet):
    """What the caller was told, newest first, as far as the caller still sees what it is about."""

    rows = Notice.objects
    serializer_class = NoticeOut
    filterset_class = NoticeFilter
    ordering_fields = ("told_at",)
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = r"[0-9]{1,18}"

    def paginate_queryset(self, queryset: Any) -> Any:
        return lines(self.actor, super().paginate_queryset(queryset) or [])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(NoticeOut(self._line(self.get_object())).data)

    @command(request=ReadIn, response=NoticeOut)
    def read(self, thing: Notice, data: dict[str, Any]) -> Line:
        return self._line(services.mark_read(actor=self.actor, notice_id=thing.pk))

    @command(request=ReadIn, response=NoticeOut)
    def unread(self, thing: Notice, data: dict[str, Any]) -> Line:
        return self._line(services.mark_read(actor=self.actor, notice_id=thing.pk, is_read=False))

    @collection_command(request=ReadIn, response=ReadOut, status=200)
    def read_all(self, data: dict[str, Any]) -> dict[str, int]:
        return {"read": services.mark_all_read(actor=self.actor)}

    def _line(self, notice: Notice) -> Line:
        [line] = lines(self.actor, [notice])
        return line


class NoticeSettingsView(KeepsNoAnswer):
    """How each kind of notice is mailed to the caller."""

    @extend_schema(operation_id="notice_settings_retrieve", responses=SettingsOut)
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        return Response(self._told(request))

    @extend_schema(operation_id="notice_settings_update", request=SettingsIn, responses=SettingsOut)
    def patch(self, request: Request) -> Response:
        params.refuse_unknown(request.query_params, frozenset())
        reader = SettingsIn(data=request.data)
        reader.is_valid(raise_exception=True)
        sent = reader.validated_data["settings"]
        chosen = {one["kind"]: one["mail"] for one in sent}
        if len(chosen) < len(sent):
            raise InvalidInput("settings.twice", notices.TWICE, fields={"settings": [notices.TWICE]})
        services.choose_mail(actor=cast("User", request.user), chosen=chosen)
        return Response(self._told(request))

    def _told(self, request: Request) -> Any:
        person = cast("User", request.user).person_id
        wanted = wanted_by([person])[person]
        told = [
            {"kind": kind.name, "label": kind.label, "is_pressing": kind.is_pressing, "mail": wanted[kind.name]}
            for kind in notices.kinds().values()
        ]
        return SettingsOut({"settings": told}).data
