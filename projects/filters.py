"""The filters of the project and procedure lists, one set for page, export and API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
import django_filters as filters

from accounts.models import Department
from core import as_at
from core.errors import InvalidInput
from core.text import clean_line
from projects.models import Category, Procedure, Project, Stage
from work.models import Tag
from work.querysets import followed, tagged

LONGEST_SEARCH = 200
NOT_STATED = "not_stated"
STATES = [("claimed", _("claimed")), ("verified", _("verified")), ("in_use", _("in use"))]


def _department_filter() -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        queryset=Department.objects.all(),
        to_field_name="safe_code",
        label=_("Department"),
        empty_label=_("Any department"),
    )


def _seen_tags(request: Any) -> "QuerySet[Tag]":
    """The tags this person may choose; all of them where nobody asks, as in the schema."""
    return Tag.objects.visible_to(request.user) if request is not None else Tag.objects.all()


def _tag_filter() -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        queryset=_seen_tags, to_field_name="reference", method="with_tag", label=_("Tag"), empty_label=_("Any tag")
    )


def _following_filter() -> filters.ChoiceFilter:
    return filters.ChoiceFilter(
        choices=[("1", _("Only what I follow"))],
        method="followed_by_reader",
        label=_("Following"),
        empty_label=_("All of them"),
    )


class OwnFilters(filters.FilterSet):
    """What people put on records themselves: tags, and whether the reader follows them (FEATURES A10)."""

    def with_tag(self, rows: "QuerySet[Any]", name: str, value: Tag) -> "QuerySet[Any]":
        return tagged(rows, rows.model._meta.model_name or "", value)

    def followed_by_reader(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return followed(rows, rows.model._meta.model_name or "", self.request.user) if self.request else rows


def _containing(rows: "QuerySet[Any]", value: str, columns: tuple[str, ...]) -> "QuerySet[Any]":
    """Rows where a column holds the text as typed, in any of the languages; `%` and `_` are plain characters."""
    words = clean_line(value)
    if len(words) > LONGEST_SEARCH:
        raise InvalidInput("param.max", _("The search text is too long."))
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__icontains": words})
    return rows.filter(wanted)


class ProjectFilter(OwnFilters):
    """Department, stage, category, and plain words of the title, summary or reference."""

    department = _department_filter()
    stage = filters.ChoiceFilter(
        choices=[*[choice for choice in Stage.choices if choice[0]], (NOT_STATED, Stage.NOT_STATED.label)],
        method="at_stage",
        label=_("Stage"),
        empty_label=_("Any stage"),
    )
    category = filters.ChoiceFilter(choices=Category.choices, label=_("Category"), empty_label=_("Any category"))
    tag = _tag_filter()
    following = _following_filter()
    q = filters.CharFilter(method="in_words", label=_("Words"))

    class Meta:
        model = Project
        fields: list[str] = []

    def at_stage(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return rows.filter(stage=Stage.NOT_STATED if value == NOT_STATED else value)

    def in_words(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return _containing(
            rows, value, ("reference", "title_en", "title_zh_hant", "title_zh_hans", "summary_en", "summary_zh_hant")
        )


class ProcedureFilter(OwnFilters):
    """State of the count, department, project, and plain words of the name or reference."""

    state = filters.ChoiceFilter(choices=STATES, method="in_state", label=_("State"), empty_label=_("Any state"))
    department = _department_filter()
    project = filters.CharFilter(field_name="projects__reference", label=_("Project"))
    tag = _tag_filter()
    following = _following_filter()
    q = filters.CharFilter(method="in_words", label=_("Words"))

    class Meta:
        model = Procedure
        fields: list[str] = []

    def in_state(self, rows: "QuerySet[Procedure]", name: str, value: str) -> Any:
        """Exactly the rows that the overview counts under the same word; each contains the next."""
        if value == "in_use":
            return rows.in_use(as_at.day())  # type: ignore[attr-defined]
        return rows.verified() if value == "verified" else rows.claimed()  # type: ignore[attr-defined]

    def in_words(self, rows: "QuerySet[Procedure]", name: str, value: str) -> "QuerySet[Procedure]":
        return _containing(rows, value, ("reference", "name_en", "name_zh_hant", "name_zh_hans"))
