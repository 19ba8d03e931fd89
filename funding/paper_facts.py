"""Which papers the tier of a submitted request asks for and its newest version does not carry."""

from collections.abc import Collection, Iterable, Mapping
import json
from typing import TypeAlias

from django.db.models import F

from core import clock
from funding.models import FundingRequest, RequestVersion, RequiredPapers
from funding.rules.lifecycle import UNDECIDED

Moment: TypeAlias = tuple[str, str, int]


def missing(requests: Collection[FundingRequest]) -> dict[int, list[str]]:
    """Kinds of paper by request, for those that lack one; two queries at most, however many they are.

    A link, a related request or a conflicted head may raise the tier after submission. What counts is what was
    frozen: only that is before the body. The papers asked for stay those of the first submission.
    """
    found = {request.pk: kinds for request in requests if (kinds := _known(request).get(_moment(request)))}
    unknown = {request.pk: request for request in requests if _moment(request) not in _known(request)}
    asked = _asked(unknown)
    for key, request in unknown.items():
        _known(request)[_moment(request)] = asked.get(key, [])
    return found | asked


def _asked(requests: Mapping[int, FundingRequest]) -> dict[int, list[str]]:
    rules = list(RequiredPapers.objects.approved()) if requests else []
    wants = {key: kinds for key, request in requests.items() if (kinds := _wanted(request, rules))}
    if not wants:
        return {}
    newest = RequestVersion.objects.filter(request__in=wants, number=F("request__submitted_version"))
    found = {}
    for key, content in newest.values_list("request", "content"):
        there = {paper["kind"] for paper in json.loads(content).get("attachments", ())}
        if lacking := [kind for kind in wants[key] if kind not in there]:
            found[key] = lacking
    return found


def _known(request: FundingRequest) -> dict[Moment, list[str]]:
    """What was found for this copy of the row: a page asks for the clock and for each act."""
    known: dict[Moment, list[str]] = request.__dict__.setdefault("_papers_missing", {})
    return known


def _moment(request: FundingRequest) -> Moment:
    return request.status, request.tier, request.submitted_version


def _wanted(request: FundingRequest, rules: Iterable[RequiredPapers]) -> list[str]:
    if request.status not in UNDECIDED or request.first_submitted_at is None:
        return []
    day = clock.hong_kong_day(request.first_submitted_at)
    rule = next((row for row in rules if row.starts_on <= day and (row.ends_on is None or day < row.ends_on)), None)
    return rule.of_tier(request.tier) if rule else []
