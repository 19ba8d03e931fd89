"""The invented people of the demonstration: who they are, where they serve, what they may do.

A department with procedures has a project lead and a Head. The Team sits in the Administration Wing,
which delivers nothing itself, so that its verifiers are never in the family of a department whose claim
they judge (DESIGN 3).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
import tomllib

from django.utils.translation import gettext_lazy as _

PASSWORD = "harbour-lantern-2026"  # noqa: S105 - one shared, printed password: demonstration databases only
LIST = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class Officer:
    """One invented person with one account. `seat` is a seat number of the working group."""

    username: str
    name_en: str
    name_zh: str
    post_en: str
    post_zh: str
    department: str
    is_head: bool = False
    roles: tuple[str, ...] = ()
    seat: int | None = None

    @property
    def email(self) -> str:
        return f"{self.username}@demonstration.invalid"


def username_stem(department_code: str) -> str:
    """`ImmD` gives `imm`, `C&ED` gives `ced`: short, and what a person would type."""
    letters = "".join(character for character in department_code.lower() if character.isalnum())
    return letters.removesuffix("d") if letters in {"immd", "landsd", "pland"} else letters


@cache
def everybody() -> tuple[Officer, ...]:
    """The Team, the working group, then lead and Head of every delivering department."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    officers = [
        Officer(
            row["username"],
            row["name"][0],
            row["name"][1],
            row["post"][0],
            row["post"][1],
            row["department"],
            roles=tuple(row.get("roles", ())),
            seat=row.get("seat"),
        )
        for row in listed["officer"]
    ]
    for row in listed["delivery"]:
        stem = username_stem(row["department"])
        (lead, lead_zh), (head, head_zh), (head_post, head_post_zh) = row["lead"], row["head"], row["head_post"]
        officers += [
            Officer(f"{stem}.lead", lead, lead_zh, "Systems Manager", "系統經理", row["department"]),
            Officer(f"{stem}.head", head, head_zh, head_post, head_post_zh, row["department"], is_head=True),
        ]
    return tuple(officers)


# What `demo --accounts` prints and the sign-in page lists: enough to walk the whole thread, not every account there is.
SHOWN = (
    ("official", _("sees the headline and every register")),
    ("imm.lead", _("leads Immigration's projects: registers, claims, asks for money")),
    ("imm.head", _("Head of Immigration: endorses requests, decides the smallest")),
    ("secretary", _("screens requests, opens rounds, publishes decisions")),
    ("chair", _("chairs the working group: votes, calls last, closes")),
    ("member2", _("votes in the working group (so do member3 to member9)")),
    ("verifier", _("verifies claims of other departments")),
    ("verifier2", _("second verifier, for late claims")),
    ("finance", _("commits approved money against the envelope")),
    ("team", _("the Team: sees every request, proposes and approves rules")),
    ("privacy", _("answers privacy reviews of requests (so do security, law and procurement of theirs)")),
    ("reports", _("filters and exports the registers")),
    ("auditor", _("reads everything and the ledger")),
    ("admin", _("invites people, gives roles")),
    ("outsider", _("an officer elsewhere: sees only what everybody sees")),
)
