"""What every installation knows about money before anybody types: the first policy, its body, how the body votes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Person
from core.models import DatedPolicy
from funding.models import (
    Body,
    FundingPolicy,
    LookalikeRule,
    MoneyPolicy,
    ReviewRule,
    Seat,
    SeatTerm,
    ServiceTimes,
    Tier,
    TierLine,
    VotingRule,
)

PROGRAMME_BEGAN_ON = date(2025, 10, 1)
SOURCE = "2025 Policy Address, programme wording"
LOOKALIKE_SOURCE = "Programme office, first values"
SERVICE_TIMES_SOURCE = "Starting values that came with this system; no published pledge"
REVIEW_SOURCE = "Programme office, this system’s starting value"
GENERATIVE = ["generative", "language model", "LLM", "生成式", "語言模型"]
BY_PUBLIC = {"words": GENERATIVE, "public_facing": True, "amount_from": "500000.00"}
FIRST_REVIEWS = [
    {"passes": "all", "reviews": [{"kind": kind, "when": BY_PUBLIC} for kind in ("privacy", "security")]},
]
WORKING_GROUP = "digitalisation-working-group"
FINANCE_COMMITTEE_SOURCE = "Rules of Procedure of the Legislative Council, Rule 71(8)"
FINANCE_COMMITTEE_QUORUM = 9
DEPARTMENT_UPPER = Decimal("500000.00")
WORKING_GROUP_UPPER = Decimal("20000000.00")


@transaction.atomic
def install(*, source: str = SOURCE, starts_on: date = PROGRAMME_BEGAN_ON) -> FundingPolicy:
    """Write the first funding policy, the digitalisation working group and its voting rule.

    Under HK$500,000 the department decides; from there up to HK$20,000,000, both included, the working
    group; above, it recommends to the Legislative Council. Running it again changes nothing.
    """
    body, _created = Body.objects.get_or_create(
        code=WORKING_GROUP,
        defaults={
            "name_en": "Digitalisation working group",
            "name_zh_hant": "數碼化工作小組",
            "name_zh_hans": "数码化工作小组",
        },
    )
    approved = {"status": DatedPolicy.Status.APPROVED, "starts_on": starts_on}
    install_finance_committee(starts_on=starts_on)
    ServiceTimes.objects.get_or_create(**approved, defaults={"source": SERVICE_TIMES_SOURCE})
    VotingRule.objects.get_or_create(**approved, body=body, defaults={"source": source})
    LookalikeRule.objects.get_or_create(**approved, defaults={"source": LOOKALIKE_SOURCE})
    ReviewRule.objects.get_or_create(**approved, defaults={"source": REVIEW_SOURCE, "steps": FIRST_REVIEWS})
    MoneyPolicy.objects.get_or_create(**approved, defaults={"source": source})
    policy, created = FundingPolicy.objects.get_or_create(**approved, defaults={"source": source})
    if created:
        TierLine.objects.bulk_create(
            [
                TierLine(policy=policy, tier=Tier.DEPARTMENT, upper=DEPARTMENT_UPPER),
                TierLine(
                    policy=policy,
                    tier=Tier.WORKING_GROUP,
                    upper=WORKING_GROUP_UPPER,
                    upper_included=True,
                    body=body,
                ),
                TierLine(policy=policy, tier=Tier.LEGCO, body=body),
            ]
        )
    return policy


@transaction.atomic
def install_finance_committee(*, starts_on: date = PROGRAMME_BEGAN_ON) -> VotingRule:
    """The Finance Committee's own rule, against which its recorded outcomes are checked.

    The chairman and eight members are a quorum; most of those voting decide; the chairman votes only where the
    others are equally divided. Running it again changes nothing.
    """
    body, _created = Body.objects.get_or_create(
        code=Body.FINANCE_COMMITTEE,
        defaults={
            "name_en": "Finance Committee of the Legislative Council",
            "name_zh_hant": "立法會財務委員會",
            "name_zh_hans": "立法会财务委员会",
        },
    )
    rule, _created = VotingRule.objects.get_or_create(
        status=DatedPolicy.Status.APPROVED,
        starts_on=starts_on,
        body=body,
        defaults={
            "source": FINANCE_COMMITTEE_SOURCE,
            "quorum_share_percent": 0,
            "quorum_least": FINANCE_COMMITTEE_QUORUM,
            "tie": VotingRule.Tie.CASTING_VOTE,
        },
    )
    return rule


@transaction.atomic
def make_seats(
    body: Body,
    people: Sequence[Person | None],
    *,
    starts_on: date = PROGRAMME_BEGAN_ON,
    alternates: Mapping[int, Person] | None = None,
) -> list[Seat]:
    """Give a body its seats, numbered from 1: the first is the chair's, None leaves a seat vacant.

    `alternates` stand in by seat number. One person holds one seat, so nobody may be named twice.
    """
    named = [*filter(None, people), *(alternates or {}).values()]
    if len({person.pk for person in named}) != len(named):
        raise ValueError("One person has one seat.")
    seats = []
    for number, holder in enumerate(people, start=1):
        duty = Seat.Duty.CHAIR if number == 1 else Seat.Duty.MEMBER
        seat = Seat.objects.create(body=body, number=number, duty=duty, starts_on=starts_on)
        if holder is not None:
            SeatTerm.objects.create(seat=seat, person=holder, starts_on=starts_on)
        if alternates and number in alternates:
            SeatTerm.objects.create(
                seat=seat, person=alternates[number], capacity=SeatTerm.Capacity.ALTERNATE, starts_on=starts_on
            )
        seats.append(seat)
    return seats
