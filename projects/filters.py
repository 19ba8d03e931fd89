"""The filters of the project and procedure lists, one set for page, export and API."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import CharField
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
import django_filters as filters
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from accounts.models import Department
from core import as_at, clock, search
from core.errors import InvalidInput
from core.filters import DayFilter
from core.widgets import PlainSelect
from projects.models import Category, Procedure, Project, Stage
from projects.wording import REASONS
from work.models import Tag
from work.querysets import followed, tagged
from work.selectors import any_tags

NOT_STATED = "not_stated"
ME = "me"
NOBODY = "nobody"
STATES = [("claimed", _("claimed")), ("verified", _("verified")), ("in_use", _("in use"))]
DEPARTMENTS_BELOW = [("yes", _("itself only"))]
STAGES = [*[choice for choice in Stage.choices if choice[0]], (NOT_STATED, Stage.NOT_STATED.label)]
CHANGES = [
    ("claimed", _("claimed from a day on")),
    ("verified", _("verified from a day on")),
    ("lapsed", _("lapsed from a day on")),
    ("lapsing", _("lapses by a day unless attested")),
    ("planned", _("planned by a day")),
    ("overdue", _("planned before a day, not in use")),
]
REGISTER = [("in", _("in the register")), ("left", _("left the register"))]
PROJECT_KEY = (
    "reference",
    "title_en",
    "title_zh_hant",
    "title_zh_hans",
    "summary_en",
    "summary_zh_hant",
    "summary_zh_hans",
)
PROCEDURE_KEY = ("reference", "name_en", "name_zh_hant", "name_zh_hans")


class DepartmentChoices(ModelChoiceIterator):
    """Code and name of each department in the reader's language, read as plain values."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield ("", self.field.empty_label)
        chinese = {"zh-hant": ("name_zh_hant",), "zh-hans": ("name_zh_hans", "name_zh_hant")}
        names = (*chinese.get(get_language() or "en", ()), "name_en")
        for safe_code, code, *texts in self.queryset.values_list("safe_code", "code", *names):
            yield safe_code, f"{code} · {next(filter(None, texts), '')}"


class DepartmentField(ModelChoiceField):
    iterator = DepartmentChoices


class DepartmentFilter(filters.ModelChoiceFilter):
    """A department and the departments below it."""

    field_class = DepartmentField

    def __init__(self) -> None:
        super().__init__(
            queryset=Department.objects.all(),
            to_field_name="safe_code",
            label=_("Department"),
            empty_label=_("Any department"),
            widget=PlainSelect,
        )

    def filter(self, rows: "QuerySet[Any]", value: Department | None) -> "QuerySet[Any]":
        if value is None:
            return rows
        below = Department.objects.filter(Q(parent=value) | Q(parent__parent=value))
        return rows.filter(Q(department=value) | Q(department__in=below.values("pk")))


def _choice(label: Any, empty: Any, choices: list[tuple[str, Any]], method: str | None = None) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(choices=choices, method=method, label=label, empty_label=empty, widget=PlainSelect)


class TagChoices(BaseChoiceIterator):
    """The tags this person may choose, read when the bar is drawn; none where nobody asks, as in the schema."""

    def __init__(self, request: Any) -> None:
        self.request = request

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield "", _("Any tag")
        if self.request is not None and any_tags():
            for tag in list(Tag.objects.visible_to(self.request.user)):
                yield tag.reference, tag


