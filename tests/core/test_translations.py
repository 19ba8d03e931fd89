"""Both Chinese scripts: nothing missing, placeholders kept, Simplified worked out by words and not only characters."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext
import pytest

from core import translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """A folder of parts of our own; writes one part and gives what is found wrong with it."""
    monkeypatch.setattr(translations, "PARTS", tmp_path)

    def write(name: str, text: str, chinese: str) -> None:
        (tmp_path / f"{name}.po").write_text(f'{HEAD}msgid "{text}"\nmsgstr "{chinese}"\n', encoding="utf-8")

    return write


def use(monkeypatch, *texts: str) -> None:
    monkeypatch.setattr(translations, "texts_in_use", lambda: {(text, None): "a.html:1" for text in texts})


def test_every_text_of_every_page_has_its_chinese():
    assert "\n".join(map(str, translations.faults())) == ""


def test_a_text_without_chinese_is_named_with_its_place(parts, monkeypatch):
    parts("a", "Known", "已知")
    use(monkeypatch, "Known", "Unknown")
    assert [str(fault) for fault in translations.faults()] == ["a.html:1: no Chinese: 'Unknown'"]


def test_chinese_that_loses_a_placeholder_is_refused(parts, monkeypatch):
    parts("a", "with %(holder)s", "由%(name)s處理")
    use(monkeypatch, "with %(holder)s")
    assert [fault.reason for fault in translations.faults()] == ["other placeholders in Chinese"]


def test_chinese_without_the_placeholder_of_its_english_is_refused(parts, monkeypatch):
    parts("a", "with %(holder)s", "處理中")
    use(monkeypatch, "with %(holder)s")
    assert [fault.reason for fault in translations.faults()] == ["other placeholders in Chinese"]


def test_two_parts_that_say_one_text_differently_are_refused(parts, monkeypatch):
    parts("a", "Seat", "席位")
    parts("b", "Seat", "座位")
    use(monkeypatch, "Seat")
    assert [fault.where for fault in translations.faults()] == ["b.po"]


def test_simplified_changes_words_and_not_only_characters(parts):
    parts("a", "Computer program for people", "衞生署的程式與帳戶")
    simple = translations.simplified(translations.traditional())
    assert translations.said(simple.get("Computer program for people")) == "卫生署的程序与账户"


def test_texts_are_found_in_python_and_in_templates():
    texts = {text for text, _context in translations.texts_in_use()}
    assert {"Skip to the content", "No data yet", "Head of Department"} <= texts


@pytest.mark.parametrize(("language", "word"), [("en", "Sign out"), ("zh-hant", "登出"), ("zh-hans", "退出")])
def test_compiled_catalogues_are_read(language, word):
    with translation.override(language):
        assert gettext("Sign out") == word


def test_compiling_again_does_nothing_while_nothing_changed():
    translations.compile_all()
    assert translations.compile_all() is False
    newest = max(Path(translations.PARTS).glob("*.po"), key=lambda part: part.stat().st_mtime_ns)
    newest.touch()
    assert translations.compile_all() is True
