"""Steps that the tests of outcomes share: a stored file, figures of the Finance Committee, people of other units."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core import clock
from core.uploads import StoredFile
from funding import services
from funding.models import FundingRequest
from funding.rules.finance_committee import Counts
from funding.services.finance_committee import Figures
from tests.factories.accounts import DepartmentFactory, PersonFactory, PostingFactory, UserFactory, give_role

FILE = StoredFile("aa/minutes.pdf", "minutes.pdf", "pdf", "application/pdf", 10, "0" * 64)
ASKED = "25000000.00"


def officer(name: str, role: str, department: Any = None) -> Any:
    """Somebody with a role, posted to a department of their own unless one is given."""
    person = PersonFactory(name_en=name)
    PostingFactory(person=person, department=department or DepartmentFactory())
    give_role(person, role)
    return UserFactory(username=name, person=person)


def figures(amount: str = ASKED, **changes: Any) -> Figures:
    counts = {"present": 40, "votes_for": 30, "votes_against": 5, "abstained": 2, "casting": ""}
    said = Figures("approved", clock.today(), Counts(**{**counts, **changes.pop("counts", {})}), Decimal(amount))
    return replace(said, **changes)


def before_legco(office: Any, *, paper: str = "FCR(2026-27)12", choices: str = "fffff") -> FundingRequest:
    """A recommended request of HK$25,000,000.00 whose papers are known."""
    decision = office.published(ASKED, choices, project=office.new_project())
    set_papers(office, decision.request, paper=paper)
    return FundingRequest.objects.get(pk=decision.request_id)


def set_papers(office: Any, request: FundingRequest, *, paper: str, panel_on: date | None = None) -> None:
    services.set_papers(
        actor=office.world["secretary"],
        request_id=request.pk,
        panel_on=panel_on or clock.today(),
        panel_paper="CB(1)77/2026(03)",
        paper=paper,
    )


def record(
    office: Any, request: FundingRequest, said: Figures | None = None, *, reason: str = "", by: Any = None
) -> Any:
    return services.record_outcome(
        actor=by or office.world["secretary"],
        request_id=request.pk,
        figures=said or figures(),
        reason=reason,
        stored=FILE,
    )


def approved_by_legco(office: Any) -> FundingRequest:
    """Recorded, confirmed by finance of another unit, and published."""
    request = before_legco(office)
    record(office, request)
    confirmer = officer("treasury", "finance")
    services.confirm_outcome(actor=confirmer, request_id=request.pk, figures=figures())
    services.publish_outcome(actor=office.world["secretary"], request_id=request.pk)
    return FundingRequest.objects.get(pk=request.pk)


def conditional(office: Any, *texts: str, asked: str = "1200000.00", **publishing: Any) -> Any:
    """A published approval with conditions."""
    round_ = office.round(asked, project=office.new_project(), conditions=texts or ("Report twice a year.",))
    office.vote(round_, "fffff")
    office.close(round_)
    return office.publish(round_, **publishing)
