"""Votes of money, budgets, expenditure, releases, carry-over, the yearly return and the rule about them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only

APPEND_ONLY = (
    "funding_budgetline",
    "funding_expenditure",
    "funding_release",
    "funding_supplement",
    "funding_variancenote",
    "funding_yearlyreturn",
)

# What envelopes held before votes were kept becomes their first vote; where policies are in force, so is the first
# rule about money: nothing is tolerated, and a variance above a tenth is explained.
EARLIER_ROWS = """
INSERT INTO funding_envelopevote
    (envelope_id, amount, source, status, proposed_at, approved_at, withdrawn_reason)
    SELECT id, amount, COALESCE(NULLIF(source, ''), 'installation'), 'approved', now(), now(), ''
    FROM funding_envelope WHERE amount > 0;
INSERT INTO funding_moneypolicy (starts_on, source, status, withdrawn_reason, tolerance, variance_percent)
    SELECT starts_on, source, 'approved', '', 0, 10
    FROM funding_fundingpolicy WHERE status = 'approved' ORDER BY starts_on LIMIT 1;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0008_reclassification"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0005_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("financial_year", models.PositiveSmallIntegerField(help_text="The year it starts: 2026 is 2026-27.")),
                (
                    "category",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was moved; empty for an opening line.", max_length=500
                    ),
                ),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CarryOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CarryOverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("reason", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnvelopeVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnvelopeVoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Expenditure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
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
                    "amount",
                    models.DecimalField(decimal_places=2, help_text="Below zero in a reversing entry.", max_digits=18),
                ),
                ("spent_on", models.DateField()),
                ("voucher", models.CharField(help_text="Number of the payment voucher.", max_length=100)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "source",
                    models.CharField(
                        default="typed", help_text="The ledger system whose file had it, or typed.", max_length=100
                    ),
                ),
                ("row_digest", models.CharField(help_text="SHA-256 of the row as the source gave it.", max_length=64)),
                ("reason", models.CharField(blank=True, help_text="Why it was taken back.", max_length=500)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-spent_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MoneyPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(help_text="First Hong Kong day it is in force.")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="First day it is no longer in force; empty for open.", null=True
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where the rule is written: a paper, a circular, a decision.", max_length=300
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "tolerance",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="HK$ over the approved amount that does not count as overspent.",
                        max_digits=18,
                    ),
                ),
                (
                    "variance_percent",
                    models.PositiveSmallIntegerField(
                        default=10, help_text="A variance of more than this share of the plan needs an explanation."
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "money policies",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MoneyPolicyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(help_text="First Hong Kong day it is in force.")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="First day it is no longer in force; empty for open.", null=True
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where the rule is written: a paper, a circular, a decision.", max_length=300
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "tolerance",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="HK$ over the approved amount that does not count as overspent.",
                        max_digits=18,
                    ),
                ),
                (
                    "variance_percent",
                    models.PositiveSmallIntegerField(
                        default=10, help_text="A variance of more than this share of the plan needs an explanation."
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, help_text="Below zero where it falls away with a carry-over.", max_digits=18
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("released_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SpendingImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(help_text="The ledger system that made the file.", max_length=100)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                (
                    "rows",
                    models.JSONField(default=list, help_text="Each row with its number, cells, digest and fault."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("offered", "offered"), ("confirmed", "recorded"), ("withdrawn", "withdrawn")],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("recorded", models.PositiveIntegerField(default=0, help_text="Rows that became expenditure.")),
                ("offered_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SpendingImportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("source", models.CharField(help_text="The ledger system that made the file.", max_length=100)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                (
                    "rows",
                    models.JSONField(default=list, help_text="Each row with its number, cells, digest and fault."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("offered", "offered"), ("confirmed", "recorded"), ("withdrawn", "withdrawn")],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("recorded", models.PositiveIntegerField(default=0, help_text="Rows that became expenditure.")),
                ("offered_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, help_text="Spent above what was approved, when it was opened.", max_digits=18
                    ),
                ),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="VarianceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("financial_year", models.PositiveSmallIntegerField()),
                (
                    "category",
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
                ("planned", models.DecimalField(decimal_places=2, max_digits=18)),
                ("spent", models.DecimalField(decimal_places=2, max_digits=18)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="YearlyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("financial_year", models.PositiveSmallIntegerField()),
                ("content", models.TextField(help_text="RFC 8785 JSON of every row and total.")),
                ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                ("position", models.BigIntegerField(help_text="What the ledger knew when it was issued.")),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="envelope",
            options={
                "ordering": ["financial_year", "code"],
                "permissions": [
                    ("vote_money", "Propose a vote of money into an envelope"),
                    ("approve_money", "Approve a vote of money or a carry-over that somebody else proposed"),
                    ("record_spending", "Record expenditure of every department"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="commitment",
            name="commitment_positive",
        ),
        migrations.AddField(
            model_name="commitment",
            name="category",
            field=models.CharField(
                blank=True,
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
                help_text="Empty: for all categories of the decision.",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="budget_lines", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="written_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="carry_overs", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="proposed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="carried_out", to="funding.envelope"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="carried_in", to="funding.envelope"
            ),
        ),
        migrations.AddField(
            model_name="carryover",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="carry_over",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="funding.carryover",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)),
                    models.Q(("amount__gt", -10000000000000), ("amount__lt", 0), ("carry_over__isnull", False)),
                    _connector="OR",
                ),
                name="commitment_positive",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="approved_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="decision",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.decision",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.carryover",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.envelope",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="target",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.envelope",
            ),
        ),
        migrations.AddField(
            model_name="carryoverevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="envelopevote",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="envelopevote",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="funding.envelope"
            ),
        ),
        migrations.AddField(
            model_name="envelopevote",
            name="proposed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="envelopevote",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="approved_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="envelope",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.envelope",
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.envelopevote",
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="envelopevoteevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="expenditure",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="expenditures", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="expenditure",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="expenditures", to="funding.envelope"
            ),
        ),
        migrations.AddField(
            model_name="expenditure",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="expenditure",
            name="reverses",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversed_by",
                to="funding.expenditure",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicy",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="moneypolicy",
            name="proposed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="moneypolicy",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicyevent",
            name="approved_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicyevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.moneypolicy",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicyevent",
            name="proposed_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="moneypolicyevent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="funding.envelope"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="milestone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="projects.milestone",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="carry_over",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lapsed",
                to="funding.carryover",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="released_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="spendingimport",
            name="offered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="expenditure",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="expenditures",
                to="funding.spendingimport",
            ),
        ),
        migrations.AddField(
            model_name="spendingimportevent",
            name="offered_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="spendingimportevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="spendingimportevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.spendingimport",
            ),
        ),
        migrations.AddField(
            model_name="supplement",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="supplement",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplements_decision",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="variancenote",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="variance_notes", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="variancenote",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="yearlyreturn",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="yearlyreturn",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="funding.yearlyreturn",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount", 0), _negated=True),
                    ("amount__gt", -10000000000000),
                    ("amount__lt", 10000000000000),
                ),
                name="budgetline_amount_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="carryover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="carryover_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="carryover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="carryover_approved_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="carryover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="carryover_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="carryover",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)), name="carryover_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="carryover",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True), name="carryover_moves"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carryover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_carryoverevent" ("amount", "approved_at", "approved_by_id", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "source_id", "status", "target_id", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."decision_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."source_id", NEW."status", NEW."target_id", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="431cdc71922397a28aedd2537c829eb361df9340",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a1d8a",
                    table="funding_carryover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carryover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_carryoverevent" ("amount", "approved_at", "approved_by_id", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "source_id", "status", "target_id", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."decision_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."source_id", NEW."status", NEW."target_id", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="12e97ba4c5151045be4cfdd0a1ca5c8277e98c71",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_609f8",
                    table="funding_carryover",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="envelopevote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="envelopevote_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelopevote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="envelopevote_approved_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelopevote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="envelopevote_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelopevote",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)), name="envelopevote_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="envelopevote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_envelopevoteevent" ("amount", "approved_at", "approved_by_id", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "source", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."envelope_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."source", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="5cf4b330a57b5531343fa1097a0612a882fa58d6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_55e59",
                    table="funding_envelopevote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="envelopevote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_envelopevoteevent" ("amount", "approved_at", "approved_by_id", "envelope_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "source", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."envelope_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."source", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="c6e2a74cd37f5fa422da8b306b2d4f7b24087dd8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d2706",
                    table="funding_envelopevote",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="moneypolicy_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="moneypolicy_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="XOR",
                ),
                name="moneypolicy_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("tolerance__gte", 0), ("tolerance__lt", 10000000000000)),
                name="moneypolicy_tolerance_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("variance_percent__lte", 100)), name="moneypolicy_percent_valid"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneypolicy",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("status", "approved")),
                expressions=[
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="moneypolicy_no_overlap",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="moneypolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_moneypolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "starts_on", "status", "tolerance", "variance_percent", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."starts_on", NEW."status", NEW."tolerance", NEW."variance_percent", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="f44dda7c37abfce2d7ab11adf4df00641ec02ce1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bd003",
                    table="funding_moneypolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="moneypolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_moneypolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "source", "starts_on", "status", "tolerance", "variance_percent", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."source", NEW."starts_on", NEW."status", NEW."tolerance", NEW."variance_percent", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="413d0289a26b6193ca5a924fe90125522d3f9102",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27c7e",
                    table="funding_moneypolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gt", 0),
                        ("amount__lt", 10000000000000),
                        ("carry_over__isnull", True),
                        ("milestone__isnull", False),
                    ),
                    models.Q(
                        ("amount__gt", -10000000000000),
                        ("amount__lt", 0),
                        ("carry_over__isnull", False),
                        ("milestone__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_amount_valid",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spendingimport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_spendingimportevent" ("decided_at", "file_digest", "file_name", "id", "offered_at", "offered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded", "rows", "source", "status") VALUES (NEW."decided_at", NEW."file_digest", NEW."file_name", NEW."id", NEW."offered_at", NEW."offered_by_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."recorded", NEW."rows", NEW."source", NEW."status"); RETURN NULL;',
                    hash="4863ece313c391c1c777e8cd131a1f0f03434fc5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a8094",
                    table="funding_spendingimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spendingimport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_spendingimportevent" ("decided_at", "file_digest", "file_name", "id", "offered_at", "offered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded", "rows", "source", "status") VALUES (NEW."decided_at", NEW."file_digest", NEW."file_name", NEW."id", NEW."offered_at", NEW."offered_by_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."recorded", NEW."rows", NEW."source", NEW."status"); RETURN NULL;',
                    hash="37ea79a09a0c51273869991ce35f641a3135469c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_63b06",
                    table="funding_spendingimport",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expenditure",
            index=models.Index(fields=["envelope", "spent_on"], name="funding_exp_envelop_47ff6e_idx"),
        ),
        migrations.AddConstraint(
            model_name="expenditure",
            constraint=models.UniqueConstraint(fields=("source", "row_digest"), name="expenditure_row_once"),
        ),
        migrations.AddConstraint(
            model_name="expenditure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__lt", 10000000000000), ("reverses__isnull", True)),
                    models.Q(
                        ("amount__gt", -10000000000000),
                        ("amount__lt", 0),
                        ("reverses__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="expenditure_amount_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)), name="supplement_positive"
            ),
        ),
        *[operation for table in APPEND_ONLY for operation in append_only(table)],
        migrations.RunSQL(EARLIER_ROWS, migrations.RunSQL.noop),
    ]
