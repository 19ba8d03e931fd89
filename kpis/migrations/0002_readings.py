"""Readings: partitioned by month, insert only, with the references that Django cannot declare (DESIGN 6, TRUST T16)."""

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion

from core.database import append_only

FIRST_YEAR, LAST_YEAR = 2024, 2028

TABLE = """
CREATE TABLE kpis_reading (
    series_id bigint NOT NULL REFERENCES kpis_series (id),
    period_start date NOT NULL,
    cell varchar(120) NOT NULL DEFAULT '',
    revision smallint NOT NULL DEFAULT 1 CHECK (revision >= 1),
    value numeric(24, 6) CHECK (value <> 'NaN'),
    numerator numeric(24, 6) CHECK (numerator <> 'NaN'),
    denominator numeric(24, 6) CHECK (denominator >= 0 AND denominator <> 'NaN'),
    source_run_id bigint REFERENCES kpis_collectionrun (id),
    person_id bigint REFERENCES accounts_person (id),
    reason varchar(300) NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (series_id, period_start, cell, revision),
    CONSTRAINT reading_from_one_hand CHECK (num_nonnulls(source_run_id, person_id) = 1),
    CONSTRAINT reading_says_something CHECK (
        value IS NOT NULL OR (denominator IS NOT NULL AND denominator = 0)
    ),
    CONSTRAINT reading_has_both_parts CHECK (num_nonnulls(numerator, denominator) IN (0, 2))
) PARTITION BY RANGE (period_start);
CREATE TABLE kpis_reading_default PARTITION OF kpis_reading DEFAULT;
CREATE INDEX kpis_reading_run ON kpis_reading (source_run_id) WHERE source_run_id IS NOT NULL;

-- For each row, so that writing straight into a partition is refused as well.
CREATE FUNCTION kpis_reading_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kpis_reading is append-only';
END $$;
CREATE TRIGGER kpis_reading_unchanged BEFORE UPDATE OR DELETE ON kpis_reading
    FOR EACH ROW EXECUTE FUNCTION kpis_reading_unchanged();

ALTER TABLE kpis_readingverdict ADD CONSTRAINT kpis_verdict_reading
    FOREIGN KEY (series_id, period_start, cell, revision)
    REFERENCES kpis_reading (series_id, period_start, cell, revision);
ALTER TABLE kpis_latestvalue ADD CONSTRAINT kpis_latest_reading
    FOREIGN KEY (series_id, period_start, cell, revision)
    REFERENCES kpis_reading (series_id, period_start, cell, revision);
"""
UNDO = """
ALTER TABLE kpis_latestvalue DROP CONSTRAINT kpis_latest_reading;
ALTER TABLE kpis_readingverdict DROP CONSTRAINT kpis_verdict_reading;
DROP TABLE kpis_reading;
DROP FUNCTION kpis_reading_unchanged;
"""


def months():
    """Name and bounds of every monthly partition."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            after = (year + 1, 1) if month == 12 else (year, month + 1)
            yield f"kpis_reading_{year}_{month:02d}", f"{year}-{month:02d}-01", f"{after[0]}-{after[1]:02d}-01"


def partitions():
    return "".join(
        f"CREATE TABLE {name} PARTITION OF kpis_reading FOR VALUES FROM ('{start}') TO ('{end}');\n"
        for name, start, end in months()
    )


def close_partitions(apps, schema_editor):
    """The app's role reaches the partitions only through the parent, whose triggers and rights then hold."""
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    names = ["kpis_reading_default", *(name for name, _, _ in months())]
    schema_editor.execute(f"REVOKE ALL ON {', '.join(names)} FROM {role}")


class Migration(migrations.Migration):
    dependencies = [("kpis", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "series",
                                "period_start",
                                "cell",
                                "revision",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="kpis.series",
                            ),
                        ),
                        ("period_start", models.DateField()),
                        ("cell", models.CharField(blank=True, default="", max_length=120)),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        ("numerator", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        ("denominator", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                        (
                            "source_run",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="kpis.collectionrun",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why an earlier revision is corrected.", max_length=300
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["series", "period_start", "cell", "revision"],
                        "permissions": [
                            ("view_every_reading", "See readings that are not verified yet, of every department")
                        ],
                    },
                ),
            ],
            database_operations=[
                migrations.RunSQL(TABLE, UNDO),
                migrations.RunSQL(partitions(), migrations.RunSQL.noop),
                migrations.RunPython(close_partitions, migrations.RunPython.noop),
            ],
        ),
        *append_only("kpis_reading"),
        *append_only("kpis_readingverdict"),
    ]
