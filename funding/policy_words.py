"""Funding policies and voting rules in words, line by line, so that a page can also say what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import Text
from core.money import hkd
from funding.models import Delegation, FundingPolicy, RequiredPapers, ServiceTimes, TierLine, VotingRule
from funding.rules import tally, tiers
from work.models import DocumentKind

FAULTS: dict[str, Text] = {
    "tiers.each_once": gettext_lazy("Give each tier once: department, working group and Legislative Council."),
    "tiers.top_open": gettext_lazy(
        "The department and the working group each have an upper line, and the Legislative Council has none."
    ),
    "tiers.rising": gettext_lazy("The working group’s line must be above the department’s."),
    "tiers.body": gettext_lazy("Name the body that votes on each tier above the department’s, and on no other."),
}
DECIDERS = {
    tiers.DEPARTMENT: gettext_lazy("the Head of Department"),
    tiers.WORKING_GROUP: gettext_lazy("the working group"),
    tiers.LEGCO: gettext_lazy("the Legislative Council"),
}
FINDINGS: dict[str, Text] = {
    tally.Finding.CARRIED: gettext_lazy("carried"),
    tally.Finding.LOST: gettext_lazy("lost"),
    tally.Finding.TIED: gettext_lazy("equal votes, for the chair to settle"),
    tally.Finding.NO_QUORUM: gettext_lazy("no quorum"),
}


TIMES: dict[str, Text] = {
    "decide": gettext_lazy("The Head of Department decides"),
    "endorse": gettext_lazy("The Head of Department endorses"),
    "screen": gettext_lazy("The secretary screens"),
    "list": gettext_lazy("The secretary puts it to a vote"),
    "vote": gettext_lazy("The body decides"),
    "publish": gettext_lazy("The secretary publishes"),
    "answer": gettext_lazy("The applicant answers questions"),
    "escalate": gettext_lazy("Overdue: whoever stands above is told after"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a policy says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two policies say differently."""

    label: str
    before: str
    after: str


def policy_says(policy: FundingPolicy) -> list[Said]:
    """Who decides what, the side of each edge in words, who votes, and how requests are counted together."""
    lines = list(policy.lines.all())
    return [
        *(Said(label, text) for label, text in _amounts(lines)),
        Said(_("Votes on the working group’s tier"), _body(lines, tiers.WORKING_GROUP)),
        Said(_("Recommends to the Legislative Council"), _body(lines, tiers.LEGCO)),
        Said(_("Linked requests counted together"), _linking(policy.linking_months)),
        Said(_("Appeals"), _appeals(policy.appeal_days)),
        Said(_("Members of the applicant’s department"), str(policy.get_same_department_display())),
    ]


def rule_says(rule: VotingRule) -> list[Said]:
    """How a body decides."""
    return [
        Said(_("Quorum"), _quorum(rule)),
        Said(_("Carried by"), _majority(rule)),
        Said(_("Abstentions"), _abstentions(rule)),
        Said(_("Equal votes"), str(rule.get_tie_display())),
        Said(
            _("Last call before the close"),
            ngettext("%(count)s second", "%(count)s seconds", rule.last_call_seconds)
            % {"count": rule.last_call_seconds},
        ),
    ]


def times_say(times: ServiceTimes) -> list[Said]:
    """How many working days each stage may take, and after how many more above is told."""
    return [
        Said(
            str(TIMES[stage]),
            ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count},
        )
        for stage, count in times.days.items()
    ]


def papers_say(papers: RequiredPapers) -> list[Said]:
    """Which papers go with a request of each tier, beside its form."""
    labels = {
        tiers.DEPARTMENT: _("The department decides"),
        tiers.WORKING_GROUP: _("The working group decides"),
        tiers.LEGCO: _("The Legislative Council decides"),
    }
    return [Said(labels[tier], _papers(papers.of_tier(tier))) for tier in tiers.TIERS]


def delegation_says(given: Delegation) -> list[Said]:
    """Who decides for whom, up to which amount and until when."""
    return [
        Said(_("Department"), str(given.department)),
        Said(_("Decides for the Head of Department"), str(given.delegate)),
        Said(_("In the name of"), str(given.proposed_by)),
        Said(_("Up to an assessed amount of"), hkd(given.most)),
    ]


