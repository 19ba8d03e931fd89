"""One way to search for all: lists, the bar on every page, look-alikes (decision 0006).

Every word typed must be in the record's key, anywhere in it; a word of one or two Latin letters must begin a
word there, or "ai" would find "maintain". Nothing typed has a meaning of its own (TRUST UR-05).
"""

from dataclasses import dataclass
from functools import lru_cache
import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from core import as_at
from core.errors import InvalidInput
from core.search_functions import APART, CJK
from core.text import clean_line

LONGEST = 200
MOST_WORDS = 12
RUNS = re.compile(rf"(?P<run>[{CJK}]+)|(?P<word>[^{CJK}{APART}]+)".encode().decode("raw_unicode_escape"))
SHORT = 3  # letters from which a word is looked for inside words too


class Key(Func):
    """The compared form of a text that has no kept key."""

    function = "search_key"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared, and the grams that every key containing it has."""

    text: str
    grams: tuple[str, ...]

    @property
    def begins(self) -> bool:
        """Whether it must stand at the beginning of a word."""
        return len(self.text) < SHORT and RUNS.fullmatch(self.text) is not None and self.text.isascii()


def words_of(typed: str) -> list[Word]:
    """The words of a search text, folded by the database's own function."""
    text = clean_line(typed)
    if len(text) > LONGEST:
        raise InvalidInput("param.max", _("The search text is too long."))
    return [word(part) for part in dict.fromkeys(folded(text).split())][:MOST_WORDS]


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """As the database folds it, asked once for a text; of plain ASCII that is lower case and needs no question."""
    if text.isascii():
        return text.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_key(%s)", [text])
        return str(cursor.fetchone()[0])


def word(text: str) -> Word:
    """The grams are those of `search_grams`; a piece that may be the end of a longer word has only its inner ones."""
    grams: list[str] = []
    for found in RUNS.finditer(text):
        run, latin = found["run"], found["word"]
        if run:
            grams += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        elif len(latin) >= SHORT:
            grams += [latin[i : i + 3] for i in range(len(latin) - 2)]
        elif latin == text and len(latin) == 2:
            grams.append(f"^{latin}")
    return Word(text, tuple(dict.fromkeys(grams)))


class Holds(Expression):
    """Whether the row's kept key holds a word: by the index first, then by the text itself."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, sought: Word, row: Any = "pk") -> None:
        super().__init__()
        self.sought = sought
        self.row: Any = F(row) if isinstance(row, str) else row

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        key = f"{compiler.quote_name_unless_alias(self.row.alias)}.search_key"
        sql, params = _compared(key, self.sought)
        if not self.sought.grams:
            return sql, params
        return f"(search_grams({key}) @> %s::text[] AND {sql})", (list(self.sought.grams), *params)


class Reads(Func):
    """The same for a text that is folded while it is read: few rows, or rows as they were known then."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, text: Any, sought: Word, **extra: Any) -> None:
        super().__init__(text, **extra)
        self.sought = sought

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        inner, inner_params = compiler.compile(self.source_expressions[0])
        sql, params = _compared(inner, self.sought)
        return sql, (*inner_params, *params)


def _compared(key: str, sought: Word) -> tuple[str, tuple[Any, ...]]:
    if sought.begins:
        return f"{key} ~ %s", (f"(^|[^a-z0-9]){sought.text}",)
    return f"strpos({key}, %s) > 0", (sought.text,)


def matching(rows: "QuerySet[Any]", typed: str, columns: tuple[str, ...], *, kept: bool = True) -> "QuerySet[Any]":
    """The rows that hold every word typed; all of them when nothing is typed.

    `columns` are those of the key: what the past is searched by, and tables without a kept key.
    """
    sought = words_of(typed)
    if kept and as_at.current() is None:
        return rows.filter(*[Holds(one) for one in sought])
    spaced = [part for column in columns for part in (F(column), Value("\n"))]
    text = Key(Concat(*spaced, output_field=TextField()))
    return rows.filter(*[Reads(text, one) for one in sought])
