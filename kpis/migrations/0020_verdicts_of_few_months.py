"""What arrives speaks of few months, so only their partitions are opened when its readings are looked up (SPEED).

A statement whose bounds are spelled out is planned for the partitions within them; one kept for all sixty opens each
of them every time and winds each back for every row. What is looked up and refused is as in migration 0016, in one look
instead of two.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION kpis_verdicts_said() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    earliest date;
    latest date;
    is_taking_back boolean;
    strays bigint;
BEGIN
    SELECT min(period_start), max(period_start), coalesce(bool_or(verdict <> 'verified'), false)
        INTO earliest, latest, is_taking_back FROM said;
    EXECUTE format($look$
        WITH spoken AS MATERIALIZED (
            SELECT said.*, reading.revision IS NOT NULL AS is_stored, reading.value FROM said LEFT JOIN LATERAL (
                SELECT reading.revision, reading.value FROM kpis_reading reading
                WHERE (reading.series_id, reading.period_start, reading.cell, reading.revision)
                    = (said.series_id, said.period_start, said.cell, said.revision)
                    AND reading.period_start BETWEEN %1$L AND %2$L
                LIMIT 1
            ) reading ON true
        ), moved AS (
            INSERT INTO kpis_latestvalue AS known (series_id, cell, period_start, revision, value, recorded_at)
            SELECT DISTINCT ON (series_id, cell) series_id, cell, period_start, revision, value, recorded_at
            FROM spoken WHERE verdict = 'verified' AND is_stored
            ORDER BY series_id, cell, period_start DESC, revision DESC
            ON CONFLICT (series_id, cell) DO UPDATE
            SET period_start = EXCLUDED.period_start, revision = EXCLUDED.revision,
                value = EXCLUDED.value, recorded_at = EXCLUDED.recorded_at
            WHERE (known.period_start, known.revision) < (EXCLUDED.period_start, EXCLUDED.revision)
        )
        SELECT count(*) FROM spoken WHERE NOT is_stored
    $look$, earliest, latest) INTO strays;
    IF strays > 0 THEN
        RAISE foreign_key_violation USING MESSAGE = 'a verdict speaks of a reading that is stored';
    END IF;
    IF is_taking_back THEN
        PERFORM kpis_latest_anew(known.series_id, known.cell, said.recorded_at) FROM said CROSS JOIN LATERAL (
            SELECT latest.series_id, latest.cell FROM kpis_latestvalue latest
            WHERE (latest.series_id, latest.cell, latest.period_start, latest.revision)
                = (said.series_id, said.cell, said.period_start, said.revision)
            LIMIT 1
        ) known WHERE said.verdict <> 'verified';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kpis", "0019_reading_drafts")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]  # the older one holds the same: nothing to undo
