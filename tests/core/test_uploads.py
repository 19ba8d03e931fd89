"""Files by their content, the looks into PDF, names, the store and the scanner (TRUST 4.10)."""

import io
import socket
import struct
import threading
import zipfile
import zlib

from django.core.files.storage import default_storage
from django.db import transaction
import pytest

from core import uploads
from core.errors import DomainError, TooLarge, Unavailable
from core.uploads.names import LONGEST
from tests.plugins.files import EICAR, docx, pdf, pdf_with, png

KB = 1024


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def code_of(content: bytes, name: str) -> str:
    with pytest.raises(DomainError) as refused:
        uploads.store(io.BytesIO(content), shown_name=name, quota_used=0)
    return refused.value.code


def kept_files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def named(value):
    """A case by its words: the bytes of a workbook hold the second they were made in."""
    return "bytes" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", pdf(), "application/pdf"),
        ("A.PDF", pdf(), "application/pdf"),
        ("a.png", png(), "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + b"x" * 50 + b"\xff\xd9", "image/jpeg"),
        ("a.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.csv", "項目,金額\r\n甲,1\r\n".encode(), "text/csv"),
        ("a.txt", "政務環節".encode("utf-16"), "text/plain"),
        ("polyglot.pdf", pdf() + docx(), "application/pdf"),
    ],
    ids=named,
)
def test_a_file_that_is_what_it_says_is_kept_under_a_name_of_ours(store_folder, name, content, media_type):
    stored = uploads.store(io.BytesIO(content), shown_name=name, quota_used=0)

    assert (stored.media_type, stored.size) == (media_type, len(content))
    assert [path.read_bytes() for path in kept_files(store_folder)] == [content]
    assert kept_files(store_folder)[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("paper.pdf", b"<html><script>alert(1)</script>", "file.type"),
        ("paper.pdf", b"%PDF-1.7 cut off", "file.type"),
        ("paper.pdf", b"MZ" + pdf(), "file.type"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "file.type"),
        ("drawing.png", b"<svg onload='alert(1)'/>", "file.type"),
        ("drawing.png", png()[:40], "file.type"),
        ("photo.jpg", png(), "file.type"),
        ("run.exe", b"MZ", "file.type"),
        ("noending", pdf(), "file.type"),
        ("a.docx", b"PK\x03\x04 cut off", "file.type"),
        ("a.docx", docx(main="xl/workbook.xml"), "file.type"),
        ("a.docx", docx(extra={"../../x": b""}), "file.type"),
        ("a.docx", docx(extra={"word/vbaProject.bin": b"x"}), "file.active"),
        ("a.docx", docx(extra={"word/embeddings/oleObject1.bin": b"x"}), "file.active"),
        ("a.docx", docx(template="http://127.0.0.1:9/t.dotm"), "file.active"),
        ("a.csv", b"a,b\x00\n", "file.type"),
        ("a.txt", "智能".encode("big5"), "file.type"),
        ("a.pdf", b"", "file.empty"),
        ("a.pdf", pdf_with(b"<</S/JavaScript/JS(app.alert(1))>>"), "file.active"),
        ("a.pdf", pdf_with(b"<</S /Launch /F(calc.exe)>>"), "file.active"),
        ("a.pdf", pdf_with(b"<</S/J#61vaScr#69pt/JS(x)>>"), "file.active"),
        ("a.pdf", pdf_with(b"<</S/Rendition/JS(x)>>"), "file.active"),
        ("a.pdf", pdf_with(b"<</S/JavaScript/JS(x)>>", packed="FlateDecode"), "file.active"),
        ("a.pdf", pdf_with(b"<</S/JavaScript/JS(x)>>", packed="FlateDecode", spoil=4), "file.active"),
        ("a.pdf", pdf_with(b"<</S/J#61vaScript/JS(x)>>" + b" " * 9_000, packed="FlateDecode"), "file.active"),
        ("a.pdf", pdf_with(b"<</A 1>>", packed="ASCII85Decode"), "file.active"),
        ("a.pdf", pdf_with(b"<</A 1>>", packed="FlateDecode", more=b"/DecodeParms<</Predictor 12>>"), "file.active"),
        ("a.pdf", pdf_with(b" " * (17 << 20), packed="FlateDecode"), "file.active"),
        ("a.pdf", pdf_with(b"<</Filter/Standard>>", trailer=b"/Encrypt 9 0 R"), "file.encrypted"),
    ],
    ids=named,
)
def test_a_file_that_is_not_or_that_acts_is_refused_and_not_kept(store_folder, name, content, code):
    assert code_of(content, name) == code
    assert kept_files(store_folder) == []


def test_a_pdf_with_packed_but_harmless_objects_is_kept():
    content = pdf_with(b"<</Type/Page/JSomething 1>>", packed="FlateDecode")

    assert uploads.store(io.BytesIO(content), shown_name="a.pdf", quota_used=0).kind == "pdf"


