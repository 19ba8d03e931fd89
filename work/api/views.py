"""Documents, comments, follows, saved views and tags over the API: the same rows, rules and services as the pages."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
import django_filters as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core import uploads
from core.api.parsers import StrictJSONParser
from core.api.views import RegisterViewSet, collection_command, command, patch_command
from core.limits import LARGEST_FILE_BODY
from core.uploads.kinds import KINDS
from work import selectors, services, subjects
from work.api import serializers as shapes
from work.models import (
    Classification,
    Comment,
    Document,
    DocumentKind,
    DocumentVersion,
    Follow,
    SavedView,
    Tag,
    Tagging,
)
from work.views.documents import not_there, storing

NUMBER = r"[0-9]{1,18}"


class OfSubjectFilter(filters.FilterSet):
    """Of one kind of record, or of one record by its reference."""

    subject_kind = filters.ChoiceFilter(choices=shapes.KINDS)
    subject = filters.CharFilter(method="of_reference", max_length=60)

    def of_reference(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        wanted = Q(pk__in=[])
        for kind in subjects.kinds():
            found = kind.rows.filter(reference=value).order_by().values("pk")
            wanted |= Q(subject_kind=kind.word, subject_id__in=found)
        return rows.filter(wanted)


class DocumentFilter(OfSubjectFilter):
    classification = filters.ChoiceFilter(choices=Classification.choices)
    kind = filters.ChoiceFilter(choices=DocumentKind.choices)


class OfSubjectViewSet(RegisterViewSet):
    """Rows of subjects: each answer names its subject by reference."""

    def paginate_queryset(self, queryset: Any) -> Any:
        return selectors.with_references(super().paginate_queryset(queryset) or [])

    def get_object(self) -> Any:
        [found] = selectors.with_references([super().get_object()])
        return found

    def again(self, row: Any) -> Any:
        [found] = selectors.with_references([self.get_queryset().get(pk=row.pk)])
        return found

    def subject_of(self, data: dict[str, Any]) -> subjects.Subject:
        return subjects.find(data.pop("subject_kind"), data.pop("subject"), user=self.actor)


class DocumentViewSet(OfSubjectViewSet):
    """Documents that the caller sees: open ones of visible records, the others as an insider."""

    rows = Document.objects
    serializer_class = shapes.DocumentOut
    filterset_class = DocumentFilter
    ordering_fields = ("created_at", "reference")
    parser_classes = (StrictJSONParser, MultiPartParser)
    largest_body: ClassVar[int] = LARGEST_FILE_BODY

    def get_queryset(self) -> "QuerySet[Document]":
        rows = super().get_queryset().select_related("created_by")
        return rows.prefetch_related("versions__uploaded_by")

    @collection_command(request=shapes.DocumentIn, response=shapes.DocumentOut)
    def create(self, data: dict[str, Any]) -> Document:
        subject = self.subject_of(data)
        with storing(subject, data.pop("file")) as stored:
            made = services.add_document(
                actor=self.actor,
                kind=subject.kind.word,
                subject_id=subject.thing.pk,
                document_kind=data.pop("kind"),
                stored=stored,
                **data,
            )
        return self.again(made)

    @patch_command(request=shapes.DocumentPatchIn, response=shapes.DocumentOut)
    def partial_update(self, thing: Document, data: dict[str, Any]) -> Document:
        named = ("title_en", "title_zh_hant", "title_zh_hans", "classification", "kind")
        said = {name: data.get(name, getattr(thing, name)) for name in named}
        if "title_zh_hant" in data and "title_zh_hans" not in data:
            said["title_zh_hans"] = ""
        edited = services.edit_document(
            actor=self.actor,
            document_id=thing.pk,
            expected_version=self.expected_version,
            document_kind=said.pop("kind"),
            reason=data.get("reason", ""),
            **said,
        )
        return self.again(edited)

    @command(request=shapes.VersionIn, response=shapes.DocumentOut, status=201)
    def add_version(self, thing: Document, data: dict[str, Any]) -> Document:
        subject = subjects.of(thing, user=self.actor)
        with storing(subject, data["file"]) as stored:
            services.add_version(actor=self.actor, document_id=thing.pk, stored=stored, note=data["note"])
        return self.again(thing)

    @command(request=shapes.TakeBackIn, response=shapes.DocumentOut)
    def withdraw(self, thing: Document, data: dict[str, Any]) -> Document:
        return self.again(services.withdraw_document(actor=self.actor, document_id=thing.pk, reason=data["reason"]))

    @extend_schema(
        parameters=[OpenApiParameter("number", OpenApiTypes.STR, OpenApiParameter.PATH, pattern=f"^{NUMBER}$")],
        responses={(200, kind.media_type): OpenApiTypes.BINARY for kind in KINDS.values()},
    )
    @action(detail=True, methods=["get"], url_path=rf"versions/(?P<number>{NUMBER})")
    def file(self, request: Request, reference: str, number: str) -> HttpResponseBase:
        """The file of one version, as an attachment."""
        rows = DocumentVersion.objects.visible_to(self.actor)
        found = rows.filter(document=self.get_object(), number=int(number)).first()
        if found is None:
            raise not_there()
        return uploads.attachment(name=found.stored_name, shown_name=found.shown_name, media_type=found.media_type)


class CommentViewSet(OfSubjectViewSet):
    """Comments of records that the caller is an insider of."""

    rows = Comment.objects
    serializer_class = shapes.CommentOut
    filterset_class = OfSubjectFilter
    ordering_fields = ("said_at",)
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = NUMBER

    def get_queryset(self) -> "QuerySet[Comment]":
        return super().get_queryset().select_related("author").prefetch_related("mentions__person")

    @collection_command(request=shapes.CommentIn, response=shapes.CommentOut)
    def create(self, data: dict[str, Any]) -> Comment:
        subject = self.subject_of(data)
        said = services.say(actor=self.actor, kind=subject.kind.word, subject_id=subject.thing.pk, **data)
        return self.again(said)

    @command(request=shapes.TakeBackIn, response=shapes.CommentOut)
    def withdraw(self, thing: Comment, data: dict[str, Any]) -> Comment:
        services.withdraw_comment(actor=self.actor, comment_id=thing.pk, reason=data["reason"])
        return self.again(thing)


class FollowViewSet(OfSubjectViewSet):
    """What the caller follows."""

    rows = Follow.objects
    serializer_class = shapes.FollowOut
    filterset_class = OfSubjectFilter
    ordering_fields = ("since",)
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = NUMBER

    @collection_command(request=shapes.SubjectIn, response=shapes.FollowOut)
    def create(self, data: dict[str, Any]) -> Follow:
        subject = self.subject_of(data)
        services.follow(actor=self.actor, kind=subject.kind.word, subject_ids=[subject.thing.pk])
        own = Follow.objects.of(subject.kind.word, subject.thing.pk).get(person=self.actor.person)
        return self.again(own)

    @extend_schema(responses={204: OpenApiResponse(description="No longer followed.")})
    def destroy(self, request: Request, id: str) -> Response:
        own = self.get_object()
        services.unfollow(actor=self.actor, kind=own.subject_kind, subject_ids=[own.subject_id])
        return Response(status=204)


class SavedViewViewSet(RegisterViewSet):
    """The caller's saved views, and those shared with the caller's departments."""

    rows = SavedView.objects
    serializer_class = shapes.SavedViewOut
    ordering_fields = ("name",)
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = NUMBER

    def get_queryset(self) -> "QuerySet[SavedView]":
        return super().get_queryset().select_related("owner", "shared_with")

    @collection_command(request=shapes.SavedViewIn, response=shapes.SavedViewOut)
    def create(self, data: dict[str, Any]) -> SavedView:
        return services.save_view(actor=self.actor, **{"query": ""} | data)

    @patch_command(request=shapes.SavedViewPatchIn, response=shapes.SavedViewOut, needs_match=False)
    def partial_update(self, thing: SavedView, data: dict[str, Any]) -> SavedView:
        return services.edit_view(actor=self.actor, view_id=thing.pk, **data)

    @extend_schema(responses={204: OpenApiResponse(description="Deleted.")})
    def destroy(self, request: Request, id: str) -> Response:
        services.delete_view(actor=self.actor, view_id=self.get_object().pk)
        return Response(status=204)


class TagViewSet(RegisterViewSet):
    """Tags that something visible carries, and the caller's own."""

    rows = Tag.objects
    serializer_class = shapes.TagOut
    ordering_fields = ("reference",)

    def get_queryset(self) -> "QuerySet[Tag]":
        if getattr(self, "swagger_fake_view", False):
            return Tag.objects.none()
        return selectors.tags_in_use(self.actor)

    @collection_command(request=shapes.TagIn, response=shapes.TagOut)
    def create(self, data: dict[str, Any]) -> Tag:
        return self._again(services.make_tag(actor=self.actor, **data))

    @command(request=shapes.SubjectIn, response=shapes.TagOut)
    def put_on(self, thing: Tag, data: dict[str, Any]) -> Tag:
        subject = subjects.find(data["subject_kind"], data["subject"], user=self.actor)
        services.tag(actor=self.actor, kind=subject.kind.word, subject_id=subject.thing.pk, tag_id=thing.pk)
        return self._again(thing)

    @command(request=shapes.SubjectIn, response=shapes.TagOut)
    def take_off(self, thing: Tag, data: dict[str, Any]) -> Tag:
        subject = subjects.find(data["subject_kind"], data["subject"], user=self.actor)
        services.untag(actor=self.actor, kind=subject.kind.word, subject_id=subject.thing.pk, tag_id=thing.pk)
        return self._again(thing)

    def _again(self, tag: Tag) -> Tag:
        """The tag as stored now, also when nothing visible carries it any more."""
        shown = self.get_queryset().filter(pk=tag.pk).first()
        if shown is not None:
            return shown
        tag.used = Tagging.objects.visible_to(self.actor).filter(tag=tag).count()  # type: ignore[attr-defined]
        return tag
