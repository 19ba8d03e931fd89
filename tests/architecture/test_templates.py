"""Fragments say what they expect; no template carries script, style or unescaped text (STYLE 7, STACK 3.3)."""

from pathlib import Path
import re

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FRAGMENTS = [path for path in TEMPLATES if path.name.startswith("_") or path.parent.name == "components"]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|mark_safe")


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FRAGMENTS, ids=_id)
def test_a_fragment_says_what_it_expects_in_its_first_line(path):
    first = path.read_text(encoding="utf-8").lstrip().splitlines()[0]

    assert "{#" in first


@pytest.mark.parametrize("path", TEMPLATES, ids=_id)
def test_a_template_carries_no_script_no_style_and_no_unescaped_text(path):
    text = path.read_text(encoding="utf-8")

    assert not INLINE_SCRIPT.search(text)
    assert not INLINE_STYLE.search(text)
    assert not UNESCAPED.search(text)
