"""Projects, procedures, the append-only facts of the count, and imports (DESIGN 2, 3)."""

from projects.models.benefits import BenefitKind
from projects.models.counting import Claim, CountingRule, EvidenceKind, ProcedureFact, Target, TargetShare
from projects.models.dates import Precision
from projects.models.help import HelpRequest
from projects.models.imports import ColumnMapping, ImportBatch, ImportRow
from projects.models.life import HeadApproval, PilotDecision, ProjectExit
from projects.models.maps import ProcessMap, ProcessStep
from projects.models.records import (
    Concern,
    Dependency,
    IndependentRating,
    Milestone,
    Rating,
    Resource,
    ResourceUse,
    StatusReport,
)
from projects.models.register import (
    Category,
    Channel,
    Procedure,
    Project,
    ProjectProcedure,
    ReportedResult,
    Stage,
    Visibility,
)

__all__ = [
    "BenefitKind",
    "Category",
    "Channel",
    "Claim",
    "ColumnMapping",
    "Concern",
    "CountingRule",
    "Dependency",
    "EvidenceKind",
    "HeadApproval",
    "HelpRequest",
    "ImportBatch",
    "ImportRow",
    "IndependentRating",
    "Milestone",
    "PilotDecision",
    "Precision",
    "Procedure",
    "ProcedureFact",
    "ProcessMap",
    "ProcessStep",
    "Project",
    "ProjectExit",
    "ProjectProcedure",
    "Rating",
    "ReportedResult",
    "Resource",
    "ResourceUse",
    "Stage",
    "StatusReport",
    "Target",
    "TargetShare",
    "Visibility",
]
