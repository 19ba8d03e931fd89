"""The fields of the registers that a file may fill, each with its names and its one reader.

The name is the machine name in our own files; a heading in any of the three languages is the same field.
What is worked out (in use, verified, the gate) is no field, so no file can set it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from projects.importing import values
from projects.importing.values import squeezed
from projects.models import Category, Channel, Precision, Stage, Visibility

Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` is the closed list of a word; `empty` is the value of an empty cell; `also` are other headings."""

    name: str
    label: Text
    read: Reader | None = None
    choices: Any = None
    empty: Any = ""
    is_day: bool = False
    is_needed: bool = False
    also: tuple[str, ...] = ()

    @property
    def is_word(self) -> bool:
        return self.choices is not None


def _line(longest: int) -> Reader:
    return lambda text: values.line(text, longest=longest)


def _needed(longest: int) -> Reader:
    return lambda text: values.needed_line(text, longest=longest)


KEYS = (
    Field("reference", _("Reference"), _line(32), also=("ref",)),
    Field("version", _("Version"), values.whole, empty=None),
    Field("external_id", _("Identity in the source"), _line(200), also=("id", "use case id", "project id")),
    Field("department", _("Department"), also=("department code", "agency", "publishing body")),
)
PROJECT_FIELDS = (
    *KEYS,
    Field("title_en", _("Title in English"), _needed(300), is_needed=True, also=("title", "name", "project name")),
    Field("title_zh_hant", _("Title in Chinese"), _line(300)),
    Field("title_zh_hans", _("Title in Simplified Chinese"), _line(300)),
    Field("summary_en", _("Summary in English"), values.paragraph, also=("summary", "description")),
    Field("summary_zh_hant", _("Summary in Chinese"), values.paragraph),
    Field("summary_zh_hans", _("Summary in Simplified Chinese"), values.paragraph),
    Field("stage", _("Stage"), choices=Stage, also=("status", "development stage", "stage of development")),
    Field("retired_on", _("Retired on"), is_day=True, also=("date retired",)),
    Field("category", _("Category"), choices=Category, empty=Category.OTHER),
    Field("technique", _("AI technique"), _line(200), also=("technique", "techniques", "ai technology")),
    Field("is_public_facing", _("Public-facing"), values.yes_or_no, empty=None),
    Field("yearly_volume", _("Cases a year"), values.whole, empty=None),
    Field("visibility", _("Public attention"), choices=Visibility),
    Field("started_on", _("Started"), is_day=True, also=("start date", "date initiated")),
    Field("started_precision", _("Precision of the start"), choices=Precision),
    Field("reported_funding", _("Reported funding (HK$)"), values.money, empty=None),
    Field("source_url", _("Source"), lambda text: values.address(text, longest=500), also=("url",)),
    Field("source_on", _("Date of the source"), is_day=True, also=("published",)),
    Field("source_precision", _("Precision of the source's date"), choices=Precision),
    Field("procedure", _("Name of a procedure"), _line(300)),
    Field("result_name", _("Reported result"), _line(300)),
    Field("result_baseline", _("Reported result: before"), _line(100)),
    Field("result_value", _("Reported result: after"), _line(100)),
    Field("result_unit", _("Reported result: unit"), _line(100)),
)
PROCEDURE_FIELDS = (
    *(field for field in KEYS if field.name != "external_id"),
    Field("name_en", _("Name in English"), _needed(300), is_needed=True),
    Field("name_zh_hant", _("Name in Chinese"), _line(300)),
    Field("name_zh_hans", _("Name in Simplified Chinese"), _line(300)),
    Field("service_kind", _("Kind of service"), choices=Category),
    Field("channel", _("Channel"), choices=Channel),
    Field("yearly_volume", _("Cases a year"), values.whole, empty=None),
    Field("handling_minutes", _("Handling minutes"), values.fraction, empty=None),
    Field("waiting_days", _("Waiting days"), values.fraction, empty=None),
    Field("planned_on", _("Planned for"), is_day=True),
)
OF = {"projects": PROJECT_FIELDS, "procedures": PROCEDURE_FIELDS}


def fields_of(kind: str) -> Mapping[str, Field]:
    return {field.name: field for field in OF[kind]}


@cache
def headings_of(kind: str) -> Mapping[str, str]:
    """Every heading that means a field of ours: its machine name, its label in each language, and common others."""
    found: dict[str, str] = {}
    for field in OF[kind]:
        spelled = [field.name, field.name.replace("_", " "), *field.also, *in_each_language(field.label)]
        for text in spelled:
            found.setdefault(squeezed(text), field.name)
    return found


@cache
def meanings_of(kind: str, name: str) -> Mapping[str, str]:
    """Words of a closed list: the value itself and its label in each language."""
    choices = fields_of(kind)[name].choices
    found = {squeezed(value): value for value in choices.values}
    for value in choices.values:
        for label in in_each_language(choices(value).label):
            found.setdefault(squeezed(label), value)
    return found


def in_each_language(text: Text) -> list[str]:
    spelled = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            spelled.append(str(text))
    return spelled
