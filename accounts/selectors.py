"""What an account's Person holds today."""

from dataclasses import dataclass

from accounts.models import Person, Posting, RoleGrant, User
from core import clock


@dataclass(frozen=True, slots=True)
class Standing:
    username: str
    person: Person
    language: str
    roles: list[str]
    postings: list[Posting]


def standing_of(user: User) -> Standing:
    held = RoleGrant.objects.live(clock.now()).filter(person=user.person_id)
    postings = Posting.objects.on(clock.today()).filter(person=user.person_id).select_related("department")
    return Standing(
        username=user.username,
        person=user.person,
        language=user.language,
        roles=sorted(held.values_list("group__name", flat=True)),
        postings=list(postings.order_by("department__code")),
    )
