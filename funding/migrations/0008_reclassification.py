"""Cost lines that the secretary put under another category. Append-only."""

from django.db import migrations, models
import django.db.models.deletion

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0007_lookalikes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reclassification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="Of the line, 1..n in the order of the version."),
                ),
                ("description", models.CharField(blank=True, max_length=300)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "was",
                    models.CharField(
                        choices=[
                            ("hardware", "hardware"),
                            ("software", "software and licences"),
                            ("services", "implementation services"),
                            ("contract_staff", "contract staff"),
                            ("network", "network and cabling"),
                            ("site", "site preparation"),
                            ("training", "training"),
                            ("contingency", "contingency"),
                            ("recurrent", "recurrent, after the first 12 months"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "became",
                    models.CharField(
                        choices=[
                            ("hardware", "hardware"),
                            ("software", "software and licences"),
                            ("services", "implementation services"),
                            ("contract_staff", "contract staff"),
                            ("network", "network and cabling"),
                            ("site", "site preparation"),
                            ("training", "training"),
                            ("contingency", "contingency"),
                            ("recurrent", "recurrent, after the first 12 months"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "recurrent_after",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="All recurrent lines then; a revision cannot put more there.",
                        max_digits=18,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reclassifications",
                        to="funding.fundingrequest",
                    ),
                ),
                (
                    "request_version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reclassification",
                        to="funding.requestversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("was", models.F("became")), _negated=True), name="reclassification_changes"
                    )
                ],
            },
        ),
        *append_only("funding_reclassification"),
    ]
