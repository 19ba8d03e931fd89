"""The letter that tells a department what was decided (FEATURES D13)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.money import hkd
from core.paper import Facts, Heading, Paper, Part, Table, Text
from funding import wording
from funding.models import Condition, Decision, Outcome, Tier
from funding.papers import parts
from funding.policies.outcomes import is_appealable, last_day_of_appeal
from funding.selectors import besides, outcomes
from funding.selectors.versions import content


def letter(user: User, decision: Decision) -> Paper:
    """Of a published decision; dated by its publication, so that it never changes afterwards."""
    request, published = decision.request, decision.published_at
    if published is None:
        raise ValueError("Only a published decision has a letter.")
    entry = parts.act("decision.published", request.ledger_ref, decision=decision.pk)
    return Paper(
        title=_("Decision on funding request %(reference)s") % {"reference": request.reference},
        reference=f"{request.reference}/{decision.pk}",
        mark=parts.mark(),
        at=published,
        parts=[
            Text(_sentence(decision), "lead"),
            _about(decision),
            *_working(decision),
            *_conditions(decision),
            *parts.cost_table(besides.of_content(user, content(decision.request_version))),
            Heading(_("What follows"), 2),
            Text(_what_follows(decision)),
            Text(_signature(decision), "quiet"),
        ],
        proof=parts.proof(entry),
    )


def _sentence(decision: Decision) -> str:
    said = outcomes.outcome_words(decision)
    if decision.is_refusal:
        return _("Outcome: %(outcome)s.") % {"outcome": said}
    return _("Outcome: %(outcome)s, %(amount)s.") % {"outcome": said, "amount": hkd(decision.granted)}


def _about(decision: Decision) -> Facts:
    request, version = decision.request, decision.request_version
    head = _("Head of Department, %(department)s") % {"department": request.department}
    return parts.facts(
        (_("To"), head),
        (_("Request"), f"{request.reference} {request.in_language('title')}"),
        (_("Project"), f"{request.project.reference} {request.project.in_language('title')}"),
        (_("Applicant"), request.applicant),
        (_("Version"), version.number),
        (_("Amount asked"), hkd(version.own_amount)),
        (_("Decided by"), _who(decision)),
        (_("Decided"), parts.moment_words(decision.decided_at)),
        (_("Published"), parts.moment_words(decision.published_at or decision.decided_at)),
    )


def _who(decision: Decision) -> str:
    if decision.round is not None:
        return str(decision.round.body)
    if decision.entry is not None:
        return _("Finance Committee of the Legislative Council")
    return parts.in_a_row(_("Head of Department"), decision.decided_by)


def _working(decision: Decision) -> list[Part]:
    """How the vote came out and why, as it was published."""
    found: list[Part] = []
    if decision.round is not None:
        found += [Heading(_("Result of the vote"), 2), Text(wording.result_sentence(decision.round.result))]
    if decision.entry is not None:
        entry = decision.entry
        counts = _("%(present)s members present: for %(for)s, against %(against)s, abstain %(abstain)s.") % {
            "present": entry.present,
            "for": entry.votes_for,
            "against": entry.votes_against,
            "abstain": entry.abstained,
        }
        paper = parts.in_a_row(entry.item.paper, date_format(entry.meeting_on, "DATE_FORMAT"))
        found += [Heading(_("Legislative Council"), 2), Text(f"{paper}\n{counts}")]
    if decision.reason:
        found += [Heading(_("Reason"), 2), Text(decision.reason)]
    return found


def _conditions(decision: Decision) -> list[Part]:
    """With owner and day, as they were set on publication; an owner who changed since is on the page."""
    if decision.is_refusal or not decision.conditions:
        return []
    days = dict(Condition.objects.filter(decision=decision).values_list("number", "due_on"))
    rows = [
        [str(number), text, date_format(days[number], "DATE_FORMAT") if number in days else parts.NOTHING]
        for number, text in enumerate(decision.conditions, start=1)
    ]
    return [Heading(_("Conditions"), 2), Table(["#", _("Condition"), _("Due on")], rows)]


def _what_follows(decision: Decision) -> str:
    lines = []
    if decision.outcome == Outcome.APPROVED:
        lines.append(_("The money may be committed against an envelope from the day of publication."))
    if decision.outcome == Outcome.RECOMMENDED and decision.tier == Tier.LEGCO:
        lines.append(_("The recommendation goes to the Finance Committee; no money is committed before it decides."))
    if is_appealable(decision):
        day = date_format(last_day_of_appeal(decision), "DATE_FORMAT")
        lines.append(_("An appeal may be filed until %(day)s, that day included, as a new request.") % {"day": day})
    return "\n".join(lines or [_("The decision is final.")])


def _signature(decision: Decision) -> str:
    return _("Published by %(who)s, secretary.") % {"who": decision.published_by or parts.NOTHING}
