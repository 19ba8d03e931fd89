"""No text is left behind: nothing a person reads stands outside the catalogue, in pages, mails, refusals or labels."""

import ast
import re

from django.conf import settings
import pytest

from core import translations

BLOCKS = re.compile(
    r"\{%\s*(blocktranslate|comment)\b.*?\{%\s*end\1\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->"
    r"|<(script|style|svg)\b.*?</\2>",
    re.DOTALL,
)
COMMAND = re.compile(r"^ *python3? .*$", re.MULTILINE)  # to be typed as it stands
ATTRIBUTES = re.compile(r'\b(?:title|alt|placeholder|aria-label)="([^"]*)"')
TAGS = re.compile(r"<[^>]*>")
WORD = re.compile(r"[A-Za-z]{2,}")
SAME_EVERYWHERE = {
    *("EN", "English", "CSV", "XLSX", "PNG", "SVG", "PDF", "JSON", "HK", "SHA", "API", "TOTP", "QR", "ID", "IP", "URL"),
    *("catalog", "jsonld"),  # the name of a file
}
NAMED = {"label", "help_text", "empty_label", "verbose_name"}
REFUSALS = {"InvalidInput", "Unprocessable", "NotAllowed", "NotVisible", "Conflict", "Stale", "TooMany", "Unavailable"}
SHOWN_TO_NOBODY = {"models", "models.py", "migrations", "api"}  # their help is for administrators and for programs


def bare(template: str) -> list[str]:
    """Words of a template that no translation tag carries."""
    rest = COMMAND.sub(" ", BLOCKS.sub(" ", template))
    texts = [*ATTRIBUTES.findall(rest), TAGS.sub(" ", rest)]
    return [word for text in texts for word in WORD.findall(re.sub(r"&\w+;", " ", text)) if word not in SAME_EVERYWHERE]


def unwrapped(source: str) -> list[str]:
    """Messages of refusals and labels of fields that are plain English strings."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        said = [*node.args[1:2]] if name in REFUSALS else []
        said += [one.value for one in node.keywords if one.arg in NAMED]
        found += [
            one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
        ]
    return [text for text in found if set(WORD.findall(text)) - SAME_EVERYWHERE]


def files(*suffixes: str):
    here = [file for file in translations.sources() if file.suffix in suffixes]
    return [(str(file.relative_to(settings.BASE_DIR)), file) for file in here]


def test_no_words_of_a_page_or_a_mail_stand_outside_the_catalogue():
    left = {
        where: words
        for where, file in files(".html", ".txt")
        if where.startswith("templates/") and "/admin/" not in where and (words := bare(file.read_text("utf-8")))
    }

    assert left == {}


def test_no_refusal_and_no_label_is_plain_english():
    left = {
        where: texts
        for where, file in files(".py")
        if not SHOWN_TO_NOBODY & set(file.parts) and (texts := unwrapped(file.read_text("utf-8")))
    }

    assert left == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{% translate 'Yes' %} {{ count }}</p>", []),
        ("<p>Not translated</p>", ["Not", "translated"]),
        ('<a title="Left behind" href="/x/">{% icon "x" %}</a>', ["Left", "behind"]),
        ("{% blocktranslate %}All of {{ it }}{% endblocktranslate %}&nbsp;{# a note #}", []),
    ],
)
def test_words_left_behind_are_found(template, words):
    assert bare(template) == words


def test_plain_english_refusals_are_found():
    assert unwrapped('raise InvalidInput("a.b", "Plain words.")\nraise InvalidInput("a.b", _("Said."))') == [
        "Plain words."
    ]
