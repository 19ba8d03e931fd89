"""Funding policies and voting rules on /policy/: proposed, looked at, approved or withdrawn, kept on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.acts import Act, offers, send
from core.errors import NotVisible, Text
from core.forms import TrackerForm
from core.models import DatedPolicy
from core.pages import page_or_partial
from core.verdicts import Verdict
from funding import policies, policy_words, services
from funding.forms import policies as forms
from funding.forms.delegations import DelegationForm, delegation_values
from funding.forms.money import MoneyPolicyForm
from funding.forms.review_rules import ReviewRuleForm, review_rule_values
from funding.selectors import delegations, money_rules, required_papers, review_rules
from funding.selectors import policies as selectors


def _approve(work: Callable[[Any, Any], object]) -> Act:
    return Act(
        name="approve",
        label=gettext_lazy("Approve"),
        explains=gettext_lazy(
            "It comes into force on its first day and ends the one before it. What would change is on this page."
        ),
        form=forms.ApproveForm,
        may=policies.can_approve_policy,
        work=lambda user, row, typed: work(user, row),
        done=gettext_lazy("Approved."),
    )


def _withdraw(work: Callable[[Any, Any, str], object]) -> Act:
    return Act(
        name="withdraw",
        label=gettext_lazy("Withdraw the proposal"),
        explains=gettext_lazy("It stays on record and never comes into force."),
        form=forms.WithdrawProposalForm,
        may=policies.can_withdraw_policy,
        work=lambda user, row, typed: work(user, row, typed["reason"]),
        done=gettext_lazy("The proposal is withdrawn."),
        style="outline-secondary",
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of policy: its words, its rows, its form, its services and what its page shows before approval."""

    name: str
    path: str
    heading: Text
    about: Text
    propose_label: Text
    rows: Callable[[], Any]
    says: Callable[[Any], list[policy_words.Said]]
    form: type[TrackerForm]
    initial: Callable[[Any], dict[str, Any]]
    propose: Callable[..., Any]
    impact: Callable[[Any, Any], Any]
    impact_template: str
    acts: tuple[Act, ...]
    may_propose: Callable[[Any], Verdict] = policies.can_propose_policy
    form_template: str = "funding/_policy_fields.html"

    def address(self, verb: str, *args: int) -> str:
        return reverse(f"policy:{self.name}-{verb}", args=args)

    def said(self, user: Any) -> list[tuple[Any, list[policy_words.Said]]]:
        return [(row, self.says(row)) for row in self.rows().visible_to(user)]


