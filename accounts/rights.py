"""The departments a person belongs to, as the subquery that nearly every `visible_to` asks."""

from django.db.models.expressions import RawSQL

from core import clock

POSTED = """
SELECT posted.department_id FROM accounts_posting posted
WHERE posted.person_id = %s AND posted.starts_on <= %s AND (posted.ends_on IS NULL OR posted.ends_on > %s)
"""  # as SQL: a page asks it a dozen times, and to build it from parts cost more than to run it


def departments_of(person_id: int | None) -> RawSQL:
    """The keys of the departments this person is posted in today, for `department__in=`."""
    today = clock.today()
    return RawSQL(POSTED, (person_id, today, today))  # noqa: S611 - bound values
