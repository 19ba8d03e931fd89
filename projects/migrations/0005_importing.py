"""Imports that are mapped, previewed as differences, and stored as one set."""

from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_search"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="importbatch",
            options={
                "ordering": ["-uploaded_at"],
                "permissions": [("import_for_all", "Import records of every department")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="columnmapping",
            name="columnmapping_once",
        ),
        migrations.RemoveField(
            model_name="columnmapping",
            name="columns",
        ),
        migrations.RemoveField(
            model_name="columnmapping",
            name="encoding",
        ),
        migrations.RemoveField(
            model_name="importbatch",
            name="rows_done",
        ),
        migrations.RemoveField(
            model_name="importbatch",
            name="rows_total",
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="kind",
            field=models.CharField(
                choices=[("projects", "projects"), ("procedures", "procedures")], default="projects", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="mapping",
            field=models.JSONField(default=None, help_text="As `projects.importing.mapping.Mapping.as_json`."),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importbatch",
            name="heading",
            field=models.JSONField(default=list, help_text="[name, name as shown] of each column, by position."),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="kind",
            field=models.CharField(
                choices=[("projects", "projects"), ("procedures", "procedures")], default="projects", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="leaves_refused",
            field=models.BooleanField(default=False, help_text="The person said to store the set without them."),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="size",
            field=models.PositiveBigIntegerField(default=0, help_text="Bytes of the file."),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="summary",
            field=models.JSONField(default=dict, help_text="Rows by verdict, faults by code, and what was not taken."),
        ),
        migrations.AddField(
            model_name="importrow",
            name="natural",
            field=models.BigIntegerField(help_text="Digest of what no two rows of one file may share.", null=True),
        ),
        migrations.AddField(
            model_name="importrow",
            name="notes",
            field=models.JSONField(
                default=list, help_text="[{column, code, message}] of what was not taken as it stands."
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="procedure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="import_rows",
                to="projects.procedure",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="version",
            field=models.PositiveIntegerField(help_text="Of the record when it was compared.", null=True),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="mapping",
            field=models.JSONField(default=dict, help_text="As `projects.importing.mapping.Mapping.as_json`."),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="reference",
            field=models.CharField(default=None, max_length=32, unique=True),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="source",
            field=models.CharField(help_text="Where such files come from; keys and mappings go by it.", max_length=60),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="status",
            field=models.CharField(
                choices=[
                    ("offered", "columns to be mapped"),
                    ("waiting", "being read"),
                    ("unreadable", "could not be read"),
                    ("previewed", "to be confirmed"),
                    ("storing", "being stored"),
                    ("confirmed", "stored"),
                    ("withdrawn", "withdrawn"),
                ],
                default="offered",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="trouble",
            field=models.JSONField(blank=True, default=dict, help_text="{code, message} of the last refusal."),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="cells",
            field=models.JSONField(help_text="{field: text} of the mapped cells that hold something."),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="faults",
            field=models.JSONField(default=list, help_text="[{column, code, message}] that refuse the row."),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="key",
            field=models.CharField(help_text="Our reference; the source's id; else its digest.", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                fields=("kind", "source", "department"), name="columnmapping_once", nulls_distinct=False
            ),
        ),
    ]