FUNDING = Kind(
    name="funding-policy",
    path="funding",
    heading=gettext_lazy("Who decides which amount"),
    about=gettext_lazy(
        "A request keeps the policy it was first submitted under. Only a version that raises its assessed amount"
        " takes the policy in force that day."
    ),
    propose_label=gettext_lazy("Propose a funding policy"),
    rows=selectors.funding_policies,
    says=policy_words.policy_says,
    form=forms.PolicyForm,
    initial=forms.policy_values,
    propose=services.propose_policy,
    impact=selectors.policy_impact,
    impact_template="funding/_policy_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_policy(actor=user, policy_id=row.pk)),
        _withdraw(lambda user, row, reason: services.withdraw_policy(actor=user, policy_id=row.pk, reason=reason)),
    ),
)
VOTING = Kind(
    name="voting-rule",
    path="voting",
    heading=gettext_lazy("How a body decides"),
    about=gettext_lazy("A round keeps the rule it was opened with. Every result stands."),
    propose_label=gettext_lazy("Propose a voting rule"),
    rows=selectors.voting_rules,
    says=policy_words.rule_says,
    form=forms.VotingRuleForm,
    initial=forms.rule_values,
    propose=services.propose_voting_rule,
    impact=selectors.rule_impact,
    impact_template="funding/_rule_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_voting_rule(actor=user, rule_id=row.pk)),
        _withdraw(lambda user, row, reason: services.withdraw_voting_rule(actor=user, rule_id=row.pk, reason=reason)),
    ),
)
MONEY = Kind(
    name="money-policy",
    path="money",
    heading=gettext_lazy("What counts as overspent"),
    about=gettext_lazy("The rule of the day judges what is on record: releases, supplements and variances."),
    propose_label=gettext_lazy("Propose a rule about spending"),
    rows=money_rules.money_policies,
    says=money_rules.says,
    form=MoneyPolicyForm,
    initial=money_rules.values,
    propose=services.propose_money_policy,
    impact=money_rules.impact,
    impact_template="funding/_money_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_money_policy(actor=user, policy_id=row.pk)),
        _withdraw(
            lambda user, row, reason: services.withdraw_money_policy(actor=user, policy_id=row.pk, reason=reason)
        ),
    ),
)
TIMES = Kind(
    name="service-times",
    path="service-times",
    heading=gettext_lazy("How long each stage may take"),
    about=gettext_lazy(
        "In working days of Hong Kong. A stage keeps the times of the day on which it began. The first times are"
        " starting values that came with this system, not a published pledge; two people of the Team change them."
    ),
    propose_label=gettext_lazy("Propose service times"),
    rows=selectors.service_times,
    says=policy_words.times_say,
    form=forms.ServiceTimesForm,
    initial=forms.times_values,
    propose=services.propose_service_times,
    impact=selectors.times_impact,
    impact_template="funding/_times_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_service_times(actor=user, times_id=row.pk)),
        _withdraw(lambda user, row, why: services.withdraw_service_times(actor=user, times_id=row.pk, reason=why)),
    ),
)
PAPERS = Kind(
    name="required-papers",
    path="papers",
    heading=gettext_lazy("Papers that go with a request"),
    about=gettext_lazy(
        "Checked when a request is submitted. It keeps the papers asked for on the day of its first submission;"
        " where nothing is approved, the form alone is enough."
    ),
    propose_label=gettext_lazy("Propose required papers"),
    rows=required_papers.required_papers,
    says=policy_words.papers_say,
    form=forms.RequiredPapersForm,
    initial=forms.papers_values,
    propose=services.propose_required_papers,
    impact=required_papers.papers_impact,
    impact_template="funding/_papers_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_required_papers(actor=user, papers_id=row.pk)),
        _withdraw(lambda user, row, why: services.withdraw_required_papers(actor=user, papers_id=row.pk, reason=why)),
    ),
)
REVIEWS = Kind(
    name="review-rule",
    path="reviews",
    heading=gettext_lazy("Which reviews come before a decision"),
    about=gettext_lazy(
        "Asked when a version is submitted, and when its assessed amount rises. What was asked of a version stays"
        " asked. Reviews are added by kind, risk and novelty; they never change who decides."
    ),
    propose_label=gettext_lazy("Propose a rule of reviews"),
    rows=review_rules.review_rules,
    says=review_rules.says,
    form=ReviewRuleForm,
    initial=review_rule_values,
    propose=services.propose_review_rule,
    impact=review_rules.impact,
    impact_template="funding/_review_rule_impact.html",
    acts=(
        _approve(lambda user, row: services.approve_review_rule(actor=user, rule_id=row.pk)),
        _withdraw(lambda user, row, why: services.withdraw_review_rule(actor=user, rule_id=row.pk, reason=why)),
    ),
    form_template="funding/_review_rule_fields.html",
)
DELEGATIONS = Kind(
    name="delegation",
    path="delegations",
    heading=gettext_lazy("Who decides for a Head of Department"),
    about=gettext_lazy(
        "The head names somebody of the department, for a time and up to an amount; the Team approves. A delegate"
        " decides no own request, none of the head’s, and passes nothing on."
    ),
    propose_label=gettext_lazy("Propose a delegation"),
    rows=delegations.delegations,
    says=policy_words.delegation_says,
    form=DelegationForm,
    initial=delegation_values,
    propose=services.propose_delegation,
    impact=delegations.delegation_impact,
    impact_template="funding/_delegation_impact.html",
    acts=(
        replace(
            _approve(lambda user, row: services.approve_delegation(actor=user, delegation_id=row.pk)),
            may=policies.can_approve_delegation,
        ),
        replace(
            _withdraw(lambda user, row, why: services.end_delegation(actor=user, delegation_id=row.pk, reason=why)),
            label=gettext_lazy("End the delegation"),
            explains=gettext_lazy("It ends at once and stays on record. What was decided under it stands."),
            may=policies.can_end_delegation,
            done=gettext_lazy("The delegation is ended."),
        ),
    ),
    may_propose=policies.can_propose_delegation,
)
KINDS = (FUNDING, VOTING, MONEY, TIMES, PAPERS, REVIEWS, DELEGATIONS)


