"""Who belongs where: what every policy of the register asks about a person."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Posting, User
from accounts.rights import posted_today
from projects.models import Project


def delivers(user: User, project: Project) -> bool:
    return project.lead_id == user.person_id or belongs(user, {project.department_id})


def belongs(user: User, department_ids: set[int]) -> bool:
    return not department_ids.isdisjoint(posted_today(user.person_id))


def departments_of(person_id: int | None, days: Iterable[date]) -> set[int]:
    """Where the person is posted on any of these days."""
    on_a_day = [Posting.objects.on(day).filter(person=person_id) for day in days]
    return set(on_a_day[0].union(*on_a_day[1:]).values_list("department", flat=True))
