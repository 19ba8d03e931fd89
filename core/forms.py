"""The one kind of form: remembers its sending, shows its errors once in a summary, and takes text, money and
days by the same rules as the API (TRUST 4.0)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
import logging
from typing import Any, ClassVar
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.days import FIRST_DAY, LAST_DAY, parse_day
from core.errors import DomainError
from core.money import parse_typed_amount
from core.text import clean_line, clean_text, is_blank

logger = logging.getLogger(__name__)
TONGUES = {"_en": "en", "_zh_hant": "zh-Hant", "_zh_hans": "zh-Hans"}  # of what is typed, by the ending of its field
DASHES = "---------"  # what Django shows for no choice


@dataclass(frozen=True, slots=True)
class FormError:
    """One line of the summary: where the fault is, by the field's element id, and what to do about it."""

    target: str
    label: str
    message: str
    code: str


class TrackerForm(forms.Form):
    """A form whose `form_token` makes sending it twice the same as sending it once (see `core.pages.once`).

    Give `user` when a field offers rows that depend on who asks. Fields that the form does not have are
    ignored and logged, never believed.
    """

    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    error_css_class = "is-invalid"
    never_sent: ClassVar[frozenset[str]] = frozenset({"csrfmiddlewaretoken"})

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name, field in self.fields.items():
            if tongue := next((written for ending, written in TONGUES.items() if name.endswith(ending)), None):
                field.widget.attrs.setdefault("lang", tongue)
            if isinstance(field, ReferenceField | ReferencesField):
                field.queryset = field.rows(user)
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = str(_("Choose one"))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            known = {self.add_prefix(name) for name in self.fields} | self.never_sent
            unknown = [name for name in self.data if name not in known and not self.reads(name)]
            if unknown:
                logger.warning("form %s was sent %s fields it does not have", type(self).__name__, len(unknown))

    def reads(self, name: str) -> bool:
        """Whether the view reads this posted name outside `fields`, for example rows of lines."""
        return False

    def refuse(self, error: DomainError) -> None:
        """Show a service's refusal in the form: beside the fields it names, else in the summary."""
        for name, messages in error.fields.items():
            self.add_error(name if name in self.fields else None, [str(message) for message in messages])
        if not error.fields:
            self.add_error(None, ValidationError(str(error.message), code=error.code))

    def error_summary(self) -> list[FormError]:
        """Every error in the order of the fields, those of the whole form first."""
        return list(self._error_lines())

    def _error_lines(self) -> Iterator[FormError]:
        for name, errors in sorted(self.errors.as_data().items(), key=lambda item: item[0] != "__all__"):
            bound = self[name] if name in self.fields else None
            for error in errors:
                for message in error.messages:
                    yield FormError(
                        target=bound.id_for_label if bound else "",
                        label=str(bound.label) if bound else "",
                        message=message,
                        code=error.code or "",
                    )


class LineField(forms.CharField):
    """One line of text."""

    clean_characters: Callable[[str], str] = staticmethod(clean_line)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        text = _as_field_error(self.clean_characters, text)
        return "" if is_blank(text) else text

    def validate(self, value: str) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="blank")


class ParagraphField(LineField):
    """Several lines of text."""

    widget = forms.Textarea
    clean_characters = staticmethod(clean_text)


class MoneyField(forms.CharField):
    """An amount in Hong Kong dollars; commas and a leading HK$ are welcome when well placed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _as_field_error(parse_typed_amount, text) if text else None

    def run_validators(self, value: Any) -> None:
        """Everything there is to refuse was refused by the parser."""


class DayField(forms.Field):
    """A day, typed as year-month-day or picked in the browser's own date field."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        kwargs.setdefault("widget", forms.TextInput(attrs=bounds))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        return _as_field_error(parse_day, value) if value else None


class _Rows:
    """Choices read from `rows(user)`; hidden and missing rows are refused in the same words (DESIGN 8)."""

    rows: Callable[[Any], QuerySet[Any]]
    refusal = _("Choose one of the entries offered.")

    def __init__(self, *, rows: Callable[[Any], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)  # type: ignore[call-arg] # joined with a model choice field below
        self.rows = rows


class ReferenceField(_Rows, forms.ModelChoiceField):
    """One row that this user may see, by primary key or by `to_field_name`."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and ("\x00" in value or len(value) > 100):
            raise ValidationError(self.refusal, code="choice.invalid")
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.refusal, code="choice.invalid") from error


class ReferencesField(_Rows, forms.ModelMultipleChoiceField):
    """Several rows that this user may see."""

    def clean(self, value: Any) -> Any:
        if value and any("\x00" in str(one) for one in value):
            raise ValidationError(self.refusal, code="choice.invalid")
        try:
            return super().clean(value)
        except ValidationError as error:
            if error.code == "required":
                raise
            raise ValidationError(self.refusal, code="choice.invalid") from error


def differences(typed: TrackerForm, fresh: TrackerForm) -> list[tuple[Any, str]]:
    """What is stored now, in words, for each field where it is not what was typed: for a form opened too early."""
    return [
        (field.label, _in_words(field))
        for field in fresh
        if not field.is_hidden and str(field.value() or "") != str(typed[field.name].value() or "")
    ]


def _in_words(field: Any) -> str:
    choices = {str(value): str(label) for value, label in getattr(field.field, "choices", [])}
    return choices.get(str(field.value() or ""), str(field.value() or ""))


def _as_field_error(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except DomainError as error:
        raise ValidationError(str(error.message), code=error.code) from error
