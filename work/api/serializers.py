"""Shapes of documents, comments, follows, saved views, tags, history and acts on many records in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.shapes import OFFERED, PersonNumberIn
from accounts.models import Department, Person
from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from work import lists, subjects
from work.models import Classification, DocumentKind, Tag, Task, TaskStep

KINDS = [(word, str(word)) for word, _label in subjects.words()]
LISTS = [(name, str(name)) for name, _label in lists.names()]


class SubjectIn(In):
    """Which record it is about."""

    subject_kind = serializers.ChoiceField(choices=KINDS)
    subject = serializers.RegexField(r"^[A-Za-z0-9_-]{1,60}\Z", help_text="Reference of the record.")


class OfSubjectOut(Out):
    subject_kind = serializers.ChoiceField(choices=KINDS)
    subject = serializers.CharField(source="subject_reference", help_text="Reference of the record.")


class VisibleReferenceIn(serializers.SlugRelatedField):
    """A record the sender may see; hidden and missing ones are refused in the same words."""

    default_error_messages = {"does_not_exist": OFFERED, "invalid": OFFERED}

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.context["request"].user)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\x00" in data or len(data) > 100:
            self.fail("invalid")
        return super().to_internal_value(data)


class DocumentFields(In):
    read_only_names = frozenset({"reference", "version", "versions", "created_at", "created_by", "withdrawn_at"})

    title_en = LineIn(max_length=200)
    title_zh_hant = LineIn(max_length=200, allow_blank=True, required=False)
    title_zh_hans = LineIn(
        max_length=200, allow_blank=True, required=False, help_text="Left out, it is converted from the Traditional."
    )
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    classification = serializers.ChoiceField(choices=Classification.choices)


class DocumentIn(DocumentFields, SubjectIn):
    """A new document with its first version, sent as multipart/form-data."""

    file = serializers.FileField()
    note = LineIn(max_length=300, allow_blank=True, required=False)


class DocumentPatchIn(DocumentFields):
    """What may change on a document. Send the ETag you saw as If-Match; another classification needs a reason."""

    reason = LineIn(max_length=300, allow_blank=True, required=False)


class VersionIn(In):
    file = serializers.FileField()
    note = LineIn(max_length=300)


class TakeBackIn(In):
    reason = LineIn(max_length=300)


class CommentIn(SubjectIn):
    read_only_names = frozenset({"id", "author", "said_at", "names", "withdrawn_at", "withdrawn_because"})

    text = ParagraphIn(max_length=5_000, help_text="@ and a user name names that person, who is told.")
    to = serializers.ListField(
        child=PersonNumberIn(queryset=Person.objects.all()),
        required=False,
        max_length=20,
        help_text="People to name, by number. All of them read the comments of this record, or nothing is said.",
    )


class TaskPatchIn(In):
    """What whoever gave it may change. Send the ETag you saw as If-Match."""

    read_only_names = frozenset({"id", "state", "given_by", "given_at", "ended_at", "version", "steps"})

    wording = LineIn(max_length=300)
    due_on = DayIn(help_text="The last Hong Kong day for it; not past.")


class TaskIn(TaskPatchIn, SubjectIn):
    owner = PersonNumberIn(queryset=Person.objects.all(), help_text="Somebody who sees the record too.")


class HandOnIn(In):
    to = PersonNumberIn(queryset=Person.objects.all(), help_text="Somebody who sees the record too.")
    note = ParagraphIn(max_length=2_000, allow_blank=True, required=False)


class TaskDoneIn(In):
    note = ParagraphIn(max_length=2_000)


class SavedViewPatchIn(In):
    read_only_names = frozenset({"id", "owner", "created_at"})

    name = LineIn(max_length=60)
    shared_with = VisibleReferenceIn(
        slug_field="safe_code", queryset=Department.objects.all(), allow_null=True, required=False
    )


class SavedViewIn(SavedViewPatchIn):
    list_name = serializers.ChoiceField(choices=LISTS)
    query = LineIn(max_length=2_000, allow_blank=True, required=False, help_text="As in the list's address.")


class TagIn(In):
    """A name in English, in Chinese, or both; the tag that has it already is the answer."""

    read_only_names = frozenset({"reference", "used"})

    name_en = LineIn(max_length=40, allow_blank=True, required=False)
    name_zh_hant = LineIn(max_length=40, allow_blank=True, required=False)


class OfficerNamedOut(Out):
    id = serializers.IntegerField()
    name = TrilingualOut()


class VersionOut(Out):
    number = serializers.IntegerField()
    file_name = serializers.CharField(source="shown_name")
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    digest = serializers.CharField(help_text="SHA-256 of the content, in hex.")
    note = serializers.CharField()
    uploaded_by = OfficerNamedOut()
    uploaded_at = serializers.DateTimeField()


class DocumentOut(OfSubjectOut):
    reference = serializers.CharField()
    title = TrilingualOut()
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    classification = serializers.ChoiceField(choices=Classification.choices)
    created_by = OfficerNamedOut()
    created_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_because = serializers.CharField()
    versions = VersionOut(many=True, source="versions.all", help_text="Newest first.")
    version = serializers.IntegerField(help_text="Of this entry, as in its ETag.")


class CommentOut(OfSubjectOut):
    id = serializers.IntegerField()
    text = serializers.SerializerMethodField(help_text="Empty once withdrawn.")
    author = OfficerNamedOut()
    said_at = serializers.DateTimeField()
    names = serializers.SerializerMethodField(help_text="People named in it. Empty once withdrawn.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_because = serializers.CharField()

    @extend_schema_field(OfficerNamedOut(many=True))
    def get_names(self, comment: Any) -> Any:
        named = [] if comment.withdrawn_at else [mention.person for mention in comment.mentions.all()]
        return OfficerNamedOut(named, many=True).data

    def get_text(self, comment: Any) -> str:
        return "" if comment.withdrawn_at else str(comment.text)


class TaskStepOut(Out):
    what = serializers.ChoiceField(choices=TaskStep.What.choices)
    by = OfficerNamedOut()
    to = OfficerNamedOut(help_text="Who has it after the step.")
    at = serializers.DateTimeField()
    note = serializers.CharField()


class TaskOut(OfSubjectOut):
    id = serializers.IntegerField()
    wording = serializers.CharField()
    owner = OfficerNamedOut()
    due_on = serializers.DateField()
    given_by = OfficerNamedOut()
    given_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=Task.State.choices)
    ended_at = serializers.DateTimeField(allow_null=True)
    steps = TaskStepOut(many=True, source="steps.all", help_text="The way it took, oldest first.")
    version = serializers.IntegerField(help_text="As in its ETag.")


class FollowOut(OfSubjectOut):
    id = serializers.IntegerField()
    since = serializers.DateTimeField()


class SavedViewOut(Out):
    id = serializers.IntegerField()
    list_name = serializers.ChoiceField(choices=LISTS)
    name = serializers.CharField()
    query = serializers.CharField()
    owner = OfficerNamedOut()
    shared_with = serializers.CharField(source="shared_with.safe_code", default=None, allow_null=True)


class TagOut(Out):
    reference = serializers.CharField()
    name = TrilingualOut()
    used = serializers.IntegerField(help_text="Records that you see and that carry it.")


class ChangeOut(Out):
    column = serializers.CharField(source="label", help_text="In the language of the request.")
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class HistoryOut(Out):
    at = serializers.DateTimeField()
    part = serializers.CharField()
    row = serializers.CharField()
    what = serializers.ChoiceField(choices=["added", "changed", "removed"])
    changes = ChangeOut(many=True)
    person = OfficerNamedOut(allow_null=True)
    by = serializers.CharField(help_text="The task or command, where no account acted.")
    reason = serializers.CharField()
    request = serializers.CharField(help_text="Id of the request, as in X-Request-ID.")


class BulkIn(In):
    """One act on many records, named one by one: all or nothing."""

    act = serializers.CharField(max_length=40, help_text="tag, untag, follow, unfollow; for procedures verify, attest.")
    references = serializers.ListField(
        child=serializers.RegexField(r"^[A-Za-z0-9_-]{1,60}\Z"), allow_empty=False, help_text="At most 10,000."
    )
    tag = VisibleReferenceIn(slug_field="reference", queryset=Tag.objects.all(), required=False)
    note = ParagraphIn(max_length=2_000, required=False)


class BulkOut(Out):
    done = serializers.IntegerField(help_text="Records: all that were named.")
