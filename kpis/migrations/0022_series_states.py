"""What each series says at present is kept, and whatever it stands on says so when it changes.

A verdict is a statement of many rows, so one look at all of them names each series once, with its earliest period; the
rest changes seldom, and row by row.
"""

from django.db import migrations, models
import django.db.models.deletion

VERDICTS = """
CREATE FUNCTION kpis_verdicts_unjudged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.kpis_unjudged (series_id, period_start)
    SELECT series_id, min(period_start) FROM said WHERE cell = '' GROUP BY series_id;
    RETURN NULL;
END $$;
CREATE TRIGGER kpis_verdicts_unjudged AFTER INSERT ON kpis_readingverdict
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kpis_verdicts_unjudged();
"""
UNDO_VERDICTS = """
DROP TRIGGER kpis_verdicts_unjudged ON kpis_readingverdict;
DROP FUNCTION kpis_verdicts_unjudged;
"""
OF_ONE = """
CREATE FUNCTION kpis_terms_unjudged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO public.kpis_unjudged (series_id) SELECT id FROM public.kpis_series WHERE %I = $1', TG_ARGV[0])
        USING (to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[1])::bigint;
    RETURN NULL;
END $$;
"""
TERMS = (  # table, events, the column of a series by which those concerned are found, and the row's own that names it
    ("kpis_baseline", "INSERT OR UPDATE OR DELETE", "id", "series_id"),
    ("kpis_kpitarget", "INSERT OR UPDATE OR DELETE", "kpi_id", "kpi_id"),
    ("kpis_kpi", "UPDATE OF frequency, year_kind, starts_on", "kpi_id", "id"),
    ("kpis_series", "UPDATE OF started_on", "id", "id"),
    ("kpis_definition", "UPDATE OF direction", "definition_id", "id"),
)


def _terms() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER kpis_terms_unjudged AFTER {events} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION kpis_terms_unjudged('{column}', '{own}');",
            f"DROP TRIGGER kpis_terms_unjudged ON {table};",
        )
        for table, events, column, own in TERMS
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0021_source_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeriesState",
            fields=[
                (
                    "series",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="kpis.series",
                    ),
                ),
                ("judged_on", models.DateField(help_text="Hong Kong day.")),
                (
                    "holds_until",
                    models.DateField(help_text="Last day for which it is true; empty for ever.", null=True),
                ),
                ("through", models.DateField(help_text="The last period with a verified reading.", null=True)),
                (
                    "colour",
                    models.CharField(help_text="Of the values, however old they are (`rules.rag.Rag`).", max_length=5),
                ),
                ("reported", models.PositiveIntegerField(help_text="Verified periods that are over.")),
                ("last_value", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ("same", models.PositiveIntegerField(help_text="How many of the last values are equal.")),
                ("is_unmoved", models.BooleanField(help_text="That is strange, since they moved before.")),
                ("late_on", models.DateField(help_text="From this day on one reading is overdue, if none comes.")),
                ("stale_on", models.DateField(help_text="From this day on two are.")),
            ],
        ),
        migrations.CreateModel(
            name="Unjudged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period_start",
                    models.DateField(help_text="The earliest period spoken of; empty for all of them.", null=True),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kpis.series",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(VERDICTS, UNDO_VERDICTS),
        migrations.RunSQL(OF_ONE, "DROP FUNCTION kpis_terms_unjudged;"),
        *_terms(),
    ]
