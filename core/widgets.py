"""Form controls that are written in one piece: a list of a hundred departments costs no hundred templates."""

from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class PlainSelect(forms.Select):
    """As Django's own, for choices without groups."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        told = [(str(key or ""), str(label)) for key, label in self.choices]
        options = "".join(
            [
                f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(label)}</option>'
                for key, label in told
            ]
        )
        start = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{start}>{options}</select>")  # noqa: S308 - every part is escaped above
