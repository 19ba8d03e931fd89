"""Drafts of reports and of errata: the data are gathered once, at one instant, and never move again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from core import clock, ledger
from core.errors import InvalidInput, Unprocessable
from core.references import next_reference
from reports import policies, selectors
from reports.house import HouseForm, form_named
from reports.models import Report
from reports.rules import completeness, periods
from reports.rules.content import canonical, digest
from reports.rules.lifecycle import erratum_reference
from reports.rules.periods import Kind, Period
from reports.selectors.asking import Question, question_of, stored_content
from reports.selectors.standing import named

FORMAT = "govai_tracker report 1"
LANGUAGES = ["en", "zh-hant", "zh-hans"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of the Legislative Council that an answer answers."""

    number: str = ""
    text_en: str = ""
    text_zh_hant: str = ""

    def as_text(self) -> dict[str, str]:
        return {"number": self.number, "en": self.text_en, "zh_hant": self.text_zh_hant, "zh_hans": ""}


NOTHING_ASKED = Asked()


@transaction.atomic
def draft_report(
    *,
    actor: User,
    form: str,
    period: str,
    department: Department | None = None,
    as_at: datetime | None = None,
    asked: Asked = NOTHING_ASKED,
) -> Report:
    """Gather what a form asks for. Without an instant: the end of the period, or now while it still runs."""
    policies.can_draft(actor).or_raise()
    house = form_named(form)
    read = read_period(period, house.period)
    refuse_scope(house, department, asked)
    before = _instant(read, as_at)
    question = Question(read, min(clock.hong_kong_day(_last(before)), read.last), before, before, department)
    return _store(actor, house, question, next_reference(f"RPT-{clock.today().year}"), asked=asked)


@transaction.atomic
def draft_erratum(*, actor: User, report_id: int, reason: str) -> Report:
    """The same question as the issued report's, with what was learned since. It replaces that report once issued."""
    replaced = Report.objects.select_for_update().get(pk=report_id)
    policies.can_correct(actor, replaced).or_raise()
    question = question_of(replaced).again(known_before=clock.database_now())
    reference = erratum_reference(replaced.reference)
    taken = Report.objects.filter(reference__startswith=f"{reference.partition('-E')[0]}-E").order_by("pk").last()
    if taken is not None:  # a withdrawn erratum keeps its number
        reference = erratum_reference(taken.reference)
    told = stored_content(replaced)["question"]
    asked = Asked(told["number"], told["en"], told["zh_hant"]) if told else NOTHING_ASKED
    house = form_named(replaced.form)
    return _store(actor, house, question, reference, asked=asked, replaces=replaced, reason=reason)


def read_period(written: str, kind: Kind) -> Period:
    try:
        return periods.read(written, kind)
    except periods.Unreadable as error:
        message = _("Write a day as 2026-11-22, a month as 2026-10, a quarter as 2026-Q3, a financial year as 2026-27.")
        raise InvalidInput("period.format", message, fields={"period": [message]}) from error


def content_of(house: HouseForm, question: Question, asked: Asked) -> dict[str, Any]:
    """Everything a report says, without its number: the same question at the same instant is the same content."""
    data = selectors.gather(question, house.datasets)
    position = question.dated.position
    return {
        "format": FORMAT,
        "form": house.key,
        "form_version": house.version,
        "department": (
            {
                "code": question.department.code,
                "safe": question.department.safe_code,
                "name": named(question.department),
            }
            if question.department
            else None
        ),
        "period": {
            "kind": question.period.kind.value,
            "first": question.period.first.isoformat(),
            "last": question.period.last.isoformat(),
        },
        "languages": LANGUAGES,
        "day": question.day.isoformat(),
        "known_before": ledger.instant_text(question.known_before),
        "stated_before": ledger.instant_text(question.stated_before),
        "position": position,
        "question": asked.as_text() if house.asks_question else None,
        "data": data,
        "coverage": completeness.coverage(data),
        "warnings": completeness.warnings(data, is_running=question.day < question.period.last),
    }


def _store(
    actor: User,
    house: HouseForm,
    question: Question,
    reference: str,
    *,
    asked: Asked,
    replaces: Report | None = None,
    reason: str = "",
) -> Report:
    content = content_of(house, question, asked)
    stored = canonical(content)
    report = Report.objects.create(
        reference=reference,
        form=house.key,
        department=question.department,
        period=question.period.written,
        day=question.day,
        known_before=question.known_before,
        position=content["position"],
        content=stored.decode(),
        digest=digest(stored),
        replaces=replaces,
        reason=reason,
        drafted_by=actor.person,
        drafted_at=clock.database_now(),
    )
    facts: dict[str, ledger.Fact] = {
        "form": house.key,
        "period": report.period,
        "department": question.department.code if question.department else "",
        "digest": report.digest,
        "known_to": report.position,
        "replaces": replaces.reference if replaces else "",
        "reason": reason,
    }
    ledger.record("report.drafted", actor=actor, subject=report, facts=facts)
    return report


def refuse_scope(house: HouseForm, department: Department | None, asked: Asked) -> None:
    if house.is_of_department and department is None:
        message = _("This report is about one department: name it.")
        raise InvalidInput("report.department", message, fields={"department": [message]})
    if not house.is_of_department and department is not None:
        message = _("This report is about all departments.")
        raise InvalidInput("report.department", message, fields={"department": [message]})
    if house.asks_question and not (asked.number and asked.text_en and asked.text_zh_hant):
        message = _("Give the question’s number and its text in both languages.")
        raise InvalidInput("report.question", message, fields={"question_number": [message]})
    if not house.asks_question and asked != NOTHING_ASKED:
        message = _("This report answers no question.")
        raise InvalidInput("report.question", message, fields={"question_number": [message]})


def _instant(period: Period, as_at: datetime | None) -> datetime:
    now = clock.database_now()
    if as_at is None:
        as_at = min(clock.end_of_day(period.last), now)
    if as_at > now:
        message = _("What is known can be shown for the past only.")
        raise InvalidInput("date.future", message, fields={"as_at": [message]})
    if clock.hong_kong_day(_last(as_at)) < period.first:
        message = _("The period had not begun by then.")
        raise Unprocessable("report.early", message, fields={"period": [message]})
    return as_at


def _last(before: datetime) -> datetime:
    """The last instant that counts."""
    return before - timedelta(microseconds=1)
