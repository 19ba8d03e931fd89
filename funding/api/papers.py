"""Letters, minutes and packs over the API as PDF, in the language of Accept-Language."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from core.errors import NotVisible
from core.paper import PDF
from funding import papers
from funding.models import Meeting, Round
from funding.selectors import meetings, rounds
from funding.selectors import papers as rows

AS_PDF = extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
WITHOUT_FILTER = action(detail=True, methods=["get"], pagination_class=None)
WITH_FILTER = action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)


class DecisionPapers:
    """Mixed into the view set of decisions."""

    actor: Any

    @AS_PDF
    @WITHOUT_FILTER
    def letter(self, request: Request, pk: str) -> HttpResponse:
        """The decision letter. Only with the right to the whole request."""
        found = rows.decision(self.actor, int(pk))
        return papers.letter(self.actor, found).answer(f"letter-{found.request.reference}-{found.pk}")


class RoundPapers:
    """Mixed into the view set of rounds."""

    actor: Any

    @AS_PDF
    @WITH_FILTER
    def minutes(self, request: Request, pk: str) -> HttpResponse:
        """The minutes extract of a published round."""
        found = self._round(pk)
        if found.published_at is None:
            raise NotVisible("minutes.none", _("There are minutes once the round is published."))
        return papers.minutes(self.actor, found).answer(f"minutes-{found.request.reference}-{found.number}")

    @AS_PDF
    @WITH_FILTER
    def pack(self, request: Request, pk: str) -> HttpResponse:
        """The paper pack as it was frozen at the opening."""
        found = self._round(pk)
        return papers.pack(self.actor, found).answer(f"pack-{found.request.reference}-{found.number}")

    def _round(self, key: str) -> Round:
        return rounds.one(self.actor, int(key))


class MeetingPapers:
    """Mixed into the view set of meetings."""

    actor: Any

    @AS_PDF
    @WITHOUT_FILTER
    def pack(self, request: Request, pk: str) -> HttpResponse:
        """The agenda as published with every paper on it that is open to the caller."""
        found = self._meeting(int(pk))
        if found is None or found.published_at is None:
            raise NotVisible("pack.none", _("There is a pack once the agenda is published."))
        return papers.meeting_pack(self.actor, found).answer(f"pack-{found.body.code}-{found.number}")

    def _meeting(self, key: int) -> Meeting | None:
        return meetings.for_page(self.actor).filter(pk=key).first() if key < 2**63 else None
