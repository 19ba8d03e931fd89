"""What pages and the API read about people."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts import holdings, policies
from accounts.holdings import Held
from accounts.models import Departure, Invitation, ObjectGrant, Person, Posting, RoleGrant, User
from accounts.querysets import reads_every_record
from core import clock

PEOPLE_ORDERINGS = {"name": ("name_en",), "post": ("title_en", "name_en")}


@dataclass(frozen=True, slots=True)
class Standing:
    username: str
    person: Person
    language: str
    roles: list[str]
    postings: list[Posting]


def standing_of(user: User) -> Standing:
    """What an account's Person holds today."""
    held = RoleGrant.objects.live(clock.now()).filter(person=user.person_id)
    postings = Posting.objects.on(clock.today()).filter(person=user.person_id).select_related("department")
    return Standing(
        username=user.username,
        person=user.person,
        language=user.language,
        roles=sorted(held.values_list("group__name", flat=True)),
        postings=list(postings.order_by("department__code")),
    )


def people_rows(user: User) -> "QuerySet[Person]":
    """People with where they are posted today; for readers of records also their roles and accounts."""
    today = clock.today()
    posted = Posting.objects.on(today).select_related("department").order_by("duty", "department__code")
    rows = Person.objects.visible_to(user).prefetch_related(Prefetch("postings", posted, to_attr="postings_today"))
    if not reads_every_record(user):
        return rows
    held = RoleGrant.objects.live(clock.now()).select_related("group").order_by("group__name")
    return rows.prefetch_related(Prefetch("role_grants", held, to_attr="roles_now"), "accounts")


@dataclass(frozen=True, slots=True)
class Record:
    """What only readers of a person's record see."""

    accounts: list[User]
    roles: list[RoleGrant]
    grants: list[ObjectGrant]
    held: list[Held]
    departures: list[Departure]
    invitations: list[Invitation]


def postings_of(person: Person) -> list[Posting]:
    return list(person.postings.select_related("department").order_by("-starts_on", "-pk"))


def record_of(person: Person, *, reader: User) -> Record | None:
    """None for a reader who may not read it."""
    if not policies.can_read_record(reader, person):
        return None
    roles = person.role_grants.select_related("group", "granted_by", "confirmed_by", "ended_by")
    return Record(
        accounts=list(person.accounts.order_by("pk")),
        roles=list(roles),
        grants=list(person.object_grants.select_related("granted_by")),
        held=holdings.held_by(person, clock.today()),
        departures=list(person.departures.select_related("confirmed_by")),
        invitations=list(person.invitations.select_related("department")),
    )


def invitation_rows(user: User) -> "QuerySet[Invitation]":
    rows: Any = Invitation.objects.visible_to(user)
    return rows.select_related("department", "invited_by", "person")


def role_grant_rows(user: User) -> "QuerySet[RoleGrant]":
    rows: Any = RoleGrant.objects.visible_to(user)
    return rows.select_related("person", "group", "granted_by", "confirmed_by")


def object_grant_rows(user: User) -> "QuerySet[ObjectGrant]":
    rows: Any = ObjectGrant.objects.visible_to(user)
    return rows.select_related("person", "granted_by", "revoked_by")


@dataclass(frozen=True, slots=True)
class Review:
    """Who holds what now, for the regular look at rights (FEATURES N7)."""

    proposals: list[RoleGrant]
    roles: list[RoleGrant]
    grants: list[ObjectGrant]
    leaving: list[Departure]


def review(user: User) -> Review:
    now = clock.now()
    roles = role_grant_rows(user)
    return Review(
        proposals=list(roles.proposed()),  # type: ignore[attr-defined] # the queryset's own
        roles=list(roles.not_over(now).order_by("group__name", "person__name_en")),  # type: ignore[attr-defined]
        grants=list(object_grant_rows(user).live(now).order_by("ends_at")),  # type: ignore[attr-defined]
        leaving=list(Departure.objects.filter(closed_at__isnull=True).select_related("person").order_by("last_day")),
    )
