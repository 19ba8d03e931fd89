"""What the API takes about money, and what it gives. Amounts are text both ways; shape and types only."""

from datetime import date
from typing import Any, ClassVar, cast

from rest_framework import serializers

from core.api.serializers import DayIn, In, LineIn, MoneyIn, MoneyOut, Out, ParagraphIn, ReferencesOut, TrilingualOut
from core.clock import HONG_KONG
from funding import wording
from funding.api.paper_questions import PaperQuestionOut
from funding.api.references import LinkedIn, ProcedureIn, ProgrammeIn, ProjectIn
from funding.api.request_shapes import BesidesIn, PromiseOut
from funding.forms.lines import MOST_LINES
from funding.models import Choice, CostCategory, FundingRequest, RequestStatus, Reuse, Round, RoundStatus, Tier
from funding.selectors.clock import Clock, held

WORKED_OUT = frozenset(
    {
        "reference",
        "department",
        "status",
        "outcome",
        "tier",
        "own_amount",
        "assessed_amount",
        "recurrent_amount",
        "policy",
        "version",
        "submitted_version",
        "first_submitted_at",
        "holder_since",
        "applicant",
        "lead",
    }
)
FIRST_YEAR, LAST_YEAR = 2020, 2098
LONGEST_JUSTIFICATION = 20_000
AMOUNT_HELP = "In place of lines, for a request with one line: its amount."


class CostLineIn(In):
    category = serializers.ChoiceField(choices=CostCategory.choices)
    description = LineIn(max_length=300, required=False, allow_blank=True, default="")
    financial_year = serializers.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="The year it starts: 2026 is 2026-27."
    )
    amount = MoneyIn()


class RequestIn(BesidesIn):
    """A draft as a whole."""

    read_only_names: ClassVar[frozenset[str]] = WORKED_OUT
    project = ProjectIn()
    title_en = LineIn(max_length=300)
    title_zh_hant = LineIn(max_length=300, required=False, allow_blank=True, default="")
    justification = ParagraphIn(max_length=LONGEST_JUSTIFICATION, required=False, allow_blank=True, default="")
    procedures = serializers.ListField(child=ProcedureIn(), max_length=200, required=False, default=list)
    linked = serializers.ListField(child=LinkedIn(), max_length=200, required=False, default=list)
    lines = serializers.ListField(child=CostLineIn(), min_length=1, max_length=MOST_LINES, required=False)
    amount = MoneyIn(required=False, help_text=AMOUNT_HELP)


class RequestPatchIn(BesidesIn):
    """What of a draft changes."""

    read_only_names: ClassVar[frozenset[str]] = WORKED_OUT | {"project"}
    title_en = LineIn(max_length=300)
    title_zh_hant = LineIn(max_length=300, allow_blank=True)
    justification = ParagraphIn(max_length=LONGEST_JUSTIFICATION, allow_blank=True)
    procedures = serializers.ListField(child=ProcedureIn(), max_length=200)
    linked = serializers.ListField(child=LinkedIn(), max_length=200)
    lines = serializers.ListField(child=CostLineIn(), min_length=1, max_length=MOST_LINES)
    amount = MoneyIn(help_text=AMOUNT_HELP)


class ReviseIn(RequestPatchIn):
    """A new version: what changes, and why."""

    title_en = LineIn(max_length=300, required=False)
    title_zh_hant = LineIn(max_length=300, required=False, allow_blank=True)
    justification = ParagraphIn(max_length=LONGEST_JUSTIFICATION, required=False, allow_blank=True)
    procedures = serializers.ListField(child=ProcedureIn(), max_length=200, required=False)
    linked = serializers.ListField(child=LinkedIn(), max_length=200, required=False)
    lines = serializers.ListField(child=CostLineIn(), min_length=1, max_length=MOST_LINES, required=False)
    amount = MoneyIn(required=False, help_text=AMOUNT_HELP)
    reason = ParagraphIn(max_length=500)


class RouteIn(In):
    """What would be asked, before anything is stored."""

    project = ProjectIn()
    amount = MoneyIn(help_text="Own non-recurrent lines, contingency included.")
    procedures = serializers.ListField(child=ProcedureIn(), max_length=200, required=False, default=list)
    linked = serializers.ListField(child=LinkedIn(), max_length=200, required=False, default=list)
    programme = ProgrammeIn(required=False, allow_null=True)
    supplements = LinkedIn(required=False, allow_null=True)
    request = LinkedIn(required=False, help_text="The stored request this is about, if there is one.")


class ReasonIn(In):
    reason = ParagraphIn(max_length=500)


class EndorseIn(In):
    statement = ParagraphIn(max_length=2_000)


class ScreenIn(In):
    note = ParagraphIn(max_length=2_000, required=False, allow_blank=True, default="")


