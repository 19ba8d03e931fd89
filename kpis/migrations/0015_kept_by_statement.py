"""What holds between readings, verdicts and latest values is judged for a whole statement, not row by row (SPEED).

A reference to a table of sixty partitions costs more for each row than the row itself. Readings are never changed or
removed, so the one moment to look is when rows arrive: one look at all of them, from then on it stays true.
"""

from django.db import migrations, models
import django.db.models.deletion

# Plans are kept for a connection's life while the tables grow under it, so the functions know the way by key alone.
VERDICTS = """
ALTER TABLE kpis_readingverdict DROP CONSTRAINT kpis_verdict_reading;
ALTER TABLE kpis_latestvalue DROP CONSTRAINT kpis_latest_reading;

-- The latest value of a series and cell is its newest verified reading, from the statement on that says so.
CREATE FUNCTION kpis_verdicts_said() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF (SELECT count(*) FROM said JOIN kpis_reading USING (series_id, period_start, cell, revision))
        <> (SELECT count(*) FROM said) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a verdict speaks of a reading that is stored';
    END IF;
    INSERT INTO kpis_latestvalue AS known (series_id, cell, period_start, revision, value, recorded_at)
    SELECT newest.series_id, newest.cell, newest.period_start, newest.revision, reading.value, newest.recorded_at
    FROM (
        SELECT DISTINCT ON (series_id, cell) * FROM said WHERE verdict = 'verified'
        ORDER BY series_id, cell, period_start DESC, revision DESC
    ) newest JOIN kpis_reading reading USING (series_id, period_start, cell, revision)
    ON CONFLICT (series_id, cell) DO UPDATE
    SET period_start = EXCLUDED.period_start, revision = EXCLUDED.revision,
        value = EXCLUDED.value, recorded_at = EXCLUDED.recorded_at
    WHERE (known.period_start, known.revision) < (EXCLUDED.period_start, EXCLUDED.revision);
    IF EXISTS (SELECT FROM said WHERE verdict <> 'verified') THEN
        PERFORM kpis_latest_anew(series_id, cell, said.recorded_at) FROM said JOIN kpis_latestvalue
            USING (series_id, cell, period_start, revision) WHERE said.verdict <> 'verified';
    END IF;
    RETURN NULL;
END $$;

-- After a verdict that takes a verified reading back: the newest one that still stands, or none.
CREATE FUNCTION kpis_latest_anew(of_series bigint, of_cell varchar, at timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    standing kpis_reading;
BEGIN
    SELECT * INTO standing FROM kpis_reading reading WHERE series_id = of_series AND cell = of_cell AND 'verified' = (
        SELECT verdict FROM kpis_readingverdict said
        WHERE (said.series_id, said.period_start, said.cell, said.revision)
            = (reading.series_id, reading.period_start, reading.cell, reading.revision)
        ORDER BY id DESC LIMIT 1
    ) ORDER BY period_start DESC, revision DESC LIMIT 1;
    IF FOUND THEN
        UPDATE kpis_latestvalue SET period_start = standing.period_start, revision = standing.revision,
            value = standing.value, recorded_at = at
        WHERE series_id = of_series AND cell = of_cell;
    ELSE
        DELETE FROM kpis_latestvalue WHERE series_id = of_series AND cell = of_cell;
    END IF;
END $$;

CREATE TRIGGER kpis_verdicts_said AFTER INSERT ON kpis_readingverdict
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kpis_verdicts_said();
"""
UNDO_VERDICTS = """
DROP TRIGGER kpis_verdicts_said ON kpis_readingverdict;
DROP FUNCTION kpis_verdicts_said;
DROP FUNCTION kpis_latest_anew;
ALTER TABLE kpis_readingverdict ADD CONSTRAINT kpis_verdict_reading
    FOREIGN KEY (series_id, period_start, cell, revision)
    REFERENCES kpis_reading (series_id, period_start, cell, revision);
ALTER TABLE kpis_latestvalue ADD CONSTRAINT kpis_latest_reading
    FOREIGN KEY (series_id, period_start, cell, revision)
    REFERENCES kpis_reading (series_id, period_start, cell, revision);
"""

READINGS = """
ALTER TABLE kpis_reading
    DROP CONSTRAINT kpis_reading_series_id_fkey, DROP CONSTRAINT kpis_reading_source_run_id_fkey;

-- Locked as a reference would lock them, so that neither goes while its readings are on their way.
CREATE FUNCTION kpis_readings_arrived() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    named bigint;
    found_ones bigint;
BEGIN
    SELECT count(DISTINCT series_id) INTO named FROM arrived;
    PERFORM FROM kpis_series WHERE id IN (SELECT DISTINCT series_id FROM arrived) FOR KEY SHARE;
    GET DIAGNOSTICS found_ones = ROW_COUNT;
    IF found_ones <> named THEN
        RAISE foreign_key_violation USING MESSAGE = 'a reading belongs to a series that is stored';
    END IF;
    SELECT count(DISTINCT source_run_id) INTO named FROM arrived;
    IF named > 0 THEN
        PERFORM FROM kpis_collectionrun WHERE id IN (SELECT DISTINCT source_run_id FROM arrived) FOR KEY SHARE;
        GET DIAGNOSTICS found_ones = ROW_COUNT;
        IF found_ones <> named THEN
            RAISE foreign_key_violation USING MESSAGE = 'a collected reading belongs to a run that is stored';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER kpis_readings_arrived AFTER INSERT ON kpis_reading
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION kpis_readings_arrived();

CREATE FUNCTION kpis_series_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM kpis_reading WHERE series_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a series with readings stays';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER kpis_series_kept BEFORE DELETE ON kpis_series FOR EACH ROW EXECUTE FUNCTION kpis_series_kept();
CREATE FUNCTION kpis_run_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM kpis_reading WHERE source_run_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a run with readings stays';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER kpis_run_kept BEFORE DELETE ON kpis_collectionrun FOR EACH ROW EXECUTE FUNCTION kpis_run_kept();
"""
UNDO_READINGS = """
DROP TRIGGER kpis_run_kept ON kpis_collectionrun;
DROP FUNCTION kpis_run_kept;
DROP TRIGGER kpis_series_kept ON kpis_series;
DROP FUNCTION kpis_series_kept;
DROP TRIGGER kpis_readings_arrived ON kpis_reading;
DROP FUNCTION kpis_readings_arrived;
ALTER TABLE kpis_reading
    ADD CONSTRAINT kpis_reading_series_id_fkey FOREIGN KEY (series_id) REFERENCES kpis_series (id),
    ADD CONSTRAINT kpis_reading_source_run_id_fkey FOREIGN KEY (source_run_id) REFERENCES kpis_collectionrun (id);
"""


class Migration(migrations.Migration):
    dependencies = [("kpis", "0014_breakdowns")]

    operations = [
        migrations.AlterField(
            model_name="readingverdict",
            name="series",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kpis.series",
            ),
        ),
        migrations.RunSQL(VERDICTS, UNDO_VERDICTS),
        migrations.RunSQL(READINGS, UNDO_READINGS),
    ]
