"""What the API takes in and gives out. Shape and types only; decisions are made by services."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField

from core.days import parse_day
from core.errors import DomainError, InvalidInput
from core.money import parse_amount
from core.text import clean_line, clean_text, is_blank

MONEY_PATTERN = r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$"
TRILINGUAL_SCHEMA = {
    "type": "object",
    "properties": {language: {"type": "string"} for language in ("en", "zh_hant", "zh_hans")},
    "required": ["en", "zh_hant", "zh_hans"],
}
MONEY_SCHEMA = {"type": "string", "pattern": MONEY_PATTERN, "example": "1200000.00"}


class In(serializers.Serializer):
    """A body that may hold these fields and no other (TRUST T32).

    `read_only_names` are fields of the record that the answer shows but nobody sends; naming them
    gives a clearer refusal.
    """

    read_only_names: ClassVar[frozenset[str]] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise InvalidInput("body.type", _("A JSON object is wanted."))
        for name in data:
            if name in self.read_only_names:
                raise _refused("field.read_only", name, _("This field is worked out, not sent."))
            if name not in self.fields:
                raise _refused("field.unknown", name, _("This field is not known here."))
        return super().to_internal_value(data)


class Out(serializers.Serializer):
    """An answer. Every field is spelled out.

    Texts, numbers and truths that a record holds as they are sent are read straight from it: a list of fifty in half
    the time. Whatever is not plainly that is Django REST framework's own to read and to write.
    """

    def to_representation(self, instance: Any) -> dict[str, Any]:
        try:
            return {name: tell(instance) for name, tell in self._told}
        except SkipField:
            told: dict[str, Any] = super().to_representation(instance)
            return told

    @cached_property
    def _told(self) -> list[tuple[str, Callable[[Any], Any]]]:
        fields: Any = self._readable_fields
        return [(field.field_name, _teller(field)) for field in fields]


PLAIN: dict[type[serializers.Field], type] = {
    serializers.CharField: str,
    serializers.IntegerField: int,
    serializers.BooleanField: bool,
}


def _teller(field: Any) -> Callable[[Any], Any]:
    """How one field of an answer is worked out from a record."""

    def as_ever(instance: Any) -> Any:
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)

    if field.source == "*":
        whole: Callable[[Any], Any] = field.to_representation
        return whole
    plain = PLAIN.get(type(field))
    if type(field) is serializers.ChoiceField and all(type(value) is str for value in field.choices):
        plain = str
    if plain is None:
        return as_ever
    read = attrgetter(field.source)

    def as_it_is(instance: Any) -> Any:
        try:
            value = read(instance)
        except (AttributeError, ObjectDoesNotExist):
            return as_ever(instance)
        return value if type(value) is plain else as_ever(instance)

    return as_it_is


class _Read(serializers.Field):
    """A field whose one reader raises `DomainError`."""

    reader: Callable[[Any], Any]

    def to_internal_value(self, data: Any) -> Any:
        try:
            return type(self).reader(data)
        except DomainError as error:
            raise serializers.ValidationError(str(error.message), code=error.code) from error


@extend_schema_field(MONEY_SCHEMA)
class MoneyIn(_Read):
    """An amount over zero, as text: `"1200000.00"`."""

    reader = staticmethod(parse_amount)

    def to_representation(self, value: Decimal) -> str:
        return f"{value:.2f}"


@extend_schema_field({"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$", "example": "1200000.00"})
class MoneyOut(serializers.Field):
    """Money as text with two decimals, never a JSON number (TRUST C3)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"read_only": True}))

    def to_representation(self, value: Decimal) -> str:
        return f"{value:.2f}"


@extend_schema_field({"type": "string", "format": "date"})
class DayIn(_Read):
    """A day from 1990 to 2098, `"2026-11-22"`."""

    reader = staticmethod(parse_day)

    def to_representation(self, value: date) -> str:
        return value.isoformat()


class LineIn(serializers.CharField):
    """One line of text; numbers and booleans are not text."""

    clean_characters: Callable[[str], str] = staticmethod(clean_line)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Text is wanted here."), code="text.type")
        try:
            text = self.clean_characters(data.strip())
        except DomainError as error:
            raise serializers.ValidationError(str(error.message), code=error.code) from error
        if is_blank(text):
            if not self.allow_blank:
                self.fail("blank")
            return ""
        return text


class ParagraphIn(LineIn):
    """Several lines of text."""

    clean_characters = staticmethod(clean_text)


@extend_schema_field(TRILINGUAL_SCHEMA)
class TrilingualOut(serializers.Field):
    """`{"en", "zh_hant", "zh_hans"}` of a record's `<field>_*` columns, as stored: a missing text is empty.

    `source` names another record than the one shown, such as `person` for the name of an account.
    """

    def __init__(self, field: str | None = None, **kwargs: Any) -> None:
        self.column = field
        super().__init__(**({"source": "*"} | kwargs | {"read_only": True}))

    def to_representation(self, value: Any) -> dict[str, str]:
        column = self.column or self.field_name
        return {language: getattr(value, f"{column}_{language}", "") for language in ("en", "zh_hant", "zh_hans")}


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class ReferencesOut(serializers.Field):
    """The references of several related records, `["PROC-0042"]`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"read_only": True}))

    def to_representation(self, value: Any) -> list[str]:
        return [thing.reference for thing in value.all()]


class ErrorOut(Out):
    """The one shape of every refusal."""

    code = serializers.CharField(help_text="Stable and dotted, for programs: amount.format.")
    message = serializers.CharField(help_text="One plain sentence, for people.")
    fields = serializers.DictField(  # type: ignore[assignment] # the name is the interface
        child=serializers.ListField(child=serializers.CharField()), help_text="Messages by field."
    )


def _refused(code: str, name: str, message: Any) -> InvalidInput:
    return InvalidInput(code, message, fields={name[:40]: [message]})
