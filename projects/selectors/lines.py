"""What a line of the project list says, in the reader's language: words are looked up once for a page, not per row."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import as_at
from projects.models import Category, Project, Stage
from projects.records.wording import Badge, rating_badges
from work.models import Tag
from work.selectors import any_tags, know_tags, tags_of

COLUMNS = (
    "pk",
    "any_tag",
    "reference",
    "title_en",
    "title_zh_hant",
    "title_zh_hans",
    "department__code",
    "department__name_en",
    "department__name_zh_hant",
    "department__name_zh_hans",
    "stage",
    "category",
    "status",
    "left_on",
    "is_flagship",
    "priority_order",
    "in_use_count",
    "procedure_count",
    "own_rating",
    "independent_rating",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One project of the list."""

    pk: int
    address: str
    reference: str
    title: str
    lacks_chinese: bool
    department: str
    department_name: str
    stage: str
    category: str
    is_draft: bool
    has_left: bool
    is_flagship: bool
    priority: str
    in_use: str
    own_rating: Badge | None
    independent_rating: Badge | None
    choose: str
    tags: list[Tag]


def of_projects(page: Any) -> list[Line]:
    """A line for each project of one page of `selectors.project_rows` with `any_tag`, read as plain values."""
    rows = list(page.values(*COLUMNS))
    if rows:
        know_tags(rows[0]["any_tag"])
    tags = tags_of("project", [row["pk"] for row in rows]) if any_tags() else {}
    order = {"zh-hant": ("_zh_hant", "_en"), "zh-hans": ("_zh_hans", "_zh_hant", "_en")}
    language = order.get(get_language() or "en", ("_en", "_zh_hant"))
    stages = {value: str(label) for value, label in Stage.choices}
    categories = {value: str(label) for value, label in Category.choices}
    ratings = rating_badges()
    first, moment = reverse("projects:project-list"), as_at.current()
    then = moment.query if moment else ""
    counted, choose = _("%(in_use)s of %(all)s"), _("Choose %(reference)s")
    return [
        Line(
            pk=row["pk"],
            address=f"{first}{row['reference']}/{then}",
            reference=row["reference"],
            title=_said(row, "title", language),
            lacks_chinese=not row["title_zh_hant"],
            department=row["department__code"],
            department_name=_said(row, "department__name", language),
            stage=stages[row["stage"]],
            category=categories.get(row["category"], ""),
            is_draft=row["status"] == Project.Status.DRAFT,
            has_left=row["left_on"] is not None,
            is_flagship=row["is_flagship"],
            priority="—" if row["priority_order"] is None else str(-row["priority_order"]),
            in_use=counted % {"in_use": row["in_use_count"], "all": row["procedure_count"]},
            own_rating=ratings.get(row["own_rating"]),
            independent_rating=ratings.get(row["independent_rating"]),
            choose=choose % {"reference": row["reference"]},
            tags=tags.get(row["pk"], []),
        )
        for row in rows
    ]


def _said(row: dict[str, Any], field: str, suffixes: tuple[str, ...]) -> str:
    """The text in the reader's language, or the nearest one there is (as `Trilingual.in_language`)."""
    return next((row[field + suffix] for suffix in suffixes if row[field + suffix]), "")
