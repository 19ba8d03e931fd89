"""Partitions of readings are made ahead by the schedule, without the right to change tables (DESIGN 6).

The function runs with its owner's rights, and its one argument is a year. A month of which the default partition holds
readings already is left to it: nothing is lost there, it is only slower to find.
"""

from django.conf import settings
from django.db import migrations

FUNCTION = """
CREATE FUNCTION kpis_reading_partitions(until_year integer) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    made integer := 0;
    month date;
    partition_name text;
BEGIN
    IF until_year NOT BETWEEN 2024 AND extract(year FROM now())::integer + 20 THEN
        RAISE check_violation USING MESSAGE = 'partitions are made at most twenty years ahead';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('kpis_reading_partitions', 20261201));
    FOR month IN SELECT generate_series(date '2024-01-01', make_date(until_year, 12, 1), interval '1 month') LOOP
        partition_name := 'kpis_reading_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || partition_name) IS NOT NULL;
        CONTINUE WHEN EXISTS (
            SELECT FROM public.kpis_reading_default
            WHERE period_start >= month AND period_start < month + interval '1 month'
        );
        EXECUTE format(
            'CREATE TABLE public.%I PARTITION OF public.kpis_reading FOR VALUES FROM (%L) TO (%L)',
            partition_name, month, (month + interval '1 month')::date
        );
        EXECUTE format('REVOKE ALL ON public.%I FROM %I', partition_name, {role});
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION kpis_reading_partitions FROM PUBLIC;
"""


def make(apps, schema_editor):
    """The app's role may call it, and has no right of its own to any partition."""
    role = settings.DATABASES["default"]["USER"]
    schema_editor.execute(FUNCTION.replace("{role}", schema_editor.quote_value(role)), params=None)
    schema_editor.execute(
        f"GRANT EXECUTE ON FUNCTION kpis_reading_partitions TO {schema_editor.quote_name(role)}", params=None
    )


class Migration(migrations.Migration):
    dependencies = [("kpis", "0016_by_key_alone")]

    operations = [
        migrations.RunPython(
            make,
            lambda apps, schema_editor: schema_editor.execute("DROP FUNCTION kpis_reading_partitions"),
        )
    ]
