"""What can be fetched of a report: PDF and Word in each language, the data and the signature as they were issued."""

from collections.abc import Callable
import json

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import signing
from core.errors import Conflict
from core.paper import PDF
from reports.models import Report
from reports.render.document import told
from reports.render.pdf import as_paper
from reports.render.word import WORD, as_word

Rows = QuerySet[Report]
JSON = "application/json"
KINDS = ("pdf", "docx", "json", "sig")
LANGUAGES = (("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文"))


def report_rows(user: User) -> Rows:
    """Reports a person may see, with whom their pages name."""
    return (
        Report.objects.visible_to(user)
        .select_related("department", "replaces", "drafted_by", "cleared_by", "issued_by", "withdrawn_by")
        .prefetch_related("errata")
    )


def offered(report: Report) -> list[tuple[str, str]]:
    """Label and address of each file there is."""
    files = [
        (f"{label} · {language}", f"{_address(report, kind)}?language={code}")
        for kind, label in (("pdf", "PDF"), ("docx", "Word"))
        for code, language in LANGUAGES
    ]
    if report.signature:
        files += [(_("Data (JSON)"), _address(report, "json")), (_("Signature"), _address(report, "sig"))]
    return files


def answer(report: Report, kind: str) -> HttpResponse:
    """The file as a download under a name of ours, in the language that is switched on."""
    content, content_type, name = MAKERS[kind](report)
    found = HttpResponse(content, content_type=content_type)
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    found["X-Content-Type-Options"] = "nosniff"
    found["Cache-Control"] = "private, no-store"
    return found


def signature_file(report: Report) -> bytes:
    """Which key signed which bytes, and the signature. `document` is the data file, byte for byte."""
    told_there = {
        "algorithm": signing.ALGORITHM,
        "document": f"{report.reference}.json",
        "key": report.signed_with,
        "signature": report.signature,
    }
    return json.dumps(told_there, indent=2).encode("ascii")


def _pdf(report: Report) -> tuple[bytes, str, str]:
    return as_paper(told(report)).pdf(), PDF, f"{report.reference}_{get_language()}.pdf"


def _word(report: Report) -> tuple[bytes, str, str]:
    return as_word(told(report)), WORD, f"{report.reference}_{get_language()}.docx"


def _data(report: Report) -> tuple[bytes, str, str]:
    _refuse_unsigned(report)
    return report.document.encode(), JSON, f"{report.reference}.json"


def _signature(report: Report) -> tuple[bytes, str, str]:
    _refuse_unsigned(report)
    return signature_file(report), JSON, f"{report.reference}.sig"


def _refuse_unsigned(report: Report) -> None:
    if not report.signature:
        raise Conflict("report.state", _("Only an issued report has a data file and a signature."))


def _address(report: Report, kind: str) -> str:
    return reverse("reports:report-file", args=[report.reference, kind])


MAKERS: dict[str, Callable[[Report], tuple[bytes, str, str]]] = {
    "pdf": _pdf,
    "docx": _word,
    "json": _data,
    "sig": _signature,
}
