"""Which requests a request reaches over links, and how grouping sees them: one statement each, spelled out.

Every act on a request asks both, two or three times; Django took twenty times as long to spell the second as the
database to answer it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from funding.rules.group import Member

# A link is a project, a programme or a procedure in common, a supplement, a declaration by either of two requests, or
# a finding that joins them. The start brings what a form declares that is not stored yet.
REACHED = """
WITH RECURSIVE reached (id, project_id, programme_id, supplements_id, procedures, declared) AS (
    SELECT %(key)s::bigint, %(project)s::bigint, %(programme)s::bigint, %(supplements)s::bigint,
        %(procedures)s::bigint[], %(declared)s::bigint[]
    UNION
    SELECT other.id, other.project_id, other.programme_id, other.supplements_id,
        ARRAY(
            SELECT served.procedure_id FROM funding_fundingrequest_procedures served
            WHERE served.fundingrequest_id = other.id ORDER BY 1
        ),
        '{}'::bigint[]
    FROM reached here
    CROSS JOIN LATERAL (
        SELECT id FROM funding_fundingrequest WHERE project_id = here.project_id
        UNION SELECT id FROM funding_fundingrequest WHERE programme_id = here.programme_id
        UNION SELECT id FROM funding_fundingrequest WHERE supplements_id = here.id
        UNION SELECT here.supplements_id
        UNION SELECT fundingrequest_id FROM funding_fundingrequest_procedures
            WHERE procedure_id = ANY(here.procedures)
        UNION SELECT unnest(here.declared)
        UNION SELECT to_fundingrequest_id FROM funding_fundingrequest_linked
            WHERE from_fundingrequest_id = here.id
        UNION SELECT from_fundingrequest_id FROM funding_fundingrequest_linked
            WHERE to_fundingrequest_id = here.id
        UNION SELECT second_id FROM funding_linkfinding
            WHERE first_id = here.id AND status = 'stands' AND kind = 'joins'
        UNION SELECT first_id FROM funding_linkfinding
            WHERE second_id = here.id AND status = 'stands' AND kind = 'joins'
    ) linked (id)
    JOIN funding_fundingrequest other ON other.id = linked.id
    WHERE other.first_submitted_at IS NOT NULL AND other.id <> %(key)s
)
SELECT id FROM reached WHERE id <> %(key)s
"""


def reached_from(start: Member) -> list[int]:
    """Keys of every request ever submitted that hangs together with `start`, without `start` itself."""
    told = {
        "key": start.key,
        "project": start.project,
        "programme": start.programme,
        "supplements": start.supplements,
        "procedures": sorted(start.procedures),
        "declared": sorted(start.declared),
    }
    with connection.cursor() as cursor:
        cursor.execute(REACHED, told)
        return [key for (key,) in cursor.fetchall()]


# What was approved of requests, what they are linked by, and what findings that stand join them with or keep apart.
LINKED = """SELECT r.id, r.project_id, r.first_submitted_at, r.status, r.outcome, r.own_amount, r.programme_id,
    r.supplements_id,
    (SELECT sum(amount) FROM funding_decision WHERE request_id = r.id AND published_at IS NOT NULL),
    ARRAY(SELECT procedure_id FROM funding_fundingrequest_procedures WHERE fundingrequest_id = r.id),
    ARRAY(
        SELECT to_fundingrequest_id FROM funding_fundingrequest_linked WHERE from_fundingrequest_id = r.id
        UNION SELECT second_id FROM funding_linkfinding
            WHERE first_id = r.id AND status = 'stands' AND kind = 'joins'
        UNION SELECT first_id FROM funding_linkfinding
            WHERE second_id = r.id AND status = 'stands' AND kind = 'joins'
    ),
    ARRAY(
        SELECT second_id FROM funding_linkfinding WHERE first_id = r.id AND status = 'stands' AND kind = 'cuts'
        UNION SELECT first_id FROM funding_linkfinding WHERE second_id = r.id AND status = 'stands' AND kind = 'cuts'
    )
FROM funding_fundingrequest r WHERE r.id = ANY(%s) ORDER BY r.id
"""


class Linked(NamedTuple):
    """A stored request with everything it hangs together by. Amounts are HK$; `approved` is what was published."""

    key: int
    project: int
    first_submitted_at: datetime | None
    status: str
    outcome: str
    own_amount: Decimal
    programme: int | None
    supplements: int | None
    approved: Decimal | None
    procedures: list[int]
    joined: list[int]
    apart: list[int]


def linked(keys: Iterable[int]) -> Iterator[Linked]:
    """The requests of these keys that are stored, in the order of their keys."""
    with connection.cursor() as cursor:
        cursor.execute(LINKED, [list(keys)])
        return map(Linked._make, cursor.fetchall())
