"""Shapes of a project's records in the API: plan, monthly status, risks and issues, and what it is built from."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.shapes import PersonNumberIn
from accounts.models import Person
from core import as_at
from core.api.serializers import DayIn, In, LineIn, Out, ParagraphIn, TrilingualOut
from projects.api.life_serializers import OfficerOut
from projects.api.serializers import VisibleSlugIn
from projects.models import Concern, Project, Rating, Resource
from projects.records import concerns, plan, status, wording
from projects.rules.risks import Band
from projects.rules.slip import State

PLANNED_STATES = [(state.value, state.value) for state in State]


@extend_schema_field({"type": "string", "pattern": r"^[12][0-9]{3}-(0[1-9]|1[0-2])$", "example": "2026-11"})
class MonthField(serializers.Field):
    """A month, `"2026-11"`."""

    def to_internal_value(self, data: Any) -> date:
        month = status.parse_month(data) if isinstance(data, str) else None
        if month is None:
            raise serializers.ValidationError(_("Write the month as year-month, for example 2026-11."), "month.format")
        return month

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class OfProjectIn(In):
    project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())


class MilestoneIn(OfProjectIn):
    """A new milestone; `due_on` becomes the date first agreed, agreed now and, without `forecast_on`, expected."""

    read_only_names = frozenset({"id", "original_on", "current_on", "done_on", "version"})

    name_en = LineIn(max_length=200)
    name_zh_hant = LineIn(max_length=200, allow_blank=True, default="")
    due_on = DayIn()
    forecast_on = DayIn(required=False, allow_null=True, default=None)


class DependencyIn(MilestoneIn):
    """Something the project waits for; `on_project` is another registered project, or null for anything else."""

    on_project = VisibleSlugIn(
        slug_field="reference", queryset=Project.objects.all(), required=False, allow_null=True, default=None
    )


class PlannedPatchIn(In):
    """What the lead changes freely. Send the ETag you saw as If-Match."""

    read_only_names = frozenset(
        {"id", "project", "on_project", "original_on", "current_on", "done_on", "reason", "version", "withdrawn_at"}
    )

    name_en = LineIn(max_length=200)
    name_zh_hant = LineIn(max_length=200, allow_blank=True, required=False)
    forecast_on = DayIn()


class AgreeIn(In):
    current_on = DayIn()
    reason = LineIn(max_length=300)


class DoneIn(In):
    done_on = DayIn(allow_null=True, help_text="Null takes a mistaken day back.")


class WithReasonIn(In):
    reason = LineIn(max_length=300)


class PlannedOut(Out):
    """A milestone with its dates side by side; days less than 0 are early."""

    id = serializers.IntegerField()
    project = serializers.CharField(source="project.reference")
    name = TrilingualOut()
    original_on = serializers.DateField(help_text="As first agreed; never changed.")
    current_on = serializers.DateField(help_text="As agreed now.")
    forecast_on = serializers.DateField(help_text="When the lead expects it.")
    done_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(help_text="Why the agreed date was last changed.")
    state = serializers.SerializerMethodField(help_text="Where it stands today; withdrawn ones keep their last state.")
    slip_days = serializers.SerializerMethodField(help_text="From the date first agreed to the expected or real day.")
    slip = serializers.SerializerMethodField(help_text="The same in words.")
    behind_days = serializers.SerializerMethodField(help_text="From the date agreed now.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_because = serializers.CharField()
    version = serializers.IntegerField()

    @extend_schema_field({"type": "string", "enum": [value for value, _same in PLANNED_STATES]})
    def get_state(self, thing: Any) -> str:
        return self._course(thing).state

    def get_slip_days(self, thing: Any) -> int:
        return int(self._course(thing).slip)

    def get_slip(self, thing: Any) -> str:
        return wording.slip_words(self._course(thing).slip)

    def get_behind_days(self, thing: Any) -> int:
        return int(self._course(thing).behind)

    def _course(self, thing: Any) -> Any:
        return plan.line(thing, as_at.day()).course


class WaitedForOut(Out):
    reference = serializers.CharField()
    stage = serializers.CharField(help_text="Empty is not stated.")


class DependencyOut(PlannedOut):
    on_project = WaitedForOut(allow_null=True, help_text="Null for anything outside the register.")


class ReportIn(OfProjectIn):
    """The department's report of a month, once; correct it by the act `correct`."""

    read_only_names = frozenset({"id", "revision", "submitted_by", "submitted_at", "correction"})

    month = MonthField()
    rating = serializers.ChoiceField(choices=Rating.choices)
    summary = ParagraphIn(max_length=5_000)
    done = ParagraphIn(max_length=5_000, allow_blank=True, default="")
    planned = ParagraphIn(max_length=5_000, allow_blank=True, default="")


class CorrectReportIn(In):
    """The whole report anew, with the reason. The revision corrected is the one addressed; it must be the latest."""

    rating = serializers.ChoiceField(choices=Rating.choices)
    summary = ParagraphIn(max_length=5_000)
    done = ParagraphIn(max_length=5_000, allow_blank=True, default="")
    planned = ParagraphIn(max_length=5_000, allow_blank=True, default="")
    correction = LineIn(max_length=300)


