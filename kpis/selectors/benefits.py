"""The register of benefits as pages and API show it: promises, reviews due and done, totals by kind, track record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from accounts.models import User
from core import clock
from core.errors import Text
from kpis import benefit_wording as wording
from kpis.models import Benefit, BenefitReview
from kpis.numbers import plain, shown
from kpis.rules.benefits import REVIEWS, TO_REPORT, Kept, kept, window
from kpis.rules.track_record import Tempering, tempering
from kpis.rules.values import STORED
from kpis.selectors.benefit_accounts import Account, account_of
from projects.models import BenefitKind
from projects.selectors.course import live_days

ADDED_UP = (BenefitKind.HOURS, BenefitKind.MONEY)  # days a case of different procedures have no sum


@dataclass(frozen=True, slots=True)
class Total:
    """One kind, benefits and disbenefits apart. `realised` of `reviewed` are those with an accepted 12-month review."""

    kind: BenefitKind
    is_harm: bool
    count: int
    promised: Decimal | None
    reviews: int
    reviewed: Decimal | None
    realised: Decimal | None

    @property
    def words(self) -> Text:
        return wording.kind_words(self.kind, is_harm=self.is_harm)

    @property
    def promised_words(self) -> str:
        return shown(self.promised)

    @property
    def reviewed_words(self) -> str:
        return shown(self.reviewed)

    @property
    def realised_words(self) -> str:
        return shown(self.realised)


@dataclass(frozen=True, slots=True)
class ToldReview:
    """A review due or done. `now` is what today's readings come to, where that differs from the accepted figure."""

    months: int
    due_on: date
    review: BenefitReview | None
    missing: int
    now: Decimal | None

    @property
    def realised_words(self) -> str:
        return shown(self.review.realised if self.review else None)

    @property
    def promised_words(self) -> str:
        return shown(self.review.promised if self.review else None)

    @property
    def now_words(self) -> str:
        return shown(self.now)

    @property
    def is_due(self) -> bool:
        return self.review is None and self.due_on <= clock.today()

    @property
    def can_begin(self) -> bool:
        """Its months are over and nobody has recorded it."""
        return self.review is None and self.due_on - TO_REPORT < clock.today()

    @property
    def kept(self) -> Kept | None:
        return kept(self.review.realised, self.review.promised) if self.review else None

    @property
    def words(self) -> Text:
        return wording.review_words(self)

    @property
    def tone(self) -> str:
        return wording.review_tone(self)


@dataclass(frozen=True, slots=True)
class Line:
    """A benefit on the register."""

    benefit: Benefit
    live_on: date | None
    reviews: Sequence[ToldReview]
    tempering: Tempering | None

    @property
    def is_promise_after_live(self) -> bool:
        """Promised when it was already running: shown as such, and no part of anybody's track record."""
        return bool(self.live_on and clock.hong_kong_day(self.benefit.registered_at) > self.live_on)

    @property
    def tempered(self) -> Decimal | None:
        """What is to be expected by the track record; None without one, and of harm, which is not drawn down."""
        if self.tempering is None or self.benefit.is_harm:
            return None
        return (self.benefit.promised * Decimal(str(self.tempering.factor))).quantize(STORED, ROUND_HALF_EVEN)

    @property
    def promised_words(self) -> str:
        return shown(self.benefit.promised)

    @property
    def factor_words(self) -> str:
        return plain(self.benefit.factor)

    @property
    def share_words(self) -> str:
        return plain(self.benefit.share)

    @property
    def tempered_words(self) -> str:
        return shown(self.tempered)

    @property
    def kind_words(self) -> Text:
        return wording.kind_words(BenefitKind(self.benefit.kind), is_harm=self.benefit.is_harm)

    @property
    def working(self) -> Text:
        return wording.tempering_words(self.tempering)


def benefit_rows(user: User) -> "QuerySet[Benefit]":
    rows = Benefit.objects.visible_to(user).select_related("kpi__project__department", "kpi__definition", "owner")
    return rows.order_by("reference")


def benefit_lines(benefits: Iterable[Benefit]) -> list[Line]:
    """The lines of a page of benefits, without asking for their readings."""
    benefits = list(benefits)
    live = live_days({benefit.project.pk: benefit.project for benefit in benefits}.values())
    reviews: dict[tuple[int, int], BenefitReview] = {}
    for review in _standing_reviews(benefits):
        reviews[review.benefit_id, review.months] = review
    cases = track_record()
    return [_line(benefit, live.get(benefit.project.pk), reviews, cases) for benefit in benefits]


