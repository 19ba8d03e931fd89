"""Reads the case files: one refused request each, in our own words, with the answer TRUST 4 asks for."""

from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"
GOOD = {"project": "AA-2026-001", "title_en": "Reading visa papers", "amount": "1200000.00"}


@dataclass(frozen=True)
class Case:
    """`change` alters a good request, `send` is a body as it is, `raw` its very text."""

    id: str
    says: str
    call: str
    to: str
    status: int
    sender: str = "applicant"
    code: str = ""
    change: dict[str, Any] | None = None
    send: dict[str, Any] | None = None
    raw: str | None = None
    raw_times: tuple[str, int] | None = None
    headers: dict[str, Any] = field(default_factory=dict)
    content_type: str = "application/json"
    count: int | None = None
    allow: bool = False
    audit: bool = False

    def __str__(self) -> str:
        return self.id

    def path(self, names: dict[str, str]) -> str:
        return _filled(self.to, names)

    def head(self, names: dict[str, str]) -> dict[str, str]:
        return {name: _filled(value, names) for name, value in self.headers.items()}

    def body(self, names: dict[str, str]) -> bytes:
        if self.raw is not None:
            return self.raw.encode()
        if self.raw_times is not None:
            text, times = self.raw_times
            return (text * times).encode()
        sent = self.send if self.send is not None else None if self.change is None else GOOD | self.change
        return b"" if sent is None else json.dumps(_filled(sent, names), ensure_ascii=False).encode()


def read(name: str) -> list[Case]:
    rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [Case(**({"sender": row.pop("as", "applicant")} | row)) for row in rows]


def _filled(value: Any, names: dict[str, str]) -> Any:
    """Names in braces become references of the world; `{"times": [x, n]}` becomes n of x."""
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, dict) and set(value) == {"times"}:
        one, times = value["times"]
        return one * times if times <= 10_000 else [one] * times
    if isinstance(value, dict):
        return {name: _filled(inner, names) for name, inner in value.items()}
    return value
