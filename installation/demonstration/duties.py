"""Papers that a request must bring, who decides for a head, and reminders, in the story of the demonstration."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
import io

from accounts.models import Department, User
from core import clock, uploads
from core.history import told
from core.policy import found_on
from funding import services
from funding.models import RequiredPapers, Tier
from installation.demonstration.timeline import Timeline
from work import services as work

WANTED_FROM = 14  # days before the story ends
REMINDED_FROM = 40
PAPERS = {
    "business": ("Business case", "業務論證"),
    "privacy": ("Privacy impact assessment", "私隱影響評估"),
    "security": ("Security risk assessment", "保安風險評估"),
}
TEXT = "{title}\n\nFigures, options and the choice made. A person decides every case; the tool sorts and suggests.\n"
FIRST, SECOND = ("imm.head", "ImmD", "member5"), ("td.head", "TD", "member6")


def tell(timeline: Timeline, accounts: dict[str, User]) -> None:
    """Papers wanted from a fortnight ago; one delegation in force, one that waits for the Team; daily reminders."""
    made: dict[str, int] = {}
    timeline.at(timeline.day(WANTED_FROM + 4), "10:30", partial(_propose_papers, timeline, accounts["team"], made))
    timeline.at(timeline.day(WANTED_FROM + 3), "15:00", partial(_approve_papers, accounts["official"], made))
    timeline.at(timeline.day(10), "09:30", partial(_delegate, accounts, made, *FIRST, most="250000.00"))
    timeline.at(timeline.day(9), "14:10", partial(_approve_delegation, accounts["team"], made))
    timeline.at(timeline.day(1), "16:20", partial(_delegate, accounts, made, *SECOND, most="400000.00"))
    for day in range(REMINDED_FROM, -1, -1):
        timeline.at(timeline.day(day), "08:00", services.send_reminders)


def bring_papers(actor: User, request_id: int, tier: Tier) -> None:
    """What is wanted today with a request of this tier, added to its draft."""
    rule = found_on(RequiredPapers.objects.all(), clock.today())
    for kind in rule.of_tier(tier) if rule else ():
        title, title_zh = PAPERS[kind]
        text = io.BytesIO(TEXT.format(title=title).encode())
        with told(user=actor.pk):
            work.add_document(
                actor=actor,
                kind="request",
                subject_id=request_id,
                title_en=title,
                title_zh_hant=title_zh,
                document_kind=kind,
                classification="restricted",
                stored=uploads.store(text, shown_name=f"{kind}.txt", quota_used=0),
            )


def _propose_papers(timeline: Timeline, team: User, made: dict[str, int]) -> None:
    proposed = services.propose_required_papers(
        actor=team,
        starts_on=timeline.day(WANTED_FROM),
        source="Circular 3/2026",
        working_group_papers=["business", "privacy"],
        legco_papers=["business", "privacy", "security"],
    )
    made["papers"] = proposed.pk


def _approve_papers(second: User, made: dict[str, int]) -> None:
    services.approve_required_papers(actor=second, papers_id=made["papers"])


def _delegate(
    accounts: dict[str, User], made: dict[str, int], head: str, department: str, delegate: str, *, most: str
) -> None:
    given = services.propose_delegation(
        actor=accounts[head],
        department=Department.objects.get(code=department),
        delegate=accounts[delegate].person,
        most=Decimal(most),
        starts_on=clock.today() + timedelta(days=2),
        last_on=clock.today() + timedelta(days=90),
        source="Head of Department’s minute",
    )
    made.setdefault("delegation", given.pk)


def _approve_delegation(team: User, made: dict[str, int]) -> None:
    services.approve_delegation(actor=team, delegation_id=made["delegation"])