class ReclassifyIn(In):
    number = serializers.IntegerField(min_value=1, max_value=MOST_LINES, help_text="Of the line, in their order.")
    category = serializers.ChoiceField(choices=CostCategory.choices)
    reason = ParagraphIn(max_length=500)


class DecideIn(In):
    approve = serializers.BooleanField()
    amount = MoneyIn(required=False, help_text="Less than asked needs the reason; left out: what is asked.")
    conditions = serializers.ListField(child=LineIn(max_length=500), max_length=50, required=False, default=list)
    reason = ParagraphIn(max_length=500, required=False, allow_blank=True, default="")


class PublishIn(In):
    reason = ParagraphIn(
        max_length=2_000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Needed for a motion that was lost and for less than was asked.",
    )
    conditions_due_on = DayIn(required=False, help_text="When the conditions are due; left out: in 90 days.")


class PublishDepartmentIn(In):
    conditions_due_on = DayIn(required=False, help_text="When the conditions are due; left out: in 90 days.")


class OpenRoundIn(In):
    mode = serializers.ChoiceField(choices=Round.Mode.choices, default=Round.Mode.MEETING)
    deadline_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, default_timezone=HONG_KONG, help_text="By circulation only."
    )
    conditions = serializers.ListField(child=LineIn(max_length=500), max_length=50, required=False, default=list)
    amount = MoneyIn(required=False, help_text="At most the amount asked, which it is when left out.")
    acting_chair_seat = serializers.IntegerField(required=False, min_value=1, max_value=999)


class VoteIn(In):
    """Who votes is who is signed in."""

    read_only_names: ClassVar[frozenset[str]] = frozenset({"member", "seat", "person", "revision", "cast_at"})
    choice = serializers.ChoiceField(choices=Choice.choices)
    reason = ParagraphIn(max_length=1_000, required=False, allow_blank=True, default="")
    motion_digest = LineIn(max_length=64)


class DeclareIn(In):
    note = ParagraphIn(max_length=500)


class AbsentIn(In):
    seat_number = serializers.IntegerField(min_value=1, max_value=999)


class RoundCloseIn(In):
    casting_vote = serializers.ChoiceField(
        choices=[Choice.FOR, Choice.AGAINST],
        required=False,
        allow_null=True,
        default=None,
        help_text="Of the chair, only where the votes are equal and the rule has a casting vote.",
    )


class CommitIn(In):
    envelope = serializers.SlugField(max_length=40)
    amount = MoneyIn()
    category = serializers.ChoiceField(
        choices=CostCategory.choices, required=False, default="", help_text="Left out: for all categories."
    )


class CostLineOut(Out):
    category = serializers.ChoiceField(choices=CostCategory.choices)
    description = serializers.CharField()
    financial_year = serializers.IntegerField()
    amount = MoneyOut()


class RequestOut(Out):
    """A request in a list. The outcome is there once published."""

    reference = serializers.CharField()
    project = serializers.CharField(source="project.reference")
    department = serializers.CharField(source="department.safe_code")
    title = TrilingualOut()
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    outcome = serializers.SerializerMethodField()
    tier = serializers.ChoiceField(choices=Tier.choices, allow_blank=True)
    own_amount = MoneyOut()
    assessed_amount = MoneyOut()
    recurrent_amount = MoneyOut()
    version = serializers.IntegerField()
    first_submitted_at = serializers.DateTimeField(allow_null=True)
    holder = serializers.SerializerMethodField(help_text="Who has to do the next thing; null once nobody has.")
    holder_since = serializers.DateTimeField()
    due_on = serializers.SerializerMethodField(help_text="By the service times; null where none runs.")
    late_by = serializers.SerializerMethodField(help_text="Working days.")

    def get_outcome(self, request: FundingRequest) -> str:
        return request.outcome if request.status == RequestStatus.PUBLISHED else ""

    def get_holder(self, request: FundingRequest) -> str | None:
        here = self._clock(request).holder
        return here.words if here else None

    def get_due_on(self, request: FundingRequest) -> date | None:
        return self._clock(request).due_on

    def get_late_by(self, request: FundingRequest) -> int:
        return self._clock(request).late_by

    def _clock(self, request: FundingRequest) -> Clock:
        """Worked out once for all rows of a page."""
        known: dict[int, Clock] = cast(dict[str, Any], self.context).setdefault("clocks", {})
        if request.pk not in known:
            page = getattr(self.parent, "instance", None) or [request]
            known |= {one.request.pk: one for one in held(page)}
        return known[request.pk]