def benefit_line(benefit: Benefit) -> Line:
    """One benefit with what its readings say now: what is missing for a review, what moved since an accepted one."""
    (line,) = benefit_lines([benefit])
    if line.live_on is None or benefit.is_withdrawn:
        return line
    told = [_with_account(told, account_of(benefit, line.live_on, told.months)) for told in line.reviews]
    return Line(benefit, line.live_on, told, line.tempering)


def returned_reviews(benefit: Benefit) -> list[BenefitReview]:
    """Those the Team sent back, which stay for everybody to read."""
    rows = benefit.reviews.filter(status=BenefitReview.Status.RETURNED)
    return list(rows.select_related("recorded_by", "judged_by"))


def totals(rows: "QuerySet[Benefit]") -> list[Total]:
    """Standing promises of each kind: how many, and their sums where a sum means something."""
    accepted = Q(reviews__status="accepted", reviews__months=12)
    standing = rows.filter(status=Benefit.Status.PROMISED).order_by()
    found = {
        (row["kind"], row["is_harm"]): row
        for row in standing.values("kind", "is_harm").annotate(count=Count("pk"), sum=Sum("promised"))
    }
    reviewed = {
        (row["kind"], row["is_harm"]): row
        for row in standing.filter(accepted)
        .values("kind", "is_harm")
        .annotate(count=Count("pk"), promised_sum=Sum("reviews__promised"), realised_sum=Sum("reviews__realised"))
    }
    return [
        _total(BenefitKind(kind), is_harm, row, reviewed.get((kind, is_harm), {}))
        for (kind, is_harm), row in sorted(found.items())
    ]


def track_record() -> list[tuple[str, float]]:
    """Realised ÷ promised of the last accepted review of each promise made before going live, by department and kind.

    A project that runs is visible to every signed-in person, so it is the same for all of them (DESIGN 8).
    """
    last = Benefit.objects.filter(is_harm=False, reviews__status="accepted").annotate(last=Max("reviews__months"))
    rows = BenefitReview.objects.accepted().filter(benefit__in=last.values("pk"))
    newest = {row.benefit_id: row for row in rows.order_by("months").select_related("benefit__kpi__project")}
    live = live_days({row.benefit.project.pk: row.benefit.project for row in newest.values()}.values())
    return [
        (group_of(row.benefit), float(row.realised / row.promised))
        for row in newest.values()
        if clock.hong_kong_day(row.benefit.registered_at) <= live.get(row.benefit.project.pk, date.min)
    ]


def group_of(benefit: Benefit) -> str:
    return f"{benefit.project.department_id}:{benefit.kind}"


def _total(kind: BenefitKind, is_harm: bool, row: Mapping[str, Any], reviewed: Mapping[str, Any]) -> Total:
    adds_up = kind in ADDED_UP
    return Total(
        kind,
        is_harm,
        row["count"],
        row["sum"] if adds_up else None,
        reviewed.get("count", 0),
        reviewed.get("promised_sum") if adds_up else None,
        reviewed.get("realised_sum") if adds_up else None,
    )


def _standing_reviews(benefits: Sequence[Benefit]) -> Iterable[BenefitReview]:
    rows = BenefitReview.objects.filter(benefit__in=benefits).exclude(status=BenefitReview.Status.RETURNED)
    return rows.select_related("recorded_by", "judged_by")


def _line(
    benefit: Benefit,
    live_on: date | None,
    reviews: dict[tuple[int, int], BenefitReview],
    cases: Sequence[tuple[str, float]],
) -> Line:
    told = []
    for months in REVIEWS if live_on else ():
        assert live_on is not None
        found = window(live_on, months, benefit.kpi.frequency, benefit.kpi.year_kind)
        if found:
            told.append(ToldReview(months, found.due_on, reviews.get((benefit.pk, months)), missing=0, now=None))
    return Line(benefit, live_on, told, tempering(group_of(benefit), cases))


def _with_account(told: ToldReview, account: Account | None) -> ToldReview:
    if account is None:
        return told
    now = account.result.amount if account.result and told.review else None
    has_moved = told.review is not None and now is not None and now != told.review.realised
    return ToldReview(told.months, told.due_on, told.review, len(account.missing), now if has_moved else None)
