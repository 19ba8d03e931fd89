"""Our texts in Chinese: hand-written Traditional, Simplified worked out from it, both checked for gaps.

Each area keeps `locale/zh_Hant/LC_MESSAGES/parts/<area>.po`. Simplified comes from OpenCC's Hong Kong
table, after `locale/zh_Hans/words.tsv` has put the words that differ and not only their characters;
`locale/zh_Hans/texts.po` overrules both for a whole text. The `.mo` files are made, never committed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import io
from pathlib import Path
import re

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize
from opencc import OpenCC

LOCALE = settings.BASE_DIR / "locale"
PARTS = LOCALE / "zh_Hant" / "LC_MESSAGES" / "parts"
WORDS = LOCALE / "zh_Hans" / "words.tsv"
TEXTS = LOCALE / "zh_Hans" / "texts.po"

CONTEXT_FIRST = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT_FIRST, 2),
    "pgettext_lazy": (CONTEXT_FIRST, 2),
    "npgettext": (CONTEXT_FIRST, 2, 3),
    "npgettext_lazy": (CONTEXT_FIRST, 2, 3),
}
NOT_OURS = {"build", "node_modules", "tests", "bench", "docs", "migrations", "static"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")

Key = tuple[str, str | None]  # the English text (its singular) and its context


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not right yet."""

    text: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}: {self.text!r}"


def read(file: Path, locale: str = "zh_Hant") -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=locale)


def key(message: Message) -> Key:
    text = message.id[0] if isinstance(message.id, list | tuple) else message.id
    return text, message.context


def said(message: Message) -> str:
    """The translation; Chinese has one form for every number."""
    text = message.string[0] if isinstance(message.string, list | tuple) else message.string
    return text or ""


def traditional() -> Catalog:
    """All parts as one catalogue. The first part that has a text wins; `faults` reports a disagreement."""
    merged = Catalog(locale="zh_Hant", charset="utf-8", fuzzy=False)
    for file in sorted(PARTS.glob("*.po")):
        for message in read(file):
            if message.id and said(message) and merged.get(key(message)[0], message.context) is None:
                merged.add(message.id, message.string, context=message.context)
    return merged


def simplified(source: Catalog) -> Catalog:
    words = [line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines() if line.strip()]
    convert = OpenCC("hk2s").convert
    overruled = {key(message): message.string for message in read(TEXTS, "zh_Hans") if message.id}
    made = Catalog(locale="zh_Hans", charset="utf-8", fuzzy=False)

    def simple(text: str) -> str:
        for there, here in words:
            text = text.replace(there, here)
        return str(convert(text))

    for message in source:
        if message.id:
            text = simple(said(message))
            worked_out = (text,) if message.pluralizable else text
            made.add(message.id, overruled.get(key(message), worked_out), context=message.context)
    return made


def compile_all(*, even_if_fresh: bool = False) -> bool:
    """Write both `.mo` files; returns whether there was anything to do."""
    targets = [LOCALE / name / "LC_MESSAGES" / "django.mo" for name in ("zh_Hant", "zh_Hans")]
    sources = [PARTS, WORDS, TEXTS, Path(__file__), *PARTS.glob("*.po")]
    newest = max(source.stat().st_mtime_ns for source in sources)
    if not even_if_fresh and all(target.exists() and target.stat().st_mtime_ns > newest for target in targets):
        return False
    hant = traditional()
    for target, catalog in zip(targets, (hant, simplified(hant)), strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        half = target.with_suffix(f".{id(buffer):x}")  # several test processes may come here at once
        half.write_bytes(buffer.getvalue())
        half.replace(target)
    return True


def faults() -> list[Fault]:
    """Every text of pages, messages and forms that Chinese lacks, breaks, or says in two ways."""
    known = {key(message): message for message in traditional() if message.id}
    found = list(_disagreements())
    for wanted, where in texts_in_use().items():
        if wanted not in known:
            found.append(Fault(wanted[0], where, "no Chinese"))
        elif _holes(wanted[0]) != _holes(said(known[wanted])):
            found.append(Fault(wanted[0], where, "other placeholders in Chinese"))
    return found


def unused() -> list[Key]:
    """Texts of the parts that no source has any more; those of Django and its companions stand in none of ours."""
    wanted = texts_in_use() | {key(message): "" for message in read(PARTS / "django.po")}
    return [key(message) for message in traditional() if message.id and key(message) not in wanted]


def texts_in_use() -> dict[Key, str]:
    """Every translatable text in our sources, and one place where it stands."""
    texts: dict[Key, str] = {}
    for file in sources():
        where = str(file.relative_to(settings.BASE_DIR))
        content = file.read_text(encoding="utf-8")
        if file.suffix in {".html", ".txt"}:
            content = re.sub(r"^\s+", "", templatize(content, origin=where), flags=re.MULTILINE)
        for line, found, _comments, context in extract("python", io.BytesIO(content.encode()), KEYWORDS):
            text = found[0] if isinstance(found, tuple) else found
            if text:
                texts.setdefault((text, context), f"{where}:{line}")
    return texts


def sources() -> Iterator[Path]:
    """Our own Python and templates, without what is generated, fetched or only for us."""
    for folder in sorted(settings.BASE_DIR.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in NOT_OURS:
            for suffix in ("*.py", "*.html", "*.txt"):
                yield from (file for file in sorted(folder.rglob(suffix)) if not NOT_OURS & set(file.parts[:-1]))


def _holes(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def _disagreements() -> Iterable[Fault]:
    first: dict[Key, tuple[str, str]] = {}
    for file in sorted(PARTS.glob("*.po")):
        for message in read(file):
            if not message.id or not said(message):
                continue
            other = first.setdefault(key(message), (said(message), file.name))
            if other[0] != said(message):
                yield Fault(key(message)[0], file.name, f"{other[1]} says {other[0]}, this one {said(message)}")
