"""Projects, procedures, the append-only facts of the count, and imports (DESIGN 2, 3)."""

from projects.models.counting import Claim, CountingRule, EvidenceKind, ProcedureFact, Target
from projects.models.dates import Precision
from projects.models.imports import ImportBatch, ImportRow
from projects.models.register import Category, Procedure, Project, ProjectProcedure, ReportedResult, Stage

__all__ = [
    "Category",
    "Claim",
    "CountingRule",
    "EvidenceKind",
    "ImportBatch",
    "ImportRow",
    "Precision",
    "Procedure",
    "ProcedureFact",
    "Project",
    "ProjectProcedure",
    "ReportedResult",
    "Stage",
    "Target",
]