def section(request: SignedInRequest) -> SafeString:
    """The funding part of the page of all policies."""
    kinds = [(kind, kind.address("list"), kind.said(request.user)) for kind in KINDS]
    context = {"kinds": kinds, "today": clock.today()}
    return render_to_string("funding/_policy_sections.html", context, request=request)


def listed(kind: Kind) -> Callable[..., HttpResponse]:
    @login_required
    @require_GET
    def view(request: SignedInRequest) -> HttpResponse:
        return page_or_partial(
            request,
            page="funding/policies.html",
            kind=kind,
            said=kind.said(request.user),
            today=clock.today(),
            new=kind.address("new") if kind.may_propose(request.user) else "",
        )

    return view


def proposed(kind: Kind) -> Callable[..., HttpResponse]:
    @login_required
    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest) -> HttpResponse:
        kind.may_propose(request.user).or_raise()
        latest = kind.rows().filter(status=DatedPolicy.Status.APPROVED).first()
        form: Any = kind.form(request.POST or None, user=request.user, initial=kind.initial(latest))

        def shown() -> HttpResponse:
            return page_or_partial(
                request, page="funding/policy_form.html", kind=kind, back=kind.address("list"), form=form
            )

        def work() -> str:
            row = kind.propose(actor=request.user, **form.said())
            messages.success(request, _("The proposal is on record. A second person of the Team approves it."))
            return kind.address("detail", row.pk)

        return send(request, form, work=work, again=shown) if request.method == "POST" else shown()

    return view


def detail(kind: Kind) -> Callable[..., HttpResponse]:
    @login_required
    @require_GET
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        return _show(request, kind, _find(request, kind, number))

    return view


def acted(kind: Kind, act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        row = _find(request, kind, number)
        form = act.form(request.POST, user=request.user)

        def work() -> str:
            act.work(request.user, row, form.cleaned_data)
            messages.success(request, str(act.done))
            return kind.address("detail", row.pk)

        def again() -> HttpResponse:
            act.may(request.user, row).or_raise()  # who may not do it at all learns that, not the form's faults
            return _show(request, kind, row, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def _show(
    request: SignedInRequest, kind: Kind, row: Any, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """One policy in words. While it is proposed, with what would change."""
    waiting = row.status == DatedPolicy.Status.PROPOSED
    return page_or_partial(
        request,
        page="funding/policy.html",
        status=422 if refused else 200,
        kind=kind,
        back=kind.address("list"),
        rule=row,
        says=kind.says(row),
        today=clock.today(),
        impact=kind.impact(row, request.user) if waiting else None,
        offers=offers(
            kind.acts,
            user=request.user,
            thing=row,
            form=lambda act: act.form(user=request.user),
            address=lambda act: kind.address(act.name, row.pk),
            refused=refused or {},
        ),
    )


def _find(request: SignedInRequest, kind: Kind, number: int) -> Any:
    found = kind.rows().visible_to(request.user).filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("policy.unknown", _("There is no such policy."))
    return found
