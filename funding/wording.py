"""The sentences of routes, motions and results: one wording for page, API and paper (DESIGN 4, 5)."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money import hkd
from funding.models import Round
from funding.policy_words import range_words
from funding.rules import group, tiers
from funding.rules.tiers import Route


def route_sentence(route: Route) -> str:
    """Who decides and why: `Goes to the digitalisation working group, because HK$1,200,000.00 is between …`."""
    if route.raised == tiers.NO_FREE_HEAD:
        return _(
            "Goes to %(body)s, because the Head of Department is involved in this request and cannot decide it."
        ) % {"body": body_of(route.tier)}
    return _("Goes to %(body)s, because %(amount)s is %(range)s.") % {
        "body": body_of(route.tier),
        "amount": _assessed(route),
        "range": range_words(route.line),
    }


def body_of(tier: str) -> str:
    """Who decides at a tier, in a sentence."""
    return {
        tiers.DEPARTMENT: _("the Head of Department"),
        tiers.WORKING_GROUP: _("the digitalisation working group"),
        tiers.LEGCO: _(
            "the digitalisation working group for a recommendation and then to the Finance Committee"
            " of the Legislative Council"
        ),
    }[tier]


def link_words(why: str) -> str:
    """How two requests are linked."""
    return {
        group.SAME_PROJECT: _("same project"),
        group.SAME_PROCEDURE: _("same procedure"),
        group.SUPPLEMENT: _("supplement"),
        group.SAME_PROGRAMME: _("same programme"),
        group.DECLARED: _("declared as related"),
    }[why]


def motion_text(round_: Round) -> str:
    """What exactly is voted on."""
    if round_.motion_kind == Round.MotionKind.RECOMMEND:
        frame = _("To recommend %(amount)s for %(request)s, version %(version)s, to the Legislative Council")
    else:
        frame = _("To approve %(amount)s for %(request)s, version %(version)s")
    motion = frame % {
        "amount": hkd(round_.motion_amount),
        "request": round_.request.reference,
        "version": round_.request_version.number,
    }
    if not round_.conditions:
        return _("%(motion)s, without conditions.") % {"motion": motion}
    with_conditions = ngettext(
        "%(motion)s, with %(count)s condition.", "%(motion)s, with %(count)s conditions.", len(round_.conditions)
    )
    return with_conditions % {"motion": motion, "count": len(round_.conditions)}


def result_sentence(result: dict[str, Any]) -> str:
    """The result of a round from its stored numbers, for example: `9 seats, 1 recused, 8 may vote, quorum 5 met …`."""
    if not result:
        return ""
    if result["finding"] == "no_quorum":
        return _("%(roll)s, quorum %(quorum)s not met (%(voted)s voted): no decision.") % {
            "roll": _roll(result),
            "quorum": result["quorum"],
            "voted": result["voted"],
        }
    return _(
        "%(roll)s, quorum %(quorum)s met (%(voted)s voted): for %(for)s, against %(against)s,"
        " abstain %(abstain)s; %(test)s: %(finding)s."
    ) % {**result, "roll": _roll(result), "test": _test(result), "finding": _finding(result)}


def _roll(result: dict[str, Any]) -> str:
    seats = ngettext("%(count)s seat", "%(count)s seats", result["seats"]) % {"count": result["seats"]}
    return _("%(seats)s, %(recused)s recused, %(may_vote)s may vote") % {**result, "seats": seats}


def _test(result: dict[str, Any]) -> str:
    """What the majority is of, and the casting vote where one settled a tie."""
    if result.get("casting"):
        return _("equal votes, casting vote of the chair %(choice)s") % {"choice": _choice(result["casting"])}
    if result["finding"] == "lost" and result["for"] == result["against"] == 0:
        return _("no votes for or against")
    if is_tie(result):
        return _("equal votes for and against")
    if result["base"] == "present":
        frame = ngettext("%(share)s of %(count)s present", "%(share)s of %(count)s present", result["base_count"])
    else:
        frame = ngettext(
            "%(share)s of %(count)s vote for or against",
            "%(share)s of %(count)s votes for or against",
            result["base_count"],
        )
    return frame % {"share": _share(result), "count": result["base_count"]}


def _share(result: dict[str, Any]) -> str:
    carried = result["finding"] == "carried"
    if result["majority"] == 50:
        return _("more than half") if carried else _("not more than half")
    frame = _("more than %(percent)s%%") if carried else _("not more than %(percent)s%%")
    return frame % {"percent": result["majority"]}


def is_tie(result: dict[str, Any]) -> bool:
    """Whether as many voted for as against, where the majority is of those votes and no casting vote settled it."""
    equal = result["for"] == result["against"] > 0 and not result.get("casting")
    return equal and result["base"] == "cast" and result["finding"] in ("lost", "tied")


def _finding(result: dict[str, Any]) -> str:
    """A tie is called a tie, with what follows from it under the rule of the body."""
    if result["finding"] == "tied":
        return _("a tie, which the casting vote of the chair settles")
    if is_tie(result):
        return _("a tie, and under the rule a tied motion is not carried")
    return {"carried": _("carried"), "lost": _("lost")}[result["finding"]]


def _choice(choice: str) -> str:
    return {"for": _("for"), "against": _("against")}[choice]


def _assessed(route: Route) -> str:
    """The amount that was judged, and what it is made of where others of the group add to it."""
    counted = sum((one.amount for one in route.related), Decimal("0.00"))
    if not counted:
        return hkd(route.assessed)
    return ngettext(
        "%(assessed)s (%(own)s with %(others)s of %(count)s related request)",
        "%(assessed)s (%(own)s with %(others)s of %(count)s related requests)",
        len(route.related),
    ) % {
        "assessed": hkd(route.assessed),
        "own": hkd(route.own),
        "others": hkd(counted),
        "count": len(route.related),
    }
