"""Readings are looked up by the key of each row that arrives, in any plan (SPEED: what a push costs does not grow).

As joins, the look-ups of 0015 left PostgreSQL free to read the whole key of the readings for every statement, which it
did as soon as a table had grown since it was last looked at: 1,000 pushed readings took 0.1 s on an empty table and
1.4 s on one of 15,000. A lateral look-up of one row has no other way than by the key.
"""

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION kpis_verdicts_said() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    spoken_of bigint;
BEGIN
    SELECT count(*) INTO spoken_of FROM said CROSS JOIN LATERAL (
        SELECT FROM kpis_reading reading
        WHERE (reading.series_id, reading.period_start, reading.cell, reading.revision)
            = (said.series_id, said.period_start, said.cell, said.revision)
        LIMIT 1
    ) reading;
    IF spoken_of <> (SELECT count(*) FROM said) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a verdict speaks of a reading that is stored';
    END IF;
    INSERT INTO kpis_latestvalue AS known (series_id, cell, period_start, revision, value, recorded_at)
    SELECT newest.series_id, newest.cell, newest.period_start, newest.revision, reading.value, newest.recorded_at
    FROM (
        SELECT DISTINCT ON (series_id, cell) * FROM said WHERE verdict = 'verified'
        ORDER BY series_id, cell, period_start DESC, revision DESC
    ) newest CROSS JOIN LATERAL (
        SELECT value FROM kpis_reading reading
        WHERE (reading.series_id, reading.period_start, reading.cell, reading.revision)
            = (newest.series_id, newest.period_start, newest.cell, newest.revision)
        LIMIT 1
    ) reading
    ON CONFLICT (series_id, cell) DO UPDATE
    SET period_start = EXCLUDED.period_start, revision = EXCLUDED.revision,
        value = EXCLUDED.value, recorded_at = EXCLUDED.recorded_at
    WHERE (known.period_start, known.revision) < (EXCLUDED.period_start, EXCLUDED.revision);
    PERFORM kpis_latest_anew(known.series_id, known.cell, said.recorded_at) FROM said CROSS JOIN LATERAL (
        SELECT latest.series_id, latest.cell FROM kpis_latestvalue latest
        WHERE (latest.series_id, latest.cell, latest.period_start, latest.revision)
            = (said.series_id, said.cell, said.period_start, said.revision)
        LIMIT 1
    ) known WHERE said.verdict <> 'verified';
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION kpis_readings_arrived() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    named bigint[];
    found_ones bigint;
BEGIN
    named := ARRAY(SELECT DISTINCT series_id FROM arrived);
    PERFORM FROM kpis_series WHERE id = ANY(named) FOR KEY SHARE;
    GET DIAGNOSTICS found_ones = ROW_COUNT;
    IF found_ones <> cardinality(named) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a reading belongs to a series that is stored';
    END IF;
    named := ARRAY(SELECT DISTINCT source_run_id FROM arrived WHERE source_run_id IS NOT NULL);
    PERFORM FROM kpis_collectionrun WHERE id = ANY(named) FOR KEY SHARE;
    GET DIAGNOSTICS found_ones = ROW_COUNT;
    IF found_ones <> cardinality(named) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a collected reading belongs to a run that is stored';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kpis", "0015_kept_by_statement")]

    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]  # the older ones hold the same: nothing to undo
