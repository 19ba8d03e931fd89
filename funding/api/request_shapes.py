"""What the API takes and gives of a request beside its text and cost lines: promises, links, reuse, versions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn, TrilingualOut
from funding.api.references import LinkedIn, ProgrammeIn, ProjectIn
from funding.forms.benefits import MOST_BENEFITS
from funding.models import RequestStatus, Reuse
from funding.rules import differences
from funding.rules.editing import Way
from funding.selectors import versions
from projects.models import BenefitKind

MOST_CONSIDERED = 50
LONGEST_REASON = 5_000
KINDS = [(kind, kind) for kind in (differences.SAME, differences.CHANGED, differences.ADDED, differences.REMOVED)]
KINDS_OF_CHANGE = [kind for kind in KINDS if kind[0] != differences.SAME]
ANSWERS = [choice for choice in Reuse.choices if choice[0]]


class PromiseIn(In):
    """One benefit promised. With its number it stays the same promise; without, it is a new one."""

    number = serializers.IntegerField(required=False, min_value=1, max_value=9_999)
    kind = serializers.ChoiceField(choices=BenefitKind.choices)
    description = LineIn(max_length=300)
    amount = MoneyIn(help_text="In the unit of its kind: staff hours a year, days a case, or HK$ a year.")
    due_on = DayIn(help_text="The day by which the whole amount is reached.")


class BesidesIn(In):
    """What may be left out, and then stays as it is stored."""

    benefits = serializers.ListField(child=PromiseIn(), max_length=MOST_BENEFITS, required=False)
    programme = ProgrammeIn(required=False, allow_null=True)
    new_programme = LineIn(
        max_length=200, required=False, help_text="The name of a programme to declare, in place of one that is there."
    )
    new_programme_zh_hant = LineIn(max_length=200, required=False, allow_blank=True)
    supplements = LinkedIn(
        required=False, allow_null=True, help_text="The approved request that this one asks more money for."
    )
    reuse = serializers.ChoiceField(choices=ANSWERS, required=False)
    reuse_reason = ParagraphIn(max_length=LONGEST_REASON, required=False, allow_blank=True)
    reuse_considered = serializers.ListField(
        child=LineIn(max_length=40),
        max_length=MOST_CONSIDERED,
        required=False,
        help_text="References of projects, requests and tools that were looked at.",
    )


def besides(data: Any) -> dict[str, Any]:
    """What was sent of the fields above, as services take it."""
    plain = ("benefits", "new_programme", "new_programme_zh_hant", "reuse", "reuse_reason", "reuse_considered")
    found = {name: data[name] for name in plain if name in data}
    for name in ("programme", "supplements"):
        if name in data:
            found[f"{name}_id"] = data[name].pk if data[name] else None
    return found


class PromiseOut(Out):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=BenefitKind.choices)
    description = serializers.CharField()
    amount = MoneyOut()
    due_on = serializers.DateField()


class CopyIn(In):
    project = ProjectIn(required=False, help_text="For which project; that of the earlier request when left out.")


class ProgrammeOut(Out):
    reference = serializers.CharField()
    name = TrilingualOut()
    department = serializers.CharField(source="department.safe_code")
    declared_at = serializers.DateTimeField()


class RequestVersionOut(Out):
    """A submitted version with everything that was frozen."""

    number = serializers.IntegerField()
    digest = serializers.CharField(help_text="SHA-256 of the canonical text of `content`.")
    own_amount = MoneyOut()
    submitted_at = serializers.DateTimeField()
    reason = serializers.CharField()
    content = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_content(self, version: Any) -> dict[str, Any]:
        return versions.content(version)


class FieldChangeOut(Out):
    """One field or paragraph that differs. Empty text stands for nothing."""

    field = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS_OF_CHANGE)
    before = serializers.CharField()
    after = serializers.CharField()


class PairOut(Out):
    """A cost line or promise of both versions; null where a version does not have it."""

    kind = serializers.ChoiceField(choices=KINDS)
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)
    by = MoneyOut(help_text="After less before.")


class DifferencesOut(Out):
    before = serializers.IntegerField(source="before.number")
    after = serializers.IntegerField(source="after.number")
    own_by = MoneyOut(source="found.own_by", help_text="Amount asked, after less before.")
    recurrent_by = MoneyOut(source="found.recurrent_by")
    changes = FieldChangeOut(source="found.changes", many=True)
    lines = PairOut(source="found.lines", many=True)
    benefits = PairOut(source="found.benefits", many=True)


class EditCellOut(Out):
    state = serializers.ChoiceField(choices=RequestStatus.choices)
    way = serializers.ChoiceField(choices=[(way.value, way.value) for way in Way])
    roles = serializers.ListField(child=serializers.CharField(), help_text="In words.")


class EditRowOut(Out):
    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field of the row, not of the serializer
    cells = EditCellOut(many=True)