def test_size_and_quota_are_judged_to_the_byte(store_folder):
    content = pdf()
    quota = {"quota": 10 * KB}
    fits = uploads.store(io.BytesIO(content), shown_name="a.pdf", quota_used=10 * KB - len(content), **quota)
    with pytest.raises(TooLarge) as refused:
        uploads.store(io.BytesIO(content), shown_name="a.pdf", quota_used=10 * KB - len(content) + 1, **quota)
    with pytest.raises(TooLarge) as too_large:
        uploads.store(io.BytesIO(b"%PDF-" + bytes(uploads.LARGEST_FILE)), shown_name="a.pdf", quota_used=0)

    assert (refused.value.code, refused.value.status) == ("file.quota", 413)
    assert (too_large.value.code, too_large.value.status) == ("file.max", 413)
    assert [path.name for path in kept_files(store_folder)] == [fits.name.rpartition("/")[2]]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../a.pdf", "a.pdf"),
        ("C:\\Users\\x\\paper.PDF", "paper.pdf"),
        ("report\u202efdp.exe.pdf", "reportfdp.exe.pdf"),
        ("政務\u200b環節 \t 報告.pdf", "政務環節 報告.pdf"),
        ("e\u0301tude.pdf", "\u00e9tude.pdf"),
        ("a\x00\r\nb.pdf", "a b.pdf"),
        ("\u202e.pdf", "file.pdf"),
        ("...pdf", "file.pdf"),
        ("..", "file.pdf"),
    ],
)
def test_the_shown_name_has_no_path_and_nothing_unseen(sent, shown):
    assert uploads.shown_name(sent, ending="pdf") == shown


def test_a_name_of_500_characters_is_cut_and_keeps_its_ending():
    found = uploads.shown_name("\u202e" + "長" * 500 + ".pdf", ending="pdf")

    assert (len(found), found[-4:], "\u202e" in found) == (LONGEST, ".pdf", False)


def test_the_store_never_uses_the_senders_name(store_folder):
    stored = uploads.store(io.BytesIO(pdf()), shown_name="../../../etc/passwd.pdf", quota_used=0)

    assert "passwd" not in stored.name
    assert store_folder in (store_folder / stored.name).resolve().parents


def test_a_file_goes_again_when_what_records_it_fails(store_folder):
    with pytest.raises(ZeroDivisionError), uploads.storing(io.BytesIO(pdf()), shown_name="a.pdf", quota_used=0):
        assert len(kept_files(store_folder)) == 1
        _fail()

    assert kept_files(store_folder) == []


@pytest.mark.django_db
def test_a_file_stays_when_what_records_it_succeeds(store_folder):
    with uploads.storing(io.BytesIO(pdf()), shown_name="a.pdf", quota_used=0) as stored, transaction.atomic():
        pass

    with default_storage.open(stored.name) as kept:
        assert kept.read() == pdf()


def _fail() -> None:
    raise ZeroDivisionError


def test_a_kept_file_is_given_back_inertly():
    polyglot = pdf() + docx()
    stored = uploads.store(io.BytesIO(polyglot), shown_name="報告.pdf", quota_used=0)

    answer = uploads.attachment(name=stored.name, shown_name=stored.shown_name, media_type=stored.media_type)

    assert b"".join(answer.streaming_content) == polyglot
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies


class FakeClamd(threading.Thread):
    """Speaks INSTREAM as clamd does: takes the chunks, answers OK, or FOUND for the EICAR text."""

    def __init__(self, path: str, says: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen(1)
        self.says, self.seen = says, b""

    def run(self) -> None:
        connection, _address = self.listener.accept()
        with connection, connection.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", sent.read(4))[0]:
                self.seen += sent.read(length)
            found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in self.seen else b"stream: OK\0"
            connection.sendall(self.says or found)
        self.listener.close()


@pytest.mark.parametrize(
    ("content", "says", "code"),
    [
        (b"plain words", None, None),
        (EICAR, None, "file.malware"),
        (b"plain words", b"INSTREAM size limit exceeded. ERROR\0", "scanner.away"),
    ],
    ids=named,
)
def test_the_scanner_is_asked_by_its_own_protocol(store_folder, settings, tmp_path_factory, content, says, code):
    path = str(tmp_path_factory.mktemp("clamd") / "s")
    settings.CLAMD_ADDRESS = path
    clamd = FakeClamd(path, says)
    clamd.start()

    if code is None:
        uploads.store(io.BytesIO(content), shown_name="a.txt", quota_used=0)
    else:
        assert code_of(content, "a.txt") == code
    clamd.join(10)

    assert clamd.seen == content
    assert len(kept_files(store_folder)) == (code is None)


def test_a_named_scanner_that_is_away_stops_uploads(store_folder, settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody-listens")

    with pytest.raises(Unavailable) as refused:
        uploads.store(io.BytesIO(pdf()), shown_name="a.pdf", quota_used=0)

    assert (refused.value.code, refused.value.status) == ("scanner.away", 503)
    assert kept_files(store_folder) == []


def test_the_helpers_make_files_that_real_programs_read():
    assert zipfile.ZipFile(io.BytesIO(docx())).testzip() is None
    assert zlib.decompress(png()[41 : 41 + 10]) == b"\x00\x00"