class TagFilter(filters.CharFilter):
    """Records that carry a tag, by its reference. A tag that this person does not see is refused like none."""

    @property
    def field(self) -> Any:
        request = self.parent.request if hasattr(self, "parent") else None
        return CharField(label=_("Tag"), required=False, widget=PlainSelect(choices=TagChoices(request)))

    def filter(self, rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        if not value:
            return rows
        tags = Tag.objects.filter(reference=value)
        request = self.parent.request
        tag = (tags.visible_to(request.user) if request is not None else tags).first()
        if tag is None:
            message = _("Choose one of the entries offered.")
            raise InvalidInput("param.format", message, fields={"tag": [message]})
        return tagged(rows, rows.model._meta.model_name or "", tag)


def _following_filter() -> filters.ChoiceFilter:
    return _choice(_("Following"), _("All of them"), [("1", _("Only what I follow"))], "followed_by_reader")


class OwnFilters(filters.FilterSet):
    """What people put on records themselves: tags, and whether the reader follows them (FEATURES A10)."""

    def followed_by_reader(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return followed(rows, rows.model._meta.model_name or "", self.request.user) if self.request else rows


class LeadFilter(filters.CharFilter):
    """A person's number, `me`, or `nobody` for projects without a lead."""

    def filter(self, rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        if value == ME:
            return rows.filter(lead=self.parent.request.user.person_id)
        if value == NOBODY:
            return rows.filter(lead__isnull=True)
        if not value:
            return rows
        return rows.filter(lead=int(value)) if value.isascii() and value.isdigit() and len(value) < 18 else rows.none()


class ProjectFilter(OwnFilters):
    """Department with those below it, stage, category, lead, flagship, register, count, and words in any language."""

    q = filters.CharFilter(method="in_words", label=_("Words"))
    department = DepartmentFilter()
    stage = _choice(_("Stage"), _("Any stage"), STAGES, "at_stage")
    category = _choice(_("Category"), _("Any category"), Category.choices)
    state = _choice(_("Count"), _("Any state"), STATES, "with_procedure")
    lead = LeadFilter(
        label=_("Lead"),
        widget=PlainSelect(choices=[("", _("Anybody")), (ME, _("Me")), (NOBODY, _("Nobody yet"))]),
    )
    flagship = _choice(_("Flagship"), _("Any"), [("yes", _("flagships only"))], "is_flagship")
    register = _choice(_("In the register?"), _("Any"), REGISTER, "in_register")
    registered_since = DayFilter(method="entered", label=_("Registered from this day on"))
    tag = TagFilter()
    following = _following_filter()

    class Meta:
        model = Project
        fields: list[str] = []

    def at_stage(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return rows.filter(stage=Stage.NOT_STATED if value == NOT_STATED else value)

    def with_procedure(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        """Projects that touch a procedure which counts so today."""
        touched = _in_state(Procedure.objects.filter(projects=OuterRef("pk")), value)
        return rows.filter(Exists(touched))

    def is_flagship(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return rows.filter(is_flagship=True)

    def in_register(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return rows.filter(left_on__isnull=value == "in")

    def entered(self, rows: "QuerySet[Project]", name: str, value: date) -> Any:
        return rows.registered_since(value)  # type: ignore[attr-defined]

    def in_words(self, rows: "QuerySet[Project]", name: str, value: str) -> "QuerySet[Project]":
        return search.matching(rows, value, PROJECT_KEY)


class ProcedureFilter(OwnFilters):
    """State of the count, department with those below it, project, kind of service, and words of name or reference."""

    q = filters.CharFilter(method="in_words", label=_("Words"))
    state = _choice(_("State"), _("Any state"), [*STATES, ("unverified", _("claimed, not verified"))], "in_state")
    reason = _choice(_("Not counted because"), _("Any reason"), REASONS, "because_of")
    department = DepartmentFilter()
    own = _choice(_("Departments below"), _("with those below"), DEPARTMENTS_BELOW, "as_chosen")
    change = _choice(pgettext_lazy("overview", "What changed"), _("Any"), CHANGES, "changed")
    day = DayFilter(method="of_the_change", label=_("Day of the change"))
    service_kind = _choice(_("Kind of service"), _("Any kind"), Category.choices)
    project = filters.CharFilter(field_name="projects__reference", label=_("Project"))
    tag = TagFilter()
    following = _following_filter()

    class Meta:
        model = Procedure
        fields: list[str] = []

    def in_state(self, rows: "QuerySet[Procedure]", name: str, value: str) -> Any:
        return _in_state(rows, value)

    def because_of(self, rows: "QuerySet[Procedure]", name: str, value: str) -> Any:
        """Those whose first fault today is this one."""
        return rows.not_in_use_because(value, as_at.day())  # type: ignore[attr-defined]

    def changed(self, rows: "QuerySet[Procedure]", name: str, value: str) -> Any:
        """Exactly the rows that the overview counts as changed or in danger; without a day it is the day being read."""
        return changed(rows, value, self.form.cleaned_data.get("day") or as_at.day())

    def of_the_change(self, rows: "QuerySet[Procedure]", name: str, value: date) -> "QuerySet[Procedure]":
        """Read together with the change; on its own it changes nothing."""
        return rows

    def as_chosen(self, rows: "QuerySet[Procedure]", name: str, value: str) -> "QuerySet[Procedure]":
        """Without the departments below the chosen one; on its own it changes nothing."""
        chosen = self.form.cleaned_data.get("department")
        return rows.filter(department=chosen) if chosen else rows

    def in_words(self, rows: "QuerySet[Procedure]", name: str, value: str) -> "QuerySet[Procedure]":
        return search.matching(rows, value, PROCEDURE_KEY)


def changed(rows: Any, change: str, day: date) -> Any:
    """Procedures told of from the start of a day on, lapsed since it, lapsing or planned by it, or overdue on it."""
    if change == "lapsed":
        return rows.lapsed_since(day, as_at.day())
    if change == "lapsing":
        return rows.lapsing_by(as_at.day(), day)
    if change == "planned":
        return rows.filter(planned_on__lte=day)
    if change == "overdue":
        return rows.overdue(day)
    return rows.told_since(change, clock.end_of_day(day - timedelta(days=1)))


def _in_state(rows: Any, value: str) -> Any:
    """Exactly the rows that the overview counts under the same word, where each contains the next; and `unverified`:
    those claimed without those verified.
    """
    if value == "in_use":
        return rows.in_use(as_at.day())
    if value == "unverified":
        return rows.claimed().unverified()
    return rows.verified() if value == "verified" else rows.claimed()
