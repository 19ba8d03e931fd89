"""Policy as dated data, requests with their frozen versions, rounds with their votes, decisions, money."""

from funding.models.benefits import PromisedBenefit
from funding.models.decisions import Commitment, Decision, Envelope
from funding.models.delegations import Delegation
from funding.models.finance_committee import EntryVerdict, FinanceCommitteeEntry, FinanceCommitteeItem, ItemStatus
from funding.models.lookalikes import LinkFinding, LookalikeQuestion, LookalikeRule
from funding.models.meetings import AgendaItem, Attendance, Meeting, MeetingStatus
from funding.models.money import (
    BudgetLine,
    CarryOver,
    EnvelopeVote,
    Expenditure,
    Release,
    Supplement,
    TwoPerson,
    VarianceNote,
)
from funding.models.outcomes import (
    Appeal,
    Condition,
    ConditionStatus,
    ConditionStep,
    Deferral,
    EvidenceFile,
    QuestionAnswer,
    ReturnQuestion,
)
from funding.models.paper_questions import PaperAnswer, PaperQuestion
from funding.models.policy import Body, FundingPolicy, Seat, SeatTerm, Tier, TierLine, VotingRule
from funding.models.programmes import Programme
from funding.models.reclassifications import Reclassification
from funding.models.reminders import Reminder
from funding.models.requests import (
    CostCategory,
    CostLine,
    Editor,
    FundingRequest,
    Outcome,
    Raised,
    RequestStatus,
    RequestStep,
    RequestVersion,
    Reuse,
)
from funding.models.required_papers import PAPERS, RequiredPapers
from funding.models.returns import MoneyPolicy, SpendingImport, YearlyReturn
from funding.models.reviews import Review, ReviewAnswer, ReviewKind, ReviewRule
from funding.models.rounds import Choice, Recusal, RollSeat, Round, RoundStatus, Vote
from funding.models.service_times import ServiceTimes
from funding.models.unsent import UnsentForm
from funding.models.whatif import WhatIfNote

__all__ = [
    "PAPERS",
    "AgendaItem",
    "Appeal",
    "Attendance",
    "Body",
    "BudgetLine",
    "CarryOver",
    "Choice",
    "Commitment",
    "Condition",
    "ConditionStatus",
    "ConditionStep",
    "CostCategory",
    "CostLine",
    "Decision",
    "Deferral",
    "Delegation",
    "Editor",
    "EntryVerdict",
    "Envelope",
    "EnvelopeVote",
    "EvidenceFile",
    "Expenditure",
    "FinanceCommitteeEntry",
    "FinanceCommitteeItem",
    "FundingPolicy",
    "FundingRequest",
    "ItemStatus",
    "LinkFinding",
    "LookalikeQuestion",
    "LookalikeRule",
    "Meeting",
    "MeetingStatus",
    "MoneyPolicy",
    "Outcome",
    "PaperAnswer",
    "PaperQuestion",
    "Programme",
    "PromisedBenefit",
    "QuestionAnswer",
    "Raised",
    "Reclassification",
    "Recusal",
    "Release",
    "Reminder",
    "RequestStatus",
    "RequestStep",
    "RequestVersion",
    "RequiredPapers",
    "ReturnQuestion",
    "Reuse",
    "Review",
    "ReviewAnswer",
    "ReviewKind",
    "ReviewRule",
    "RollSeat",
    "Round",
    "RoundStatus",
    "Seat",
    "SeatTerm",
    "ServiceTimes",
    "SpendingImport",
    "Supplement",
    "Tier",
    "TierLine",
    "TwoPerson",
    "UnsentForm",
    "VarianceNote",
    "Vote",
    "VotingRule",
    "WhatIfNote",
    "YearlyReturn",
]
