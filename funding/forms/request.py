"""The guided form of a funding request, with its cost lines as one whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from core import clock
from core.forms import FormError, LineField, ParagraphField, ReferenceField, ReferencesField, TrackerForm
from funding.forms import lines
from funding.models import FundingRequest
from projects.models import Procedure, Project

LONGEST_JUSTIFICATION = 20_000
LONGEST_REASON = 500


def _own_departments(user: User) -> "QuerySet[Any]":
    return Posting.objects.on(clock.today()).filter(person=user.person_id).values("department")


def projects_to_ask_for(user: User) -> "QuerySet[Project]":
    """Registered projects of the departments the person belongs to today."""
    rows = Project.objects.visible_to(user).filter(department__in=_own_departments(user), status="registered")
    return rows.select_related("department")


def requests_to_link(user: User) -> "QuerySet[FundingRequest]":
    return FundingRequest.objects.visible_to(user).filter(department__in=_own_departments(user))


class RequestForm(TrackerForm):
    """Project, title, justification, procedures, links and cost lines. Amounts may be typed with commas."""

    project = ReferenceField(
        rows=projects_to_ask_for,
        label=_("Project"),
        to_field_name="reference",
        help_text=_("Money is asked for one registered project of your department."),
    )
    title_en = LineField(
        label=_("Title in English"), max_length=300, help_text=_("What the money is for, in a few words.")
    )
    title_zh_hant = LineField(label=_("Title in Chinese"), max_length=300, required=False)
    justification = ParagraphField(
        label=_("Justification"),
        max_length=LONGEST_JUSTIFICATION,
        required=False,
        help_text=_("What changes for the public and for staff, and how it will be measured. The body reads this."),
    )
    procedures = ReferencesField(
        rows=Procedure.objects.visible_to,
        label=_("Procedures served"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The procedures of this project that the money serves."),
    )
    linked = ReferencesField(
        rows=requests_to_link,
        label=_("Related requests"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Requests of the same programme. Related amounts are summed to find who decides."),
    )

    def __init__(self, data: Any = None, *, user: User, stored: FundingRequest | None = None, **kwargs: Any) -> None:
        initial = {**(_initial_of(stored) if stored else {}), **kwargs.pop("initial", {})}
        super().__init__(data, user=user, initial=initial, **kwargs)
        self.stored = stored
        if stored is not None:
            self.fields["project"].disabled = True
            self._rows("project", Project.objects.filter(pk=stored.project_id))
            self._rows("linked", requests_to_link(user).exclude(pk=stored.pk))
        self._rows("procedures", Procedure.objects.visible_to(user).filter(projects__reference=self._chosen()))
        first = None if data is not None else lines.initial_of(stored)
        self.lines: Any = lines.CostLines(data, prefix=lines.PREFIX, initial=first)

    def reads(self, name: str) -> bool:
        return name.startswith(f"{lines.PREFIX}-") or name in ("do", "expected_version")

    def is_valid(self) -> bool:
        own = super().is_valid()
        return self.lines.is_valid() and own

    def has_faults(self) -> bool:
        return bool(self.is_bound and (self.errors or self.lines.total_error_count()))

    def error_summary(self) -> list[FormError]:
        """The faults of the form and of every cost line, in the order they stand on the page."""
        return [*super().error_summary(), *self._line_faults()]

    def _line_faults(self) -> Iterator[FormError]:
        if not self.is_bound:
            return
        for number, line in enumerate(self.lines.forms, start=1):
            for name, errors in line.errors.as_data().items():
                label = gettext("Line %(number)s, %(field)s") % {"number": number, "field": line[name].label}
                for error in errors:
                    for message in error.messages:
                        yield FormError(line[name].id_for_label, label, message, error.code or "")
        for error in self.lines.non_form_errors().as_data():
            for message in error.messages:
                yield FormError("", "", message, error.code or "")

    def typed_total(self) -> Decimal:
        return lines.typed_total(self.lines)

    def facts(self) -> dict[str, Any]:
        """The cleaned form as the services take it."""
        clean = self.cleaned_data
        return {
            "title_en": clean["title_en"],
            "title_zh_hant": clean["title_zh_hant"],
            "justification": clean["justification"],
            "lines": self.lines.filled(),
            "procedure_ids": [procedure.pk for procedure in clean["procedures"]],
            "linked_ids": [linked.pk for linked in clean["linked"]],
        }

    def so_far(self) -> dict[str, Any]:
        """What can be read of a form that is still being typed, for the route explained beside it."""
        clean: dict[str, Any] = {}
        own_amount = self.stored.own_amount if self.stored else Decimal("0.00")
        if self.is_bound:
            self.is_valid()
            clean, own_amount = self.cleaned_data, self.typed_total()
        elif self.stored:
            stored = self.stored
            clean = {
                "project": stored.project,
                "procedures": stored.procedures.all(),
                "linked": stored.linked.all(),
            }
        return {
            "project": clean.get("project"),
            "own_amount": own_amount,
            "procedure_ids": [procedure.pk for procedure in clean.get("procedures") or ()],
            "linked_ids": [linked.pk for linked in clean.get("linked") or ()],
        }

    def amount_faults(self) -> list[str]:
        """What is wrong with amounts typed so far, a line each; amounts still empty are passed over."""
        if not self.is_bound:
            return []
        return [
            f"{line['amount'].value()}: {message}"
            for line in self.lines.forms
            if str(line["amount"].value() or "").strip()
            for message in line.errors.get("amount", [])
        ]

    def forget_faults(self, *, lines_too: bool) -> None:
        """Show what was typed without faults: the person is not done yet (a line was added, a route looked up)."""
        self._errors = ErrorDict()
        if lines_too:
            self.lines.forget_faults()

    def _rows(self, name: str, rows: "QuerySet[Any]") -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined] # both kinds of reference field have it

    def _chosen(self) -> str:
        """Reference of the project the form is about: stored, typed or asked for by a link."""
        stored = self.fields["project"].disabled or not self.is_bound
        text = str((self.initial if stored else self.data).get("project") or "")
        return "" if "\x00" in text else text[:32]


class ReviseForm(RequestForm):
    """A new version of a submitted request: the same form and the reason for the change."""

    reason = ParagraphField(
        label=_("Why it is revised"),
        max_length=LONGEST_REASON,
        help_text=_("An open vote ends, and endorsement and screening are done again."),
    )


def _initial_of(stored: FundingRequest) -> dict[str, Any]:
    return {
        "project": stored.project.reference,
        "title_en": stored.title_en,
        "title_zh_hant": stored.title_zh_hant,
        "justification": stored.justification,
        "procedures": [procedure.pk for procedure in stored.procedures.all()],
        "linked": [linked.pk for linked in stored.linked.all()],
    }
