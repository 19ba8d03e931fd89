"""`{% lines %}` says what Django's own loop says, faster."""

from dataclasses import dataclass

from django.template import Context, Engine, TemplateSyntaxError
from django.utils.safestring import mark_safe
import pytest

BODY = (
    '<td data-label="{{ label }}">{{ line.title }}</td>{% if line.is_draft %}draft{% else %}{{ line.count }}{% endif %}'
    "{% if line.inner.name %}{{ line.inner.name|upper }}{% elif label %}{{ label }}{% endif %}"
    "{% if line.count > 1 %}many{% endif %}{{ line }}"
)


@dataclass
class Inner:
    name: str


@dataclass
class Line:
    title: object
    is_draft: bool
    count: int
    inner: Inner

    def __str__(self):
        return f"line {self.count}"


LINES = [
    Line("plain", False, 1, Inner("a")),
    Line("<b>&\"'", True, 2, Inner("")),
    Line(mark_safe("<i>safe</i>"), False, 12_345, Inner("b")),
    Line(None, True, 0, Inner("")),
]


def rendered(start, end, lines):
    engine = Engine(libraries={"tables": "core.templatetags.tables"})
    text = f"{{% load tables %}}{start}{BODY}{end}"
    return engine.from_string(text).render(Context({"found": lines, "label": 'A "label"'}))


@pytest.mark.parametrize("lines", [LINES, LINES[:1], []])
def test_lines_say_what_a_loop_says(lines):
    loop = rendered("{% for line in found %}", "{% endfor %}", lines)

    assert rendered("{% lines line in found %}", "{% endlines %}", lines) == loop


def test_a_tag_that_cannot_be_read_is_refused():
    with pytest.raises(TemplateSyntaxError, match="line in found"):
        rendered("{% lines found %}", "{% endlines %}", LINES)
