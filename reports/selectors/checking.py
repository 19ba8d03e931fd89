"""What is checked about reports: a signature against its file, a report against what was learned since."""

from collections.abc import Mapping
from dataclasses import dataclass
import json
from typing import Any

from core import clock, signing
from reports import selectors
from reports.house import FORMS
from reports.models import Report
from reports.rules.content import canonical, digest
from reports.rules.differences import Difference, differences
from reports.selectors.asking import question_of, stored_content


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a file is what was signed; then the number it bears and the key. `report` is the one stored here."""

    is_valid: bool
    reference: str = ""
    key: str = ""
    report: Report | None = None

    @property
    def is_replaced(self) -> bool:
        return self.report is not None and self.report.errata.issued().exists()


def checked(document: bytes, signature: bytes) -> Checked:
    """One changed byte of either is invalid."""
    key = signing.signer_of(document, _signature_in(signature))
    if key is None:
        return Checked(is_valid=False)
    reference = str(json.loads(document)["reference"])
    return Checked(True, reference, key, Report.objects.issued().filter(reference=reference).first())


def _signature_in(sent: bytes) -> str:
    """The signature of a .sig file, which is JSON, or the bare Base64 text."""
    try:
        text = sent.decode("ascii").strip()
    except UnicodeDecodeError:
        return ""
    if not text.startswith("{"):
        return text
    try:
        told = json.loads(text)
    except ValueError:
        return ""
    found = told.get("signature")
    return found if isinstance(found, str) and told.get("algorithm") == signing.ALGORITHM else ""


@dataclass(frozen=True, slots=True)
class Restated:
    """A report's question asked again: at its own instant, which must give the same bytes, and with later facts."""

    is_same_then: bool
    digest_then: str
    changes: list[Difference]
    position_now: int


def restated(report: Report) -> Restated:
    stored, house, question = stored_content(report), FORMS[report.form], question_of(report)
    then = selectors.gather(question, house.datasets)
    later = question.again(known_before=clock.database_now())
    now = selectors.gather(later, house.datasets)
    return Restated(
        is_same_then=_bytes(then) == _bytes(stored["data"]),
        digest_then=digest(_bytes(then)),
        changes=differences(stored["data"], now),
        position_now=later.dated.position,
    )


def _bytes(data: Mapping[str, Any]) -> bytes:
    return canonical(data)