class RequestDetailOut(RequestOut):
    """A request with everything a voter reads."""

    justification = serializers.CharField()
    lines = CostLineOut(many=True)
    procedures = ReferencesOut()
    linked = serializers.SerializerMethodField()
    programme = serializers.SerializerMethodField()
    supplements = serializers.SerializerMethodField()
    benefits = PromiseOut(many=True)
    reuse = serializers.ChoiceField(choices=Reuse.choices, allow_blank=True)
    reuse_reason = serializers.CharField()
    reuse_considered = serializers.ListField(child=serializers.CharField())

    def get_programme(self, request: FundingRequest) -> str | None:
        return request.programme.reference if request.programme else None

    def get_supplements(self, request: FundingRequest) -> str | None:
        return request.supplements.reference if request.supplements else None

    def get_linked(self, request: FundingRequest) -> list[str]:
        visible = FundingRequest.objects.visible_to(self.context["request"].user)
        return list(visible.filter(pk__in=request.linked.values("pk")).values_list("reference", flat=True))


class SeatOut(Out):
    number = serializers.IntegerField()
    duty = serializers.CharField()
    holder = serializers.CharField()
    state = serializers.ChoiceField(choices=["recused", "voted", "absent", "waiting", "silent", "vacant"])
    choice = serializers.CharField(help_text="For readers who may see ballots; empty for others.")
    reason = serializers.CharField()


class RoundStandingOut(Out):
    """Counts of seats, never how anybody voted."""

    seats = serializers.IntegerField()
    recused = serializers.IntegerField()
    may_vote = serializers.IntegerField()
    quorum = serializers.IntegerField()
    voted = serializers.IntegerField()


class RoundOut(Out):
    id = serializers.IntegerField()
    request = serializers.CharField(source="request.reference")
    body = serializers.CharField(source="body.code")
    number = serializers.IntegerField()
    mode = serializers.ChoiceField(choices=Round.Mode.choices)
    motion_kind = serializers.ChoiceField(choices=Round.MotionKind.choices)
    motion_amount = MoneyOut()
    conditions = serializers.ListField(child=serializers.CharField())
    motion_digest = serializers.CharField()
    status = serializers.ChoiceField(choices=RoundStatus.choices)
    opened_at = serializers.DateTimeField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    last_call_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


class RoundDetailOut(RoundOut):
    """The one screen of a round, as data: closed to this reader is what is closed on the page."""

    paper = serializers.DictField(source="screen.paper")
    paper_digest = serializers.CharField(source="request_version.digest")
    standing = RoundStandingOut(source="screen.standing")
    roll = SeatOut(source="screen.roll", many=True)
    questions = PaperQuestionOut(source="screen.questions", many=True)
    sentence = serializers.CharField(source="screen.sentence")
    last_call_ends = serializers.DateTimeField(source="screen.last_call_ends", allow_null=True)


class ReceiptOut(Out):
    """One's own last vote as the ledger seals it: the file that `verify_ledger_offline.py --receipt` reads."""

    entry = serializers.IntegerField()
    hash = serializers.CharField(help_text="SHA-256 of the entry.")
    recorded_at = serializers.CharField(help_text="As sealed: ISO 8601 in UTC.")
    round = serializers.CharField()
    request = serializers.CharField()
    seat = serializers.IntegerField()
    revision = serializers.IntegerField()
    choice = serializers.ChoiceField(choices=Choice.choices)
    motion = serializers.CharField(help_text="SHA-256 of the motion.")
    motion_version = serializers.IntegerField(help_text="Version of the request the motion is about.")
    stands = serializers.BooleanField()


class VoteOut(Out):
    """What was taken down of one's own vote; its receipt is `GET /api/v1/rounds/{id}/receipt/`."""

    choice = serializers.ChoiceField(choices=Choice.choices)
    revision = serializers.IntegerField()
    motion_digest = serializers.CharField()
    cast_at = serializers.DateTimeField()


class RecusalOut(Out):
    seat = serializers.IntegerField(source="roll_seat.number")
    ground = serializers.CharField()
    at = serializers.DateTimeField()


class DecisionOut(Out):
    id = serializers.IntegerField()
    request = serializers.CharField(source="request.reference")
    tier = serializers.ChoiceField(choices=Tier.choices)
    outcome = serializers.CharField()
    amount = MoneyOut()
    in_part = serializers.BooleanField(source="is_in_part", help_text="Less than was asked.")
    reason = serializers.CharField()
    conditions = serializers.ListField(child=serializers.CharField())
    delegation = serializers.IntegerField(
        source="delegation_id", allow_null=True, help_text="Under which a delegate decided in the head's name."
    )
    decided_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    sentence = serializers.SerializerMethodField()

    def get_sentence(self, decision: Any) -> str:
        return wording.result_sentence(decision.round.result) if decision.round else ""


class CommitmentOut(Out):
    id = serializers.IntegerField()
    decision = serializers.IntegerField(source="decision_id")
    envelope = serializers.CharField(source="envelope.code")
    amount = MoneyOut()
    committed_at = serializers.DateTimeField()


class EnvelopeOut(Out):
    code = serializers.CharField()
    name = TrilingualOut()
    financial_year = serializers.IntegerField()
    amount = MoneyOut()
    committed = MoneyOut()
    released = MoneyOut()
    spent = MoneyOut()
    left = MoneyOut()
