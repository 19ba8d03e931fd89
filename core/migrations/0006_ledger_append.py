"""One entry appended in one statement: the head lock is held from here to commit and no longer (DESIGN 3, 5)."""

from django.db import migrations

APPEND = """
CREATE FUNCTION core_ledger_append(
    action text, actor text, subject text, opening bytea, closing bytea, told timestamptz
) RETURNS core_ledgerentry LANGUAGE plpgsql AS $$
DECLARE
    last core_ledgerentry%ROWTYPE;
    made core_ledgerentry%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(113728425846116);  -- "govled": any constant, shared by all
    SELECT * INTO last FROM core_ledgerentry ORDER BY position DESC LIMIT 1;
    made.position := COALESCE(last.position, 0) + 1;
    made.recorded_at := GREATEST(COALESCE(told, clock_timestamp()), last.recorded_at);
    made.action := action;
    made.actor := actor;
    made.subject := subject;
    made.previous_hash := COALESCE(last.entry_hash, decode(repeat('00', 32), 'hex'));
    made.payload := opening || convert_to(
        format(
            ',"position":%s,"previous":"%s","recorded_at":"%s",',
            made.position,
            encode(made.previous_hash, 'hex'),
            to_char(made.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
        ),
        'UTF8'
    ) || closing;
    made.entry_hash := sha256(made.payload);
    INSERT INTO core_ledgerentry SELECT made.*;
    RETURN made;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_recorded_now")]

    operations = [
        migrations.RunSQL(APPEND, "DROP FUNCTION core_ledger_append(text, text, text, bytea, bytea, timestamptz);")
    ]
