"""Risks and issues, for insiders: `visible_to` of a concern is `insider_to` of its project."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from accounts.models import User
from projects.models import Concern, Project
from projects.rules import risks
from projects.rules.risks import Band, Cell


@dataclass(frozen=True, slots=True)
class Rated:
    concern: Concern
    score: int
    band: Band


def concern_rows(user: User) -> "QuerySet[Concern]":
    """Open ones first, the gravest first; an issue counts as certain."""
    rows = Concern.objects.visible_to(user).select_related("project__department", "owner", "raised_by")
    return rows.order_by(F("closed_on").asc(nulls_first=True), "-impact", F("likelihood").desc(nulls_first=True), "pk")


def rated(concerns: Iterable[Concern]) -> list[Rated]:
    found = []
    for concern in concerns:
        points = risks.score(concern.likelihood, concern.impact)
        found.append(Rated(concern, points, risks.band(points)))
    return found


def matrix(user: User, project: Project) -> list[list[Cell]]:
    """How many open risks of the project lie in each field."""
    rows = Concern.objects.visible_to(user).filter(project=project, kind=Concern.Kind.RISK, closed_on=None)
    return risks.matrix((risk.likelihood or risks.CERTAIN, risk.impact) for risk in rows)
