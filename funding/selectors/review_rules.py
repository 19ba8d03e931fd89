"""The rules of reviews in words, and what another rule would ask of open requests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Text
from core.policy import found_on
from funding.models import FundingRequest, Review, ReviewKind, ReviewRule
from funding.policy_words import Difference, Said, differences
from funding.rules import reviews
from funding.rules.lifecycle import UNDECIDED
from funding.selectors.reviews import amount_words, holders
from funding.services.reviews import facts_of_many
from projects.models import Category


@dataclass(frozen=True, slots=True)
class RuleStep:
    passes: Text
    reviews: list[tuple[Text, list[str]]]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """An open request of which other reviews would be asked: kinds before and after, in words."""

    request: FundingRequest
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class ReviewRuleImpact:
    """What differs from the rule before. `unheld` are kinds that nobody could answer today, in words."""

    replaces: ReviewRule | None
    differences: Sequence[Difference]
    unheld: Sequence[str]
    judged: int
    otherwise: Sequence[Otherwise]


def review_rules() -> "QuerySet[ReviewRule]":
    rows = ReviewRule.objects.select_related("proposed_by", "approved_by", "withdrawn_by")
    return rows.order_by("-starts_on", "-pk")


def says(rule: ReviewRule) -> list[Said]:
    """Each kind of review: its step and how that passes, and the conditions that must all hold."""
    found = {str(kind): _("not asked") for kind in ReviewKind}
    for number, step in enumerate(rule.steps, start=1):
        for review in step["reviews"]:
            found[review["kind"]] = _("step %(number)s (%(passes)s): %(conditions)s") % {
                "number": number,
                "passes": Review.Passes(step["passes"]).label,
                "conditions": _("; ").join(conditions(review["when"])),
            }
    return [Said(str(ReviewKind(kind).label), text) for kind, text in found.items()]


def rule_steps(rule: ReviewRule) -> list[RuleStep]:
    """A rule in words, step by step."""
    return [
        RuleStep(
            Review.Passes(step["passes"]).label,
            [(ReviewKind(one["kind"]).label, conditions(one["when"])) for one in step["reviews"]],
        )
        for step in rule.steps
    ]


def impact(rule: ReviewRule, user: User) -> ReviewRuleImpact:
    """Open requests the reader may see of which other kinds would be asked if they were submitted under the rule."""
    replaces = found_on(review_rules(), rule.starts_on)
    rows = FundingRequest.objects.visible_to(user).filter(status__in=UNDECIDED).select_related("project")
    requests = list(rows.order_by("reference"))
    known = facts_of_many(requests)
    judged = [
        Otherwise(one, _kinds(replaces.steps if replaces else (), known[one.pk]), _kinds(rule.steps, known[one.pk]))
        for one in requests
    ]
    return ReviewRuleImpact(
        replaces=replaces,
        differences=differences(says(replaces), says(rule)) if replaces else (),
        unheld=unheld(rule),
        judged=len(requests),
        otherwise=[one for one in judged if one.before != one.after],
    )


def unheld(rule: ReviewRule) -> list[str]:
    """The kinds that the rule asks and that nobody has the role to answer today."""
    kinds = {ReviewKind(review["kind"]) for step in rule.steps for review in step["reviews"]}
    return [str(kind.label) for kind, people in holders(kinds).items() if not people]


def conditions(when: dict[str, Any]) -> list[str]:
    found = []
    if words := when.get("words"):
        found.append(_("the technique names one of: %(words)s, or is not stated") % {"words": _(", ").join(words)})
    if categories := when.get("categories"):
        found.append(_("the category is one of: %(categories)s") % {"categories": _labels(categories)})
    if when.get("public_facing"):
        found.append(_("the public uses it, or it is not stated"))
    if when.get("first_use"):
        found.append(_("the department has not used this technique before, or it is not stated"))
    if when.get("amount_from"):
        found.append(amount_words(when["amount_from"]))
    return found or [_("asked for every request")]


def _labels(categories: Iterable[str]) -> str:
    return _(", ").join(str(Category(one).label) for one in categories)


def _kinds(steps: Sequence[Any], facts: reviews.Facts) -> list[str]:
    return [str(ReviewKind(one.kind).label) for one in reviews.asked(steps, facts)]
