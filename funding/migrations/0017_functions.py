"""What a vote is judged by and what a seat opens, as functions: PostgreSQL keeps their plans (decision 0018)."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION funding_involved(request bigint, today date) RETURNS TABLE (part text, person_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT 'applicants' AS part, asked.applicant_id AS person_id
    FROM funding_fundingrequest asked WHERE asked.id = request
    UNION ALL SELECT 'leads', asked.lead_id FROM funding_fundingrequest asked WHERE asked.id = request
    UNION ALL SELECT 'leads', led.lead_id FROM funding_fundingrequest asked
        JOIN projects_project led ON led.id = asked.project_id WHERE asked.id = request
    UNION ALL SELECT 'endorsers', step.person_id FROM funding_requeststep step
        WHERE step.request_id = request AND step.move = 'endorse'
    UNION ALL SELECT 'editors', wrote.person_id FROM funding_editor wrote WHERE wrote.request_id = request
    UNION ALL SELECT 'appealed', unnest(ARRAY[decided.decided_by_id, given.proposed_by_id]) FROM funding_appeal appeal
        JOIN funding_decision decided ON decided.id = appeal.against_id
        LEFT JOIN funding_delegation given ON given.id = decided.delegation_id
        WHERE appeal.request_id = request AND decided.tier = 'department'
    UNION ALL SELECT 'same_department', posted.person_id FROM funding_fundingrequest asked
        JOIN accounts_posting posted ON posted.department_id = asked.department_id
        WHERE asked.id = request AND posted.starts_on <= today
        AND (posted.ends_on IS NULL OR posted.ends_on > today)
    UNION ALL SELECT 'declared', recused.person_id FROM funding_recusal recused
        JOIN funding_round held ON held.id = recused.round_id
        WHERE held.request_id = request AND recused.ground = 'declared'
$$;

CREATE FUNCTION funding_ballot(round bigint, person bigint, today date, told timestamptz, is_locked boolean)
RETURNS TABLE (
    body_id bigint, status varchar, deadline_at timestamptz, motion_digest varchar, at timestamptz,
    same_department varchar, parts text[],
    seat_id bigint, number smallint, is_holder boolean, is_recused boolean, alternate_recused boolean,
    is_absent boolean, term_runs boolean, other_has_spoken boolean, last_revision integer
) LANGUAGE plpgsql AS $$
BEGIN
    IF is_locked THEN  -- what is read next sees all that whoever held the lock before has committed
        PERFORM FROM funding_round held WHERE held.id = round FOR UPDATE;
    END IF;
    RETURN QUERY
    SELECT held.body_id, held.status, held.deadline_at, held.motion_digest,
        COALESCE(told, clock_timestamp()), ruling.same_department,
        ARRAY(
            SELECT taken.part FROM funding_involved(held.request_id, today) taken WHERE taken.person_id = person
        ),
        seat.id, seat.number, seat.holder_id = person IS TRUE, seat.is_recused, seat.alternate_recused, seat.is_absent,
        EXISTS (
            SELECT FROM funding_seatterm term WHERE term.seat_id = seat.seat_id AND term.person_id = person
            AND term.capacity = CASE WHEN seat.holder_id = person THEN 'holder' ELSE 'alternate' END
            AND term.starts_on <= today AND (term.ends_on IS NULL OR term.ends_on > today)
        ),
        NOT seat.is_recused AND EXISTS (
            SELECT FROM funding_vote said WHERE said.roll_seat_id = seat.id AND said.person_id =
                CASE WHEN seat.holder_id = person THEN seat.alternate_id ELSE seat.holder_id END
            AND NOT (seat.alternate_recused AND said.person_id = seat.alternate_id)
        ),
        COALESCE((SELECT max(said.revision) FROM funding_vote said WHERE said.roll_seat_id = seat.id), 0)
    FROM funding_round held
    JOIN funding_fundingrequest paper ON paper.id = held.request_id
    LEFT JOIN funding_fundingpolicy ruling ON ruling.id = paper.policy_id
    LEFT JOIN LATERAL (
        SELECT sat.* FROM funding_rollseat sat
        WHERE sat.round_id = held.id AND person IN (sat.holder_id, sat.alternate_id)
        ORDER BY sat.holder_id IS NOT DISTINCT FROM person DESC, sat.number LIMIT 1
    ) seat ON true
    WHERE held.id = round;
END $$;

CREATE FUNCTION funding_open_to_seat(person bigint, today date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT paper.id FROM funding_fundingrequest paper
    WHERE (
        paper.status IN ('screened', 'deciding', 'decided') AND EXISTS (
            SELECT FROM funding_tierline line
            JOIN funding_seat seat ON seat.body_id = line.body_id
            JOIN funding_seatterm term ON term.seat_id = seat.id
            WHERE line.policy_id = paper.policy_id AND line.tier = paper.tier AND term.person_id = person
            AND term.starts_on <= today AND (term.ends_on IS NULL OR term.ends_on > today)
        )
        OR EXISTS (
            SELECT FROM funding_rollseat sat JOIN funding_round held ON held.id = sat.round_id
            WHERE held.request_id = paper.id AND person IN (sat.holder_id, sat.alternate_id)
        )
    ) AND (
        paper.status = 'published' OR NOT EXISTS (
            SELECT FROM funding_rollseat out JOIN funding_round held ON held.id = out.round_id
            WHERE held.request_id = paper.id AND (
                out.is_recused AND person IN (out.holder_id, out.alternate_id)
                OR out.alternate_recused AND out.alternate_id = person
            )
        )
    );
END $$;
"""

UNDO = """
DROP FUNCTION funding_open_to_seat(bigint, date);
DROP FUNCTION funding_ballot(bigint, bigint, date, timestamptz, boolean);
DROP FUNCTION funding_involved(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0016_reviews"),
        ("projects", "0005_search"),
        ("accounts", "0004_functions"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
