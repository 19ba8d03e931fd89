"""What the public register says of a project, also in the columns of other inventories. Plain facts in and out.

The list of facts is the whole of it: what is not named here does not leave. People are never named, only offices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """A published decision on a request of the project."""

    reference: str
    title: str
    tier: str
    amount: Decimal
    outcome: str
    published_on: date


@dataclass(frozen=True, slots=True)
class PublicProject:
    """A registered project as anybody may know it."""

    reference: str
    department: str
    department_en: str
    department_zh_hant: str
    title_en: str
    title_zh_hant: str
    title_zh_hans: str
    stage: str
    category: str
    registered_on: date | None
    left_on: date | None
    procedures_in_use: int
    decisions: tuple[PublicDecision, ...] = ()


Cell = str | int
Reading = Callable[[PublicProject], Cell]

REGISTER: Final[Mapping[str, Reading]] = {
    "reference": lambda one: one.reference,
    "department": lambda one: one.department,
    "department_en": lambda one: one.department_en,
    "department_zh_hant": lambda one: one.department_zh_hant,
    "title_en": lambda one: one.title_en,
    "title_zh_hant": lambda one: one.title_zh_hant,
    "title_zh_hans": lambda one: one.title_zh_hans,
    "stage": lambda one: one.stage,
    "category": lambda one: one.category,
    "registered_on": lambda one: _day(one.registered_on),
    "left_on": lambda one: _day(one.left_on),
    "procedures_in_use": lambda one: one.procedures_in_use,
}
DECISIONS: Final = ("reference", "project", "title", "tier", "amount", "outcome", "published_on")

# The inventory of the US Office of Management and Budget, 2025 (memorandum M-25-21), in its order. What we do not
# publish stays empty: an empty cell there says "not stated", which is true.
OMB_COLUMNS: Final = (
    *("agency", "agency_name", "id", "use_case_name", "agency_bureau", "contact_email", "is_withheld"),
    *("development_stage", "is_high_impact", "HI_justification", "topic_area", "classification", "problem_solved"),
    *("benefits", "system_outputs", "operational_date", "contracting_usage", "vendor_name", "have_ato"),
    *("system_name_ato", "data_description", "link_to_data", "has_pii", "pia_url", "demographic_features"),
    *("has_custom_code", "code_url", "hi_testing_conducted", "hi_assessment_completed", "hi_potential_impacts"),
    *("hi_independent_review", "hi_ongoing_monitoring", "hi_training_established", "hi_failsafe_presence"),
    *("hi_appeal_process", "hi_public_consultation"),
)
OMB_STAGES: Final = {
    "idea": "Pre-deployment",
    "assessed": "Pre-deployment",
    "approved": "Pre-deployment",
    "pilot": "Pilot",
    "roll_out": "Deployed",
    "live": "Deployed",
    "retired": "Retired",
}
OMB: Final[Mapping[str, Reading]] = {
    "agency": lambda one: one.department,
    "agency_name": lambda one: one.department_en,
    "id": lambda one: one.reference,
    "use_case_name": lambda one: one.title_en,
    "is_withheld": lambda one: "No",
    "development_stage": lambda one: OMB_STAGES.get(one.stage, ""),
    "topic_area": lambda one: one.category.replace("_", " ").capitalize(),
}

# The UK Algorithmic Transparency Recording Standard, version 3: the parts of tier 1 and 2 that a public register holds.
ATRS_COLUMNS: Final = (
    *("name", "organisation", "reference", "phase", "function", "description", "website_url", "contact_email"),
    *("owner_organisation", "senior_responsible_owner", "model_purpose", "human_decisions", "impact_assessment"),
)
ATRS_PHASES: Final = {
    "idea": "Pre-deployment",
    "assessed": "Pre-deployment",
    "approved": "Pre-deployment",
    "pilot": "Beta/Pilot",
    "roll_out": "Production",
    "live": "Production",
    "retired": "Retired",
}
ATRS: Final[Mapping[str, Reading]] = {
    "name": lambda one: one.title_en,
    "organisation": lambda one: one.department_en,
    "reference": lambda one: one.reference,
    "phase": lambda one: ATRS_PHASES.get(one.stage, ""),
    "function": lambda one: one.category.replace("_", " ").capitalize(),
    "owner_organisation": lambda one: one.department_en,
    "senior_responsible_owner": lambda one: f"Head of {one.department_en}",
}


def register_row(project: PublicProject) -> dict[str, Cell]:
    return {name: read(project) for name, read in REGISTER.items()}


def omb_row(project: PublicProject) -> dict[str, Cell]:
    return _row(OMB_COLUMNS, OMB, project)


def atrs_row(project: PublicProject) -> dict[str, Cell]:
    return _row(ATRS_COLUMNS, ATRS, project)


def decision_rows(project: PublicProject) -> list[dict[str, Cell]]:
    return [
        {
            "reference": one.reference,
            "project": project.reference,
            "title": one.title,
            "tier": one.tier,
            "amount": f"{one.amount:.2f}",
            "outcome": one.outcome,
            "published_on": one.published_on.isoformat(),
        }
        for one in project.decisions
    ]


def _row(columns: tuple[str, ...], readings: Mapping[str, Reading], project: PublicProject) -> dict[str, Cell]:
    return {name: readings[name](project) if name in readings else "" for name in columns}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
