"""The policies of the programme as dated, two-person data: proposed, looked at, approved or withdrawn."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import as_at
from core.acts import Act, offers, send
from core.errors import NotVisible
from core.forms import TrackerForm
from core.pages import page_or_partial
from projects import policies, policy_sections, services
from projects.forms.policy import ApproveForm, RuleForm, WithdrawForm, values_of
from projects.models import CountingRule, EvidenceKind
from projects.selectors import counting

APPROVE = Act(
    name="approve",
    label=gettext_lazy("Approve the rule"),
    explains=gettext_lazy(
        "It comes into force on its first day and ends the rule before it. What would change is above."
    ),
    form=ApproveForm,
    may=policies.can_approve_rule,
    work=lambda user, rule, typed: services.approve_rule(actor=user, rule_id=rule.pk),
    done=gettext_lazy("The rule is approved."),
)
WITHDRAW = Act(
    name="withdraw",
    label=gettext_lazy("Withdraw the proposal"),
    explains=gettext_lazy("It stays on record and never comes into force."),
    form=WithdrawForm,
    may=policies.can_withdraw_rule,
    work=lambda user, rule, typed: services.withdraw_rule(actor=user, rule_id=rule.pk, reason=typed["reason"]),
    done=gettext_lazy("The proposal is withdrawn."),
    style="outline-secondary",
)
RULE_ACTS: tuple[Act, ...] = (APPROVE, WITHDRAW)


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every kind of policy there is, with what is in force and what waits for a second person."""
    return page_or_partial(
        request,
        page="projects/policy_index.html",
        rules=_rules(request),
        today=as_at.day(),
        sections=policy_sections.rendered(request),
    )


@login_required
@require_GET
@as_at.honoured
def counting_rules(request: SignedInRequest) -> HttpResponse:
    return page_or_partial(
        request,
        page="projects/counting_rules.html",
        rules=_rules(request),
        today=as_at.day(),
        may_propose=not as_at.current() and policies.can_propose_rule(request.user),
    )


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    policies.can_propose_rule(request.user).or_raise()
    latest = CountingRule.objects.filter(status=CountingRule.Status.APPROVED).order_by("-starts_on").first()
    form = RuleForm(request.POST or None, user=request.user, initial=values_of(latest))

    def shown() -> HttpResponse:
        return page_or_partial(request, page="projects/counting_rule_form.html", form=form)

    def work() -> str:
        rule = services.propose_rule(actor=request.user, **form.said())
        messages.success(request, _("The rule is proposed. A second person of the Team approves it."))
        return address(rule)

    return send(request, form, work=work, again=shown) if request.method == "POST" else shown()


@login_required
@require_GET
def counting_rule(request: SignedInRequest, number: int) -> HttpResponse:
    return show(request, find(request, number))


def rule_act(act: Act) -> Callable[..., HttpResponse]:
    """The address behind one act's button."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, number: int) -> HttpResponse:
        rule = find(request, number)
        form = act.form(request.POST, user=request.user)

        def work() -> str:
            act.work(request.user, rule, form.cleaned_data)
            messages.success(request, str(act.done))
            return address(rule)

        def again() -> HttpResponse:
            act.may(request.user, rule).or_raise()  # who may not do it at all learns that, not the form's faults
            return show(request, rule, refused={act.name: form})

        return send(request, form, work=work, again=again)

    return view


def show(
    request: SignedInRequest, rule: CountingRule, *, refused: Mapping[str, TrackerForm] | None = None
) -> HttpResponse:
    """One rule in words. While it is proposed, with everything that would fall and join."""
    waiting = rule.status == CountingRule.Status.PROPOSED
    return page_or_partial(
        request,
        page="projects/counting_rule.html",
        status=422 if refused else 200,
        rule=rule,
        evidence=evidence_words(rule),
        impact=counting.rule_impact(rule, request.user) if waiting else None,
        offers=offers(
            RULE_ACTS,
            user=request.user,
            thing=rule,
            form=lambda act: act.form(user=request.user),
            address=lambda act: reverse(f"projects:counting-rule-{act.name}", args=[rule.pk]),
            refused=refused or {},
        ),
    )


def find(request: SignedInRequest, number: int) -> CountingRule:
    rows = CountingRule.objects.visible_to(request.user).select_related("proposed_by", "approved_by")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotVisible("policy.unknown", _("There is no such policy."))
    return found


def address(rule: CountingRule) -> str:
    return reverse("projects:counting-rule-detail", args=[rule.pk])


def evidence_words(rule: CountingRule) -> list[str]:
    return [str(EvidenceKind(kind).label) for kind in rule.required_evidence]


def _rules(request: SignedInRequest) -> list[tuple[CountingRule, list[str]]]:
    rows = CountingRule.objects.visible_to(request.user).select_related("proposed_by", "approved_by")
    return [(rule, evidence_words(rule)) for rule in rows.order_by("-starts_on", "-pk")]
