"""A stamp for every statement that changes what the dashboards are worked out from: what was kept before is not read."""

from django.db import migrations, models

AREAS = {
    "register": (
        "accounts_department",
        "projects_countingrule",
        "projects_milestone",
        "projects_procedure",
        "projects_procedurefact",
        "projects_project",
        "projects_projectprocedure",
        "projects_target",
    ),
    "money": (
        "funding_commitment",
        "funding_decision",
        "funding_envelope",
        "funding_expenditure",
        "funding_fundingrequest",
    ),
}

# Stamps are only added, so no writer waits for another; whoever sees a change sees its stamp, because both commit as one.
FUNCTION = """
CREATE FUNCTION dashboards_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.dashboards_change (area, times) VALUES (TG_ARGV[0], 1);
    RETURN NULL;
END $$;
"""


def _triggers() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER dashboards_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION dashboards_changed('{area}');",
            f"DROP TRIGGER dashboards_changed ON {table};",
        )
        for area, tables in AREAS.items()
        for table in tables
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_functions"),
        ("dashboards", "0001_last_look"),
        ("funding", "0017_functions"),
        ("projects", "0006_alter_procedure_options"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=8)),
                ("times", models.BigIntegerField(help_text="How many stamps this one stands for.")),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION dashboards_changed;"),
        *_triggers(),
    ]
