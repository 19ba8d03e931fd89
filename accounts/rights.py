"""The departments a person belongs to: as the subquery that nearly every `visible_to` asks, and as policies ask."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from accounts.models import Posting
from core import clock, kept

RUNNING = "posted.starts_on <= %s AND (posted.ends_on IS NULL OR posted.ends_on > %s)"
# As SQL: a page asks it a dozen times, and to build it from parts cost more than to run it.
POSTED = f"SELECT posted.department_id FROM accounts_posting posted WHERE posted.person_id = %s AND {RUNNING}"  # noqa: S608 - no value of anybody's
OF_ACCOUNT = (
    "ARRAY(SELECT ARRAY[posted.department_id::text, posted.duty] FROM accounts_posting posted"  # noqa: S608 - likewise
    f" WHERE posted.person_id = accounts_user.person_id AND {RUNNING})"
)


def departments_of(person_id: int | None) -> RawSQL:
    """The keys of the departments this person is posted in today, for `department__in=`."""
    today = clock.today()
    return RawSQL(POSTED, (person_id, today, today))  # noqa: S611 - bound values


def postings_of_account() -> RawSQL:
    """Department and duty of every posting today, as a column of the query that reads an account."""
    today = clock.today()
    return RawSQL(OF_ACCOUNT, (today, today))  # noqa: S611 - bound values


def posted_today(person_id: int | None) -> dict[int, frozenset[str]]:
    """The departments a person is posted in today, by key, with the duties there. The pages of one request ask once."""
    today = clock.today()

    def ask() -> dict[int, frozenset[str]]:
        return _by_department(Posting.objects.on(today).filter(person=person_id).values_list("department", "duty"))

    return kept.answer(("posted", person_id, today), ask)


def know_postings(person_id: int | None, postings: Iterable[tuple[int, str]]) -> None:
    """Spare `posted_today` its question while a page is read: these are the person's postings today."""
    kept.answer(("posted", person_id, clock.today()), lambda: _by_department(postings))


def _by_department(postings: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for department, duty in postings:
        found[department].add(duty)
    return {department: frozenset(duties) for department, duties in found.items()}
