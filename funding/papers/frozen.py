"""One version of one request as it was frozen, laid out for packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.paper import Heading, Items, Part, Text
from funding.models import RequestStep, RequestVersion
from funding.papers import parts
from funding.selectors import besides, rounds
from funding.selectors.besides import Besides
from funding.selectors.versions import content as content_of


@dataclass(frozen=True, slots=True)
class Frozen:
    """`statement` is the endorsement the version came with, where it needed one."""

    version: RequestVersion
    content: Mapping[str, Any]
    besides: Besides
    statement: RequestStep | None

    @property
    def title(self) -> str:
        return rounds.paper_title(dict(self.content))

    @property
    def justification(self) -> str:
        return self.content["justification"] or _("Not written yet.")

    def parts(self) -> list[Part]:
        """The whole of it under headings of level 2."""
        said: list[Part] = [Heading(_("Justification"), 2), Text(self.justification)]
        if self.statement is not None:
            by = parts.in_a_row(self.statement.person, parts.moment_words(self.statement.at))
            said += [Heading(_("Statement of the Head of Department"), 2), Text(self.statement.note), Text(by, "quiet")]
        if self.content["procedures"]:
            said += [Heading(_("Procedures served"), 2), Items(self.content["procedures"])]
        if self.content["linked"]:
            said += [Heading(_("Related requests"), 2), Items(self.content["linked"])]
        said += [*parts.cost_lines(rounds.paper_lines(dict(self.content))), *parts.promises(self.besides)]
        said += [Heading(_("Could something be reused?"), 2), Text(self.besides.answer)]
        if self.besides.reason:
            said.append(Text(self.besides.reason))
        return [*said, *parts.attachments(self.besides)]

    def digest(self, motion: str = "") -> list[Part]:
        """The SHA-256 of what was frozen, by which it is told from any other text."""
        words = _("Version %(version)s") % {"version": self.version.digest}
        if motion:
            words = _("Version %(version)s, motion %(motion)s") % {"version": self.version.digest, "motion": motion}
        return [Heading(_("What was frozen (SHA-256)"), 2), Text(words, "quiet")]


def frozen(user: User, version: RequestVersion, *, before: datetime) -> Frozen:
    """A version with the endorsement that stood at a moment."""
    content = content_of(version)
    steps = version.request.steps.filter(move="endorse", at__lte=before).select_related("person")
    return Frozen(version, content, besides.of_content(user, content), steps.order_by("-at").first())
