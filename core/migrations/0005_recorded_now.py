"""The instant that row history carries: the database's clock, or the story's in a demonstration (DESIGN 9)."""

from django.db import migrations

RECORDED_NOW = """
CREATE FUNCTION core_recorded_now() RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    told text := COALESCE(current_setting('govai.story_at', true), '');
BEGIN
    IF told <> '' AND EXISTS (SELECT 1 FROM core_installation WHERE is_demonstration) THEN
        RETURN told::timestamptz;
    END IF;
    RETURN clock_timestamp();
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_heartbeat")]

    operations = [migrations.RunSQL(RECORDED_NOW, "DROP FUNCTION core_recorded_now();")]
