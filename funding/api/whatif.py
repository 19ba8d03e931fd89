"""The what-if bench over the API: run it, keep what it came to, read notes again."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn
from core.api.views import RegisterViewSet, collection_command
from funding import services
from funding.forms.whatif import LEAST_MONTHS, MOST_MONTHS
from funding.models import Tier, WhatIfNote
from funding.rules import whatif
from funding.rules.tiers import TierLine
from funding.rules.whatif import Assumption
from funding.services.whatif import Run, read_note

NUMBER = r"[0-9]{1,18}"


class AssumedIn(In):
    """Where each tier ends, whether that amount itself is still its own, and how far linked requests reach."""

    department_upper = MoneyIn()
    department_included = serializers.BooleanField(default=False)
    working_group_upper = MoneyIn()
    working_group_included = serializers.BooleanField(default=True)
    linking_months = serializers.IntegerField(min_value=LEAST_MONTHS, max_value=MOST_MONTHS, default=12)


class WhatIfNoteIn(AssumedIn):
    title = LineIn(max_length=200)
    remark = ParagraphIn(max_length=2_000, required=False, allow_blank=True, default="")


class WhatIfLineOut(Out):
    tier = serializers.CharField()
    upper = MoneyOut(allow_null=True)
    upper_included = serializers.BooleanField()


class WhatIfMoveOut(Out):
    before = serializers.CharField()
    after = serializers.CharField()
    count = serializers.IntegerField()
    amount = MoneyOut()


class WhatIfLoadOut(Out):
    month = serializers.CharField()
    tier = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class WhatIfTierOut(Out):
    """What one tier sees; `days` is the median from submission to decision, null while nothing was decided there."""

    tier = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    money_before = MoneyOut()
    money_after = MoneyOut()
    days = serializers.DecimalField(max_digits=8, decimal_places=1, allow_null=True)


class WhatIfRequestOut(Out):
    reference = serializers.CharField()
    month = serializers.CharField()
    amount = MoneyOut()
    before = serializers.CharField()
    after = serializers.CharField()
    days = serializers.IntegerField(allow_null=True)


class WhatIfOut(Out):
    """What an assumption comes to. Nothing real changed."""

    position = serializers.IntegerField()
    linking_months = serializers.IntegerField(source="assumed.months")
    lines = WhatIfLineOut(many=True, source="assumed.lines")
    requests = WhatIfRequestOut(many=True, source="placed")
    moved = serializers.IntegerField(source="figures.moved")
    rise = serializers.IntegerField(source="figures.rise")
    escape = serializers.IntegerField(source="figures.escape")
    moves = WhatIfMoveOut(many=True, source="figures.moves")
    loads = WhatIfLoadOut(many=True, source="figures.loads")
    tiers = WhatIfTierOut(many=True, source="figures.tiers")
    days_before = serializers.DecimalField(
        max_digits=8, decimal_places=1, allow_null=True, source="figures.days_before"
    )
    days_after = serializers.DecimalField(max_digits=8, decimal_places=1, allow_null=True, source="figures.days_after")

    def to_representation(self, instance: Run) -> dict[str, Any]:
        given = {"position": instance.position, "assumed": instance.assumed, "placed": instance.placed}
        shown: dict[str, Any] = super().to_representation({**given, "figures": whatif.figures(instance.placed)})
        return shown


class WhatIfNoteOut(Out):
    """A note: who wrote it when, the assumption and the figures of that day, and their SHA-256."""

    number = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    remark = serializers.CharField()
    author = serializers.CharField(source="author.ledger_ref")
    written_at = serializers.DateTimeField()
    digest = serializers.CharField()


class WhatIfNoteDetailOut(WhatIfNoteOut):
    content = serializers.CharField(help_text="Exactly the bytes that the digest is of.")
    run = serializers.SerializerMethodField()

    def get_run(self, note: WhatIfNote) -> WhatIfOut:
        return WhatIfOut(read_note(note)).data  # type: ignore[return-value] # the schema reads the annotation


class WhatIfNoteViewSet(RegisterViewSet):
    """Replays of the requests under another policy, kept as notes; `run` replays and keeps nothing."""

    rows = WhatIfNote.objects
    lookup_field = "pk"
    lookup_url_kwarg = "number"
    lookup_value_regex = NUMBER
    ordering_fields = ("written_at",)

    def get_serializer_class(self) -> Any:
        return WhatIfNoteDetailOut if self.action == "retrieve" else WhatIfNoteOut

    @collection_command(request=WhatIfNoteIn, response=WhatIfNoteDetailOut)
    def create(self, data: dict[str, Any]) -> WhatIfNote:
        return services.save_whatif_note(
            actor=self.actor, assumed=_assumed(data), title=data["title"], remark=data["remark"]
        )

    @collection_command(request=AssumedIn, response=WhatIfOut, status=200)
    def run(self, data: dict[str, Any]) -> Run:
        return services.run_whatif(actor=self.actor, assumed=_assumed(data))


def _assumed(data: dict[str, Any]) -> Assumption:
    lines = (
        TierLine(Tier.DEPARTMENT.value, data["department_upper"], data["department_included"]),
        TierLine(Tier.WORKING_GROUP.value, data["working_group_upper"], data["working_group_included"]),
        TierLine(Tier.LEGCO.value, None),
    )
    return Assumption(lines, data["linking_months"])
