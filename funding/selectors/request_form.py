"""What the guided form shows beside its fields: its sections, what could be reused, and both versions of a conflict."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from funding.financial_years import financial_year_words
from funding.forms import RequestForm, ReviseForm
from funding.models import CostCategory, FundingRequest, UnsentForm
from funding.selectors import reuse
from funding.services.frozen import WORD
from projects.models import BenefitKind
from work import selectors as work


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form, and whether something stands in it already."""

    anchor: str
    label: str
    done: bool


@dataclass(frozen=True, slots=True)
class Both:
    """One field as it is stored now and as it was typed."""

    label: Any
    stored: str
    typed: str


def context(user: User, form: RequestForm, *, kind: str, kept: UnsentForm | None) -> dict[str, Any]:
    """Everything the template asks for."""
    funding = form.stored
    papers = list(work.documents_of(user, WORD, funding.pk).filter(withdrawn_at__isnull=True)) if funding else []
    return {
        "request_form": form,
        "lines": form.lines,
        "benefits": form.benefits,
        "funding": funding,
        "kind": kind,
        "is_revision": kind == UnsentForm.Form.REVISE,
        "kept": kept,
        "papers": papers,
        "offered": offered(user, form),
        "sections": sections(form, has_papers=bool(papers), is_revision=kind == UnsentForm.Form.REVISE),
    }


def offered(user: User, form: RequestForm) -> list[reuse.Candidate]:
    """What was looked at already, and what is like the titles as they stand in the form now."""
    chosen = [str(reference)[:40] for reference in form["reuse_considered"].value() or [] if "\x00" not in reference]
    titles = {name: str(form[name].value() or "").replace("\x00", "") for name in ("title_en", "title_zh_hant")}
    project = form.so_far()["project"]
    besides = form.stored.pk if form.stored else None
    alike = reuse.candidates(user, **titles, project=project, besides=besides)
    return reuse.together(alike, reuse.known(user, chosen))


def sections(form: RequestForm, *, has_papers: bool, is_revision: bool) -> list[Section]:
    """The parts of the form in their order, each with whether it holds something."""

    def said(*names: str) -> bool:
        return all(bool(form[name].value()) for name in names)

    found = [
        Section("what", _("What it is for"), said("project", "title_en", "justification")),
        Section("belongs", _("What it belongs to"), any(said(name) for name in ("programme", "supplements", "linked"))),
        Section("costs", _("What it costs"), _typed(form.lines, "amount")),
        Section("benefits", _("What it brings"), _typed(form.benefits, "amount")),
        Section("reuse", _("What is there already"), said("reuse")),
        Section("papers", _("Papers"), has_papers),
    ]
    if is_revision:
        found.append(Section("why", _("Why it changes"), said("reason")))
    return found


def taken_up(kept: UnsentForm) -> QueryDict:
    """What was kept, as it was posted."""
    data = QueryDict(mutable=True)
    for name, value in kept.typed:
        data.appendlist(name, value)
    return data


def kept_elsewhere(user: User, kind: str, funding: FundingRequest | None, typed: QueryDict) -> list[Both]:
    """What another window of the same person kept later, beside what this one holds."""
    kept = UnsentForm.objects.visible_to(user).filter(form=kind, request=funding).first()
    if kept is None:
        return []
    make = ReviseForm if kind == UnsentForm.Form.REVISE else RequestForm
    return both_versions(make(typed, user=user, stored=funding), make(taken_up(kept), user=user, stored=funding))


def both_versions(typed: RequestForm, stored: RequestForm) -> list[Both]:
    """The fields that differ, each in both versions, in words."""
    found = [
        Both(field.label, _in_words(field), _in_words(typed[field.name])) for field in stored if not field.is_hidden
    ]
    found += [
        Both(_("Cost lines"), _rows(stored.lines, _line), _rows(typed.lines, _line)),
        Both(_("Benefits promised"), _rows(stored.benefits, _benefit), _rows(typed.benefits, _benefit)),
    ]
    return [one for one in found if one.stored != one.typed]


def _typed(rows: Any, name: str) -> bool:
    return any(str(form[name].value() or "").strip() for form in rows.forms)


def _in_words(field: Any) -> str:
    """A value as people read it: the labels of what is chosen, or the text itself."""
    value = field.value()
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
    choices = getattr(field.field, "choices", None)
    labels = {str(key): str(label) for key, label in choices} if choices else {}
    return "; ".join(labels.get(one, one) for one in chosen if one)


def _rows(rows: Any, words: Any) -> str:
    return "\n".join(words(form) for form in rows.forms if not form.is_blank())


def _line(form: Any) -> str:
    category, year = str(form["category"].value() or ""), str(form["financial_year"].value() or "")
    parts = (
        _amount(form),
        str(CostCategory(category).label) if category in CostCategory.values else category,
        financial_year_words(int(year)) if year.isascii() and year.isdecimal() and len(year) == 4 else year,
        str(form["description"].value() or ""),
    )
    return _joined(parts)


def _benefit(form: Any) -> str:
    kind = str(form["kind"].value() or "")
    label = str(BenefitKind(kind).label) if kind in BenefitKind.values else kind
    return _joined((_amount(form), label, str(form["due_on"].value() or ""), str(form["description"].value() or "")))


def _amount(form: Any) -> str:
    """As it was typed; the same number in the same spelling, so that only real differences are shown."""
    text = str(form["amount"].value() or "")
    plain = text.replace(",", "").removeprefix("HK$")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return text
    return f"{amount:,.2f}" if amount.is_finite() else text


def _joined(parts: Iterable[str]) -> str:
    return _(", ").join(part for part in parts if part)
