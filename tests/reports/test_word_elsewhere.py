"""The brief in Word as LibreOffice prints it, under `./dev prove exports`: every figure is there, in both languages."""

import io
import zipfile

from django.utils.translation import override
import pytest

from reports import blocks
from reports.render import document, word
from tests.exports import office


@pytest.mark.prove("exports", gate=False)
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_libreoffice_opens_the_brief_with_every_figure(tmp_path, proof, issued, language):
    brief = tmp_path / "brief.docx"
    with override(language):
        told = document.told(issued)
        brief.write_bytes(word.as_word(told))
        values = blocks.values(told.sections)

    text = office.words_of(brief)

    proof.figure("figures", len(values))
    assert [value for value in values if "".join(value.split()) not in text] == []
    assert issued.reference in text
    assert "".join(told.title.split()) in text


def test_the_parts_about_the_package_have_names_without_prefix(issued):
    """What LibreOffice asks of them, told where there is no LibreOffice."""
    package = zipfile.ZipFile(io.BytesIO(word.as_word(document.told(issued))))

    starts = {"[Content_Types].xml": b"<Types xmlns=", "_rels/.rels": b"<Relationships xmlns="}
    starts["word/_rels/document.xml.rels"] = starts["_rels/.rels"]
    starts["word/document.xml"] = b"<w:document xmlns:"
    assert [name for name, start in starts.items() if start not in package.read(name)] == []
