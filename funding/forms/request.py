"""The guided form of a funding request, with its cost lines as one whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import departments_of
from core.forms import FormError, LineField, ParagraphField, ReferenceField, ReferencesField, TrackerForm
from funding.forms import benefits, lines
from funding.models import FundingRequest, Programme, Reuse
from funding.services import contents
from projects.models import Procedure, Project

LONGEST_JUSTIFICATION = 20_000
LONGEST_REASON = 500
LONGEST_REUSE = 5_000


def projects_to_ask_for(user: User) -> "QuerySet[Project]":
    """Registered projects of the departments the person belongs to today."""
    rows = Project.objects.visible_to(user).filter(department__in=departments_of(user.person_id), status="registered")
    return rows.select_related("department")


def requests_to_link(user: User) -> "QuerySet[FundingRequest]":
    return FundingRequest.objects.visible_to(user).filter(department__in=departments_of(user.person_id))


def requests_to_supplement(user: User) -> "QuerySet[FundingRequest]":
    """Approved requests of one's own departments."""
    rows: QuerySet[FundingRequest] = contents.to_supplement(user).filter(department__in=departments_of(user.person_id))
    return rows


class _Offered(forms.MultipleChoiceField):
    """References that the page offered; whether they exist for this person is the service's to say."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 40 and "\x00" not in value


class RequestForm(TrackerForm):
    """Everything a request says, with its cost lines and promises. Amounts may be typed with commas."""

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

    programme = ReferenceField(
        rows=Programme.objects.visible_to,
        label=_("Programme"),
        to_field_name="reference",
        required=False,
        empty_label=_("none, or a new one named below"),
        help_text=_("Requests of one programme are counted together, whichever department asks."),
    )
    new_programme = LineField(
        label=_("Name of a new programme"),
        max_length=200,
        required=False,
        help_text=_("Every department sees this name, so that it can declare the same programme."),
    )
    new_programme_zh_hant = LineField(label=_("Its name in Chinese"), max_length=200, required=False)
    supplements = ReferenceField(
        rows=requests_to_supplement,
        label=_("Supplement to"),
        to_field_name="reference",
        required=False,
        empty_label=_("not a supplement"),
        help_text=_("The approved request that this one asks more money for. Both are counted together."),
    )
    reuse = forms.ChoiceField(
        label=_("Could something be reused?"),
        choices=Reuse.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("A similar project, an earlier request, a tool. The body reads your answer."),
    )
    reuse_considered = _Offered(label=_("What was looked at"), required=False, widget=forms.CheckboxSelectMultiple)
    reuse_reason = ParagraphField(
        label=_("What was found"),
        max_length=LONGEST_REUSE,
        required=False,
        help_text=_("What can be used of it, or why it does not fit."),
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
        sent = data if benefits.were_sent(data) else None
        promised = None if sent is not None else benefits.initial_of(stored)
        self.benefits: Any = benefits.Benefits(sent, prefix=benefits.PREFIX, initial=promised)

    def reads(self, name: str) -> bool:
        rows = (f"{lines.PREFIX}-", f"{benefits.PREFIX}-")
        return name.startswith(rows) or name in ("do", "expected_version", "unsent", "kept", "stored")

    def is_valid(self) -> bool:
        own = super().is_valid()
        parts = [part.is_valid() for part in self._parts()]
        return own and all(parts)

    def has_faults(self) -> bool:
        return bool(self.is_bound and (self.errors or any(part.total_error_count() for part in self._parts())))

    def error_summary(self) -> list[FormError]:
        """The faults of the form, of every cost line and of every promise, in the order they stand on the page."""
        line, promise = gettext("Line %(number)s, %(field)s"), gettext("Benefit %(number)s, %(field)s")
        found = [*super().error_summary(), *self._row_faults(self.lines, line)]
        return [*found, *self._row_faults(self.benefits, promise)]

    def _parts(self) -> list[Any]:
        """The form sets that were sent."""
        return [part for part in (self.lines, self.benefits) if part.is_bound]

    def _row_faults(self, rows: Any, words: str) -> Iterator[FormError]:
        if not rows.is_bound:
            return
        for number, line in enumerate(rows.forms, start=1):
            for name, errors in line.errors.as_data().items():
                label = words % {"number": number, "field": line[name].label}
                for error in errors:
                    for message in error.messages:
                        yield FormError(line[name].id_for_label, label, message, error.code or "")
        for error in rows.non_form_errors().as_data():
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
            **_links_of(clean),
            **({"new_programme_zh_hant": clean["new_programme_zh_hant"]} if clean["new_programme"] else {}),
            **({"new_programme": clean["new_programme"]} if clean["new_programme"] else {}),
            **({"benefits": self.benefits.filled()} if self.benefits.is_bound else {}),
            "reuse": clean["reuse"],
            "reuse_reason": clean["reuse_reason"],
            "reuse_considered": clean["reuse_considered"],
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
                "programme": stored.programme,
                "supplements": stored.supplements,
            }
        return {
            "project": clean.get("project"),
            "own_amount": own_amount,
            "procedure_ids": [procedure.pk for procedure in clean.get("procedures") or ()],
            "linked_ids": [linked.pk for linked in clean.get("linked") or ()],
            **_links_of(clean),
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
            for part in self._parts():
                part.forget_faults()

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


def _links_of(clean: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_id": clean[name].pk if clean.get(name) else None for name in ("programme", "supplements")}


def _initial_of(stored: FundingRequest) -> dict[str, Any]:
    return {
        "project": stored.project.reference,
        "title_en": stored.title_en,
        "title_zh_hant": stored.title_zh_hant,
        "justification": stored.justification,
        "procedures": [procedure.pk for procedure in stored.procedures.all()],
        "linked": [linked.pk for linked in stored.linked.all()],
        "programme": stored.programme.reference if stored.programme else "",
        "supplements": stored.supplements.reference if stored.supplements else "",
        "reuse": stored.reuse,
        "reuse_reason": stored.reuse_reason,
        "reuse_considered": stored.reuse_considered,
    }