def differences(before: Sequence[Said], after: Sequence[Said]) -> list[Difference]:
    """What the second says otherwise than the first, in its order."""
    earlier = {said.label: said.text for said in before}
    return [
        Difference(said.label, earlier.get(said.label, "—"), said.text)
        for said in after
        if earlier.get(said.label) != said.text
    ]


def edge(amount: Decimal, tier: str) -> str:
    """`HK$500,000.00 exactly goes to the working group`."""
    return _("%(amount)s exactly goes to %(body)s") % {"amount": hkd(amount), "body": DECIDERS[tier]}


def _amounts(lines: Sequence[TierLine]) -> Iterator[tuple[str, str]]:
    """The bands from the smallest amounts up, with the amount between two of them said by itself."""
    labels = {
        tiers.DEPARTMENT: _("The department decides"),
        tiers.WORKING_GROUP: _("The working group decides"),
        tiers.LEGCO: _("The Legislative Council decides"),
    }
    at_edge = {tiers.DEPARTMENT: _("Exactly on the first line"), tiers.WORKING_GROUP: _("Exactly on the second line")}
    found = tiers.bands(tiers.TierLine(line.tier, line.upper, line.upper_included) for line in lines)
    for band, above in zip(found, (*found[1:], None), strict=True):
        yield labels[band.tier], range_words(band)
        if above is not None and band.upper is not None:
            yield at_edge[band.tier], edge(band.upper, band.tier if band.upper_included else above.tier)


def range_words(band: tiers.Band) -> str:
    """The amounts of a band: `less than HK$500,000.00`. Between two lines both belong to it unless said otherwise."""
    lower, upper = hkd(band.lower or Decimal(0)), hkd(band.upper or Decimal(0))
    if band.upper is None:
        frame = _("at least %(lower)s") if band.lower_included else _("more than %(lower)s")
    elif band.lower is None:
        frame = _("at most %(upper)s") if band.upper_included else _("less than %(upper)s")
    elif band.lower_included and band.upper_included:
        frame = _("between %(lower)s and %(upper)s")
    elif band.lower_included:
        frame = _("at least %(lower)s and less than %(upper)s")
    elif band.upper_included:
        frame = _("more than %(lower)s and at most %(upper)s")
    else:
        frame = _("more than %(lower)s and less than %(upper)s")
    return frame % {"lower": lower, "upper": upper}


def _papers(kinds: Sequence[str]) -> str:
    return _(", ").join(str(DocumentKind(kind).label) for kind in kinds) or _("nothing beside the form")


def _body(lines: Sequence[TierLine], tier: str) -> str:
    return next((str(line.body) for line in lines if line.tier == tier and line.body), "—")


def _linking(months: int) -> str:
    return ngettext(
        "those first submitted within %(count)s month of each other, and all of one project",
        "those first submitted within %(count)s months of each other, and all of one project",
        months,
    ) % {"count": months}


def _appeals(days: int) -> str:
    return ngettext("filed within %(count)s day of publication", "filed within %(count)s days of publication", days) % {
        "count": days
    }


def _quorum(rule: VotingRule) -> str:
    if not rule.quorum_share_percent:
        return ngettext("at least %(count)s seat", "at least %(count)s seats", rule.quorum_least) % {
            "count": rule.quorum_least
        }
    if rule.recused_count_for_quorum:
        frame = _("more than %(share)s%% of all seats, recused ones included, and at least %(least)s")
    else:
        frame = _("more than %(share)s%% of the seats that may vote, and at least %(least)s")
    return frame % {"share": rule.quorum_share_percent, "least": rule.quorum_least}


def _majority(rule: VotingRule) -> str:
    if rule.majority_base == VotingRule.Base.PRESENT:
        frame = _("more than %(share)s%% of the members who voted, abstentions included")
    else:
        frame = _("more than %(share)s%% of the votes for and against")
    return frame % {"share": rule.majority_percent}


def _abstentions(rule: VotingRule) -> str:
    if rule.majority_base == VotingRule.Base.PRESENT:
        return _("count for the quorum and among those present")
    return _("count for the quorum only")
