"""What pages, files and the API read, a module for each question. Every row starts from `visible_to` (DESIGN 8)."""

from projects.selectors.registers import (
    PROCEDURE_ORDERINGS,
    PROJECT_ORDERINGS,
    Counted,
    approved_counting_rules,
    counted,
    live_claims,
    procedure_rows,
    project_rows,
    targets,
    told_facts,
)

__all__ = [
    "PROCEDURE_ORDERINGS",
    "PROJECT_ORDERINGS",
    "Counted",
    "approved_counting_rules",
    "counted",
    "live_claims",
    "procedure_rows",
    "project_rows",
    "targets",
    "told_facts",
]
