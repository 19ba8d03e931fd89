"""What a person types about a project's records."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Posting, User
from core import clock
from core.forms import DayField, LineField, ParagraphField, ReferenceField, TrackerForm
from projects.models import Concern, Project, Rating, Resource
from projects.rules.risks import LEVELS


def _registered_projects(user: User) -> "QuerySet[Project]":
    return Project.objects.visible_to(user).filter(status=Project.Status.REGISTERED)


def _no_people(user: User) -> "QuerySet[Person]":
    return Person.objects.none()


def owners(project: Project, present: int | None = None) -> "QuerySet[Person]":
    """Who may own a risk: the department's people today, the lead, and whoever owns it at present."""
    posted = Posting.objects.on(clock.today()).filter(department=project.department_id)
    named = {project.lead_id, present} - {None}
    return Person.objects.filter(Q(pk__in=posted.values("person")) | Q(pk__in=named))


class RecordForm(TrackerForm):
    """A form about one record, filled with what is stored; `FACTS` are the columns it shows."""

    FACTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        stored = {name: _stored(thing, name) for name in self.FACTS} if thing is not None else {}
        super().__init__(*args, **({"initial": stored} | kwargs))
        self.thing = thing

    def said(self) -> dict[str, Any]:
        """The cleaned facts, by the names the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class VersionedForm(RecordForm):
    """The version it was opened at travels with the form, so that nobody's change is lost unseen."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        self.initial["expected_version"] = getattr(thing, "version", 1)


class MilestoneForm(TrackerForm):
    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)
    due_on = DayField(label=_("Agreed date"), help_text=_("It stays on record as the date first agreed."))
    forecast_on = DayField(label=_("Expected on"), required=False, help_text=_("Only if you expect another day."))


class DependencyForm(MilestoneForm):
    on_project = ReferenceField(
        label=_("Reference of the project waited for"),
        rows=_registered_projects,
        to_field_name="reference",
        required=False,
        help_text=_("Leave it empty for something outside the register."),
        widget=forms.TextInput(attrs={"placeholder": "IMMD-2026-003"}),
    )
    field_order = ("name_en", "name_zh_hant", "on_project")


class ChangePlannedForm(VersionedForm):
    FACTS = ("name_en", "name_zh_hant", "forecast_on")

    forecast_on = DayField(label=_("Expected on"))
    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)


class AgreeDateForm(VersionedForm):
    FACTS = ("current_on",)

    current_on = DayField(label=_("New agreed date"))
    reason = LineField(label=_("Reason"), max_length=300)


class DoneForm(VersionedForm):
    FACTS = ("done_on",)

    done_on = DayField(label=_("Done on"), required=False)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if thing is not None and thing.done_on:
            self.fields["done_on"].help_text = _("Leave it empty if it is not done after all.")


class WithdrawForm(VersionedForm):
    reason = LineField(label=_("Reason"), max_length=300)


class ReportForm(RecordForm):
    """A month's own report; the month is in the address."""

    rating = forms.ChoiceField(label=_("Rating"), choices=Rating.choices, widget=forms.RadioSelect)
    summary = ParagraphField(label=_("Where the project stands"), max_length=5_000)
    done = ParagraphField(label=_("Done this month"), max_length=5_000, required=False)
    planned = ParagraphField(label=_("Planned next"), max_length=5_000, required=False)


class CorrectReportForm(ReportForm):
    expected_revision = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    correction = LineField(label=_("Why it is corrected"), max_length=300)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        report = thing.report if thing is not None else None
        for name in ("rating", "summary", "done", "planned") if report else ():
            self.initial[name] = getattr(report, name)
        self.initial["expected_revision"] = report.revision if report else 1


class RateForm(RecordForm):
    rating = forms.ChoiceField(label=_("Rating"), choices=Rating.choices, widget=forms.RadioSelect)
    reason = ParagraphField(label=_("What the rating rests on"), max_length=5_000)


class CorrectRatingForm(RateForm):
    expected_revision = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    correction = LineField(label=_("Why it is corrected"), max_length=300)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        rating = thing.rating if thing is not None else None
        for name in ("rating", "reason") if rating else ():
            self.initial[name] = getattr(rating, name)
        self.initial["expected_revision"] = rating.revision if rating else 1


LEVEL_CHOICES = [("", "—"), *[(str(level), str(level)) for level in LEVELS]]


class ConcernFields(RecordForm):
    """What is said of a risk or an issue; `thing` is the concern, or the project of a new one."""

    title = LineField(label=_("Title"), max_length=200)
    cause = ParagraphField(label=_("Cause"), max_length=5_000, required=False)
    likelihood = forms.TypedChoiceField(
        label=_("Likelihood"),
        choices=LEVEL_CHOICES,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("1 is hardly ever, 5 is almost certain. Of a risk only: an issue has happened already."),
    )
    impact = forms.TypedChoiceField(
        label=_("Impact"), choices=LEVEL_CHOICES, coerce=int, help_text=_("1 is slight, 5 stops the project.")
    )
    response = ParagraphField(label=_("What is done about it"), max_length=5_000, required=False)
    owner = ReferenceField(label=_("Owner"), rows=_no_people)
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if thing is not None:
            project = thing.project if isinstance(thing, Concern) else thing
            now = thing.owner_id if isinstance(thing, Concern) else None
            self.fields["owner"].queryset = owners(project, now)  # type: ignore[attr-defined] # a row field


class ConcernForm(ConcernFields):
    kind = forms.ChoiceField(label=_("Kind"), choices=Concern.Kind.choices, widget=forms.RadioSelect)
    field_order = ("kind",)


class ChangeConcernForm(ConcernFields, VersionedForm):
    FACTS = ("title", "cause", "likelihood", "impact", "response", "owner", "due_on")


class CloseForm(VersionedForm):
    note = LineField(label=_("How it ended"), max_length=300)


class ReopenForm(VersionedForm):
    reason = LineField(label=_("Reason"), max_length=300)


class ResourceForm(TrackerForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Resource.Kind.choices)
    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)
    details = ParagraphField(
        label=_("Details"),
        max_length=5_000,
        required=False,
        help_text=_("Version, owner, licence, what the data holds."),
    )


class ChangeResourceForm(VersionedForm):
    FACTS = ("name_en", "name_zh_hant", "details")

    name_en = LineField(label=_("Name in English"), max_length=200)
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)
    details = ParagraphField(label=_("Details"), max_length=5_000, required=False)


class UseForm(TrackerForm):
    """What a project uses, by kind and name: a name that is registered already is that entry."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Resource.Kind.choices)
    name_en = LineField(
        label=_("Name in English"),
        max_length=200,
        help_text=_("A name that is registered already is taken as that entry; a new one is registered."),
    )
    name_zh_hant = LineField(label=_("Name in Chinese"), max_length=200, required=False)
    purpose = LineField(label=_("Purpose"), max_length=200, required=False)
    starts_on = DayField(label=_("Used from"))


class EndUseForm(TrackerForm):
    ends_on = DayField(label=_("First day it is no longer used"))


def _stored(thing: Any, name: str) -> Any:
    value = getattr(thing, name, None)
    return value.pk if isinstance(value, Person) else value
