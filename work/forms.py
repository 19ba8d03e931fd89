"""What a person types about documents, comments, tags, saved views and acts on many records."""

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person, User
from accounts.rights import departments_of
from core.forms import DayField, LineField, ParagraphField, ReferenceField, ReferencesField, TrackerForm
from work import lists, notices, subjects
from work.models import Classification, Document, DocumentKind, Tag, Task


def own_departments(user: User) -> "QuerySet[Department]":
    return Department.objects.filter(pk__in=departments_of(user.person_id))


GRADINGS = _("Restricted and confidential ones are read by insiders only. Secret and top secret have no place here.")


class DocumentFields(TrackerForm):
    """What is said of a document."""

    title_en = LineField(label=_("Title in English"), max_length=200)
    title_zh_hant = LineField(label=_("Title in Chinese"), max_length=200, required=False)
    title_zh_hans = LineField(
        label=_("Title in Simplified Chinese"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it is converted from the Traditional one."),
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    classification = forms.ChoiceField(label=_("Classification"), choices=Classification.choices, help_text=GRADINGS)

    FACTS = ("title_en", "title_zh_hant", "title_zh_hans", "kind", "classification")

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FACTS}


class NewDocumentForm(DocumentFields):
    file = forms.FileField(label=_("File"))
    note = LineField(label=_("Note on this version"), max_length=300, required=False)


class EditDocumentForm(DocumentFields):
    """The version it was opened at travels with the form, so that nobody's edit is lost unseen."""

    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed when the classification changes.")
    )
    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        stored = {name: getattr(document, name) for name in self.FACTS} | {"expected_version": document.version}
        super().__init__(*args, **({"initial": stored} | kwargs))


class VersionForm(TrackerForm):
    file = forms.FileField(label=_("File"))
    note = LineField(label=_("What changed"), max_length=300)


class WithdrawForm(TrackerForm):
    reason = LineField(label=_("Reason"), max_length=300)


def people_with_account(user: User) -> "QuerySet[Person]":
    return Person.objects.visible_to(user).filter(accounts__is_active=True).distinct()


class NamedField(ReferencesField):
    """Colleagues to name, each with the user name that stands for them after an @."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person} (@{person.username})"


class CommentForm(TrackerForm):
    """Give `subject`: only people who read its discussion are offered."""

    text = ParagraphField(
        label=_("Your comment"),
        max_length=5_000,
        help_text=_("Read by insiders of this record only. It cannot be edited afterwards, only withdrawn."),
    )
    to = NamedField(
        label=_("Name colleagues"),
        rows=people_with_account,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told, and it stands in their work until they open it. Or write @ and the user name."),
    )

    def __init__(self, *args: Any, subject: subjects.Subject, **kwargs: Any) -> None:
        super().__init__(*args, user=subject.user, **kwargs)
        own = User.objects.filter(person=OuterRef("pk"), is_active=True).order_by("pk")
        readers = set(subject.kind.readers(subject.thing)) - {subject.user.person_id}
        offered = people_with_account(subject.user).filter(pk__in=readers)
        self.fields["to"].queryset = offered.annotate(username=Subquery(own.values("username")[:1]))  # type: ignore[attr-defined]


class TaskForm(TrackerForm):
    wording = LineField(label=_("What is to be done"), max_length=300)
    owner = ReferenceField(
        label=_("Who does it"),
        rows=people_with_account,
        empty_label=_("Choose a person"),
        help_text=_("Somebody who sees this record too."),
    )
    due_on = DayField(label=_("To be done by"))


class ChangeTaskForm(TrackerForm):
    """The version it was opened at travels with the form, so that nobody's change is lost unseen."""

    wording = LineField(label=_("What is to be done"), max_length=300)
    due_on = DayField(label=_("To be done by"))
    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        stored = {"wording": task.wording, "due_on": task.due_on, "expected_version": task.version}
        super().__init__(*args, **({"initial": stored} | kwargs))


class HandOnForm(TrackerForm):
    to = ReferenceField(
        label=_("Who does it now"),
        rows=people_with_account,
        empty_label=_("Choose a person"),
        help_text=_("Somebody who sees this record too."),
    )
    note = ParagraphField(label=_("Note"), max_length=2_000, required=False)


class FinishTaskForm(TrackerForm):
    note = ParagraphField(label=_("What was done"), max_length=2_000)


class TagForm(TrackerForm):
    """A new tag, or the name of one that is there: it is recognised whatever its case."""

    name_en = LineField(label=_("Tag in English"), max_length=40, required=False)
    name_zh_hant = LineField(label=_("Tag in Chinese"), max_length=40, required=False)


class UntagForm(TrackerForm):
    tag = ReferenceField(label=_("Tag"), rows=Tag.objects.visible_to, to_field_name="reference")


class SaveViewForm(TrackerForm):
    name = LineField(label=_("Name of the view"), max_length=60)
    shared_with = ReferenceField(
        label=_("Share with"), rows=own_departments, required=False, empty_label=_("only for me")
    )
    list_name = forms.ChoiceField(widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list_name"].choices = lists.names()  # type: ignore[attr-defined] # a choice field


class EditViewForm(TrackerForm):
    name = LineField(label=_("Name of the view"), max_length=60)
    shared_with = ReferenceField(
        label=_("Share with"), rows=own_departments, required=False, empty_label=_("only for me")
    )


class PlainForm(TrackerForm):
    """Nothing to type: the button says it all."""


class BulkForm(TrackerForm):
    """The chosen references travel as one text, one a line: their number is not bounded by a form's fields."""

    act = forms.CharField(widget=forms.HiddenInput)
    references = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)


class BulkTagForm(BulkForm):
    tag = ReferenceField(
        label=_("Tag"), rows=Tag.objects.visible_to, to_field_name="reference", empty_label=_("Choose a tag")
    )


class BulkNoteForm(BulkForm):
    note = ParagraphField(label=_("What you saw"), max_length=2_000)


class BulkExportForm(BulkForm):
    format = forms.ChoiceField(label=_("File"), choices=[("csv", "CSV"), ("xlsx", "XLSX")])


class NoticeSettingsForm(TrackerForm):
    """One choice for each kind of notice; a pressing kind lacks the choice of no mail."""

    def __init__(self, *args: Any, wanted: dict[str, notices.Mail], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns: dict[str, str] = {}
        for kind in notices.kinds().values():
            column = kind.name.replace(".", "_")
            self.columns[column] = kind.name
            self.fields[column] = forms.ChoiceField(
                label=str(kind.label),
                choices=[(how.value, how.label) for how in kind.choices],
                initial=wanted[kind.name],
                help_text=_("Pressing: it is always mailed.") if kind.is_pressing else "",
            )

    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data[column] for column, name in self.columns.items()}