class ReportOut(Out):
    id = serializers.IntegerField()
    project = serializers.CharField(source="project.reference")
    month = MonthField()
    revision = serializers.IntegerField()
    rating = serializers.ChoiceField(choices=Rating.choices)
    summary = serializers.CharField()
    done = serializers.CharField()
    planned = serializers.CharField()
    correction = serializers.CharField(help_text="Why the revision before it was corrected.")
    submitted_by = OfficerOut()
    submitted_at = serializers.DateTimeField()


class RatingIn(OfProjectIn):
    read_only_names = frozenset({"id", "revision", "rated_by", "rated_at", "correction"})

    month = MonthField()
    rating = serializers.ChoiceField(choices=Rating.choices)
    reason = ParagraphIn(max_length=5_000)


class CorrectRatingIn(In):
    rating = serializers.ChoiceField(choices=Rating.choices)
    reason = ParagraphIn(max_length=5_000)
    correction = LineIn(max_length=300)


class RatingOut(Out):
    id = serializers.IntegerField()
    project = serializers.CharField(source="project.reference")
    month = MonthField()
    revision = serializers.IntegerField()
    rating = serializers.ChoiceField(choices=Rating.choices)
    reason = serializers.CharField()
    correction = serializers.CharField()
    rated_by = OfficerOut()
    rated_at = serializers.DateTimeField()


class ConcernPatchIn(In):
    """What may change on a risk or an issue. Send the ETag you saw as If-Match."""

    read_only_names = frozenset(
        {"id", "project", "kind", "raised_by", "raised_on", "closed_on", "closing_note", "score", "band", "version"}
    )

    title = LineIn(max_length=200)
    cause = ParagraphIn(max_length=5_000, allow_blank=True, required=False)
    likelihood = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, required=False)
    impact = serializers.IntegerField(min_value=1, max_value=5)
    response = ParagraphIn(max_length=5_000, allow_blank=True, required=False)
    owner = PersonNumberIn(queryset=Person.objects.all())
    due_on = DayIn(allow_null=True, required=False)


class ConcernIn(ConcernPatchIn):
    """A new risk (with a likelihood) or issue (without) of a project whose insider the sender is."""

    read_only_names = ConcernPatchIn.read_only_names - {"project", "kind"}

    project = VisibleSlugIn(slug_field="reference", queryset=Project.objects.all())
    kind = serializers.ChoiceField(choices=Concern.Kind.choices)


class CloseIn(In):
    note = LineIn(max_length=300)


class ConcernOut(Out):
    id = serializers.IntegerField()
    project = serializers.CharField(source="project.reference")
    kind = serializers.ChoiceField(choices=Concern.Kind.choices)
    title = serializers.CharField()
    cause = serializers.CharField()
    likelihood = serializers.IntegerField(allow_null=True)
    impact = serializers.IntegerField()
    score = serializers.SerializerMethodField(help_text="Likelihood times impact; an issue is certain, so 5.")
    band = serializers.SerializerMethodField()
    response = serializers.CharField()
    owner = OfficerOut()
    due_on = serializers.DateField(allow_null=True)
    raised_by = OfficerOut()
    raised_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    closing_note = serializers.CharField()
    reopened_because = serializers.CharField()
    version = serializers.IntegerField()

    def get_score(self, concern: Concern) -> int:
        return concerns.rated([concern])[0].score

    @extend_schema_field({"type": "string", "enum": [band.value for band in Band]})
    def get_band(self, concern: Concern) -> str:
        return concerns.rated([concern])[0].band


class ResourcePatchIn(In):
    """What may be corrected. Send the ETag you saw as If-Match."""

    read_only_names = frozenset({"reference", "kind", "version", "withdrawn_at", "project_count"})

    name_en = LineIn(max_length=200)
    name_zh_hant = LineIn(max_length=200, allow_blank=True, required=False)
    details = ParagraphIn(max_length=5_000, allow_blank=True, required=False)


class ResourceIn(ResourcePatchIn):
    """A new entry. The same name of the same kind, in whatever case, is refused: use the entry there is."""

    read_only_names = ResourcePatchIn.read_only_names - {"kind"}

    kind = serializers.ChoiceField(choices=Resource.Kind.choices)


class ResourceOut(Out):
    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=Resource.Kind.choices)
    name = TrilingualOut()
    details = serializers.CharField()
    project_count = serializers.IntegerField(help_text="Projects that the reader sees and that use it.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_because = serializers.CharField()
    version = serializers.IntegerField()


class UseIn(OfProjectIn):
    """A project uses an entry: by its reference, or by kind and name, which registers a new name."""

    read_only_names = frozenset({"id", "ends_on"})

    resource = VisibleSlugIn(
        slug_field="reference", queryset=Resource.objects.all(), required=False, allow_null=True, default=None
    )
    kind = serializers.ChoiceField(choices=[*Resource.Kind.choices, ("", "")], required=False, default="")
    name_en = LineIn(max_length=200, allow_blank=True, default="")
    name_zh_hant = LineIn(max_length=200, allow_blank=True, default="")
    purpose = LineIn(max_length=200, allow_blank=True, default="")
    starts_on = DayIn()


class EndUseIn(In):
    ends_on = DayIn(help_text="First day it is no longer used.")


class UseOut(Out):
    id = serializers.IntegerField()
    project = serializers.CharField(source="project.reference")
    resource = serializers.CharField(source="resource.reference")
    kind = serializers.ChoiceField(choices=Resource.Kind.choices, source="resource.kind")
    name = TrilingualOut(source="resource")
    purpose = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="First day it is no longer used.")
