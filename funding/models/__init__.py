"""Policy as dated data, requests with their frozen versions, rounds with their votes, decisions, money."""

from funding.models.decisions import Commitment, Decision, Envelope
from funding.models.policy import Body, FundingPolicy, Seat, SeatTerm, Tier, TierLine, VotingRule
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
)
from funding.models.rounds import Choice, Recusal, RollSeat, Round, RoundStatus, Vote

__all__ = [
    "Body",
    "Choice",
    "Commitment",
    "CostCategory",
    "CostLine",
    "Decision",
    "Editor",
    "Envelope",
    "FundingPolicy",
    "FundingRequest",
    "Outcome",
    "Raised",
    "Recusal",
    "RequestStatus",
    "RequestStep",
    "RequestVersion",
    "RollSeat",
    "Round",
    "RoundStatus",
    "Seat",
    "SeatTerm",
    "Tier",
    "TierLine",
    "Vote",
    "VotingRule",
]
