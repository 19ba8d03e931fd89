"""Questions, deferrals, conditions, appeals and the Finance Committee's outcome."""

from typing import Any

from django.db import migrations, models
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations

from core.database import append_only

TABLES = (
    "funding_evidencefile",
    "funding_returnquestion",
    "funding_questionanswer",
    "funding_conditionstep",
    "funding_appeal",
    "funding_financecommitteeentry",
    "funding_entryverdict",
)


def install_finance_committee(apps: Any, schema_editor: Any) -> None:
    """Where the programme runs already, the Finance Committee and its rule come with this release."""
    alias = schema_editor.connection.alias
    body = apps.get_model("funding", "Body")._default_manager.using(alias)
    rule = apps.get_model("funding", "VotingRule")._default_manager.using(alias)
    first = rule.filter(status="approved").order_by("starts_on").first()
    if first is None or body.filter(code="finance-committee").exists():
        return
    made = body.create(
        code="finance-committee",
        name_en="Finance Committee of the Legislative Council",
        name_zh_hant="立法會財務委員會",
        name_zh_hans="立法会财务委员会",
    )
    rule.create(
        body=made,
        status="approved",
        starts_on=first.starts_on,
        source="Rules of Procedure of the Legislative Council, Rule 71(8)",
        quorum_share_percent=0,
        quorum_least=9,
        tie="casting_vote",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people"),
        ("funding", "0005_request_content"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.TextField(help_text="Why the decision should be looked at again.")),
                ("filed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["filed_at"],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="1..n, as in the motion.")),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("submitted", "evidence handed in"),
                            ("waiving", "waiver proposed"),
                            ("discharged", "discharged"),
                            ("waived", "waived"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "decision", "number"],
            },
        ),
        migrations.CreateModel(
            name="ConditionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(help_text="1..n, as in the motion.")),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("submitted", "evidence handed in"),
                            ("waiving", "waiver proposed"),
                            ("discharged", "discharged"),
                            ("waived", "waived"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConditionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("set", "task set"),
                            ("assigned", "owner or date changed"),
                            ("submitted", "evidence handed in"),
                            ("returned", "evidence sent back"),
                            ("discharged", "discharged"),
                            ("waiving", "waiver proposed"),
                            ("kept", "waiver refused"),
                            ("waived", "waived"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "came_from",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("endorsed", "endorsed by the Head of Department"),
                            ("screened", "screened by the secretary"),
                            ("deciding", "being decided"),
                            ("decided", "decided, not yet published"),
                            ("published", "published"),
                            ("returned", "returned with questions"),
                            ("deferred", "deferred"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("until", models.DateField(help_text="First day on which it is back by itself, Hong Kong.", null=True)),
                ("condition", models.CharField(blank=True, help_text="What has to happen first.", max_length=500)),
                ("deferred_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-deferred_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DeferralEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "came_from",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("endorsed", "endorsed by the Head of Department"),
                            ("screened", "screened by the secretary"),
                            ("deciding", "being decided"),
                            ("decided", "decided, not yet published"),
                            ("published", "published"),
                            ("returned", "returned with questions"),
                            ("deferred", "deferred"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("until", models.DateField(help_text="First day on which it is back by itself, Hong Kong.", null=True)),
                ("condition", models.CharField(blank=True, help_text="What has to happen first.", max_length=500)),
                ("deferred_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntryVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(choices=[("confirmed", "confirmed"), ("returned", "sent back")], max_length=10),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stored_name",
                    models.CharField(help_text="Where the server keeps it; never the sender's name.", max_length=200),
                ),
                ("shown_name", models.CharField(help_text="The sender's name, cleaned.", max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                ("uploaded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FinanceCommitteeEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("withdrawn", "item withdrawn before a vote"),
                        ],
                        max_length=10,
                    ),
                ),
                ("meeting_on", models.DateField()),
                ("present", models.PositiveSmallIntegerField(help_text="Members present, the chairman included.")),
                ("votes_for", models.PositiveSmallIntegerField()),
                ("votes_against", models.PositiveSmallIntegerField()),
                ("abstained", models.PositiveSmallIntegerField()),
                (
                    "casting",
                    models.CharField(
                        blank=True,
                        choices=[("", "none"), ("for", "for"), ("against", "against")],
                        help_text="Of the chairman, in a tie only.",
                        max_length=8,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, help_text="What was approved; 0 unless approved.", max_digits=18
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why less than recommended, rejected or withdrawn.")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["item", "revision"],
            },
        ),
        migrations.CreateModel(
            name="FinanceCommitteeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("panel_on", models.DateField(help_text="Day on which the Panel was consulted.", null=True)),
                (
                    "panel_paper",
                    models.CharField(blank=True, help_text="Number of the paper for the Panel.", max_length=60),
                ),
                (
                    "paper",
                    models.CharField(
                        blank=True, help_text="FCR(yyyy-yy)n, the Finance Committee's number.", max_length=20
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("preparing", "before the Legislative Council"),
                            ("recorded", "outcome recorded, waiting for a second officer"),
                            ("confirmed", "outcome confirmed, not yet published"),
                            ("published", "published"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="FinanceCommitteeItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("panel_on", models.DateField(help_text="Day on which the Panel was consulted.", null=True)),
                (
                    "panel_paper",
                    models.CharField(blank=True, help_text="Number of the paper for the Panel.", max_length=60),
                ),
                (
                    "paper",
                    models.CharField(
                        blank=True, help_text="FCR(yyyy-yy)n, the Finance Committee's number.", max_length=20
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("preparing", "before the Legislative Council"),
                            ("recorded", "outcome recorded, waiting for a second officer"),
                            ("confirmed", "outcome confirmed, not yet published"),
                            ("published", "published"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["question", "revision"],
            },
        ),
        migrations.CreateModel(
            name="ReturnQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="1, 2, … over the whole life of the request.")),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingpolicy",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="fundingpolicy",
            name="update_update",
        ),
        migrations.AddField(
            model_name="fundingpolicy",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(
                default=28, help_text="An appeal is filed within this many days of publication, the last one included."
            ),
        ),
        migrations.AddField(
            model_name="fundingpolicyevent",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(
                default=28, help_text="An appeal is filed within this many days of publication, the last one included."
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("recommended", "recommended to the Legislative Council"),
                    ("not_recommended", "not recommended"),
                    ("no_quorum", "no quorum, no decision"),
                    ("returned", "ended: returned with questions"),
                    ("deferred", "ended: deferred"),
                    ("adjourned", "adjourned, no decision"),
                    ("superseded", "ended: the paper was revised"),
                    ("withdrawn", "ended: the request was withdrawn"),
                    ("route_changed", "ended: the route changed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="fundingrequest",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("recommended", "recommended to the Legislative Council"),
                    ("not_recommended", "not recommended"),
                    ("no_quorum", "no quorum, no decision"),
                    ("returned", "ended: returned with questions"),
                    ("deferred", "ended: deferred"),
                    ("adjourned", "adjourned, no decision"),
                    ("superseded", "ended: the paper was revised"),
                    ("withdrawn", "ended: the request was withdrawn"),
                    ("route_changed", "ended: the route changed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="fundingrequest",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("endorsed", "endorsed by the Head of Department"),
                    ("screened", "screened by the secretary"),
                    ("deciding", "being decided"),
                    ("decided", "decided, not yet published"),
                    ("published", "published"),
                    ("returned", "returned with questions"),
                    ("deferred", "deferred"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="fundingrequestevent",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("recommended", "recommended to the Legislative Council"),
                    ("not_recommended", "not recommended"),
                    ("no_quorum", "no quorum, no decision"),
                    ("returned", "ended: returned with questions"),
                    ("deferred", "ended: deferred"),
                    ("adjourned", "adjourned, no decision"),
                    ("superseded", "ended: the paper was revised"),
                    ("withdrawn", "ended: the request was withdrawn"),
                    ("route_changed", "ended: the route changed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="fundingrequestevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("endorsed", "endorsed by the Head of Department"),
                    ("screened", "screened by the secretary"),
                    ("deciding", "being decided"),
                    ("decided", "decided, not yet published"),
                    ("published", "published"),
                    ("returned", "returned with questions"),
                    ("deferred", "deferred"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="recusal",
            name="ground",
            field=models.CharField(
                choices=[
                    ("applicant", "applied for the money"),
                    ("lead", "leads the project"),
                    ("endorsed", "endorsed the request as Head of Department"),
                    ("editor", "wrote part of the request"),
                    ("same_department", "belongs to the applicant's department"),
                    ("appealed", "took the decision that is appealed against"),
                    ("declared", "declared an interest"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="requeststep",
            name="from_status",
            field=models.CharField(
                blank=True,
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("endorsed", "endorsed by the Head of Department"),
                    ("screened", "screened by the secretary"),
                    ("deciding", "being decided"),
                    ("decided", "decided, not yet published"),
                    ("published", "published"),
                    ("returned", "returned with questions"),
                    ("deferred", "deferred"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="requeststep",
            name="to_status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("endorsed", "endorsed by the Head of Department"),
                    ("screened", "screened by the secretary"),
                    ("deciding", "being decided"),
                    ("decided", "decided, not yet published"),
                    ("published", "published"),
                    ("returned", "returned with questions"),
                    ("deferred", "deferred"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("recommended", "recommended to the Legislative Council"),
                    ("not_recommended", "not recommended"),
                    ("no_quorum", "no quorum, no decision"),
                    ("returned", "ended: returned with questions"),
                    ("deferred", "ended: deferred"),
                    ("adjourned", "adjourned, no decision"),
                    ("superseded", "ended: the paper was revised"),
                    ("withdrawn", "ended: the request was withdrawn"),
                    ("route_changed", "ended: the route changed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="roundevent",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "approved"),
                    ("rejected", "rejected"),
                    ("recommended", "recommended to the Legislative Council"),
                    ("not_recommended", "not recommended"),
                    ("no_quorum", "no quorum, no decision"),
                    ("returned", "ended: returned with questions"),
                    ("deferred", "ended: deferred"),
                    ("adjourned", "adjourned, no decision"),
                    ("superseded", "ended: the paper was revised"),
                    ("withdrawn", "ended: the request was withdrawn"),
                    ("route_changed", "ended: the route changed"),
                ],
                max_length=16,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_fundingpolicyevent" ("appeal_days", "approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."appeal_days", NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="28c66af854c18d87da28670ebc60c1893f92b421",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3164c",
                    table="funding_fundingpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fundingpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_fundingpolicyevent" ("appeal_days", "approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."appeal_days", NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="5b53aa9ba66e4a33dfadc11e5944eef534f4eff7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1fdd",
                    table="funding_fundingpolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="against",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="filed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="funding.fundingrequest"
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="funding.decision"
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="funding_conditions", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="conditionevent",
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
            model_name="conditionevent",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="conditionevent",
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
            model_name="conditionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.condition",
            ),
        ),
        migrations.AddField(
            model_name="conditionstep",
            name="condition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="funding.condition"
            ),
        ),
        migrations.AddField(
            model_name="conditionstep",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="deferral",
            name="deferred_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="deferral",
            name="ended_by",
            field=models.ForeignKey(
                help_text="Empty: the schedule.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="deferral",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deferrals", to="funding.fundingrequest"
            ),
        ),
        migrations.AddField(
            model_name="deferralevent",
            name="deferred_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="deferralevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Empty: the schedule.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="deferralevent",
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
            model_name="deferralevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.deferral",
            ),
        ),
        migrations.AddField(
            model_name="deferralevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="entryverdict",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="evidence_files", to="funding.fundingrequest"
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="conditionstep",
            name="evidence",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.evidencefile"
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeentry",
            name="evidence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.evidencefile"
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeentry",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeentry",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.votingrule"
            ),
        ),
        migrations.AddField(
            model_name="entryverdict",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdict", to="funding.financecommitteeentry"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="entry",
            field=models.OneToOneField(
                help_text="The confirmed outcome of the Finance Committee that this decision is.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="funding.financecommitteeentry",
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeitem",
            name="recommendation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finance_committee_item",
                to="funding.decision",
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeitem",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finance_committee_item",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeentry",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="funding.financecommitteeitem"
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeitemevent",
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
            model_name="financecommitteeitemevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="funding.financecommitteeitem",
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeitemevent",
            name="recommendation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.decision",
            ),
        ),
        migrations.AddField(
            model_name="financecommitteeitemevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="questionanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="returnquestion",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="returnquestion",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_questions",
                to="funding.fundingrequest",
            ),
        ),
        migrations.AddField(
            model_name="returnquestion",
            name="request_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_questions",
                to="funding.requestversion",
            ),
        ),
        migrations.AddField(
            model_name="questionanswer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="funding.returnquestion"
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(fields=("decision", "number"), name="condition_number_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="condition",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_conditionevent" ("decision_id", "due_on", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text") VALUES (NEW."decision_id", NEW."due_on", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."status", NEW."text"); RETURN NULL;',
                    hash="520ad7cdffe87b33a565cc3ea902c1b121b48e13",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a3ff3",
                    table="funding_condition",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="condition",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_conditionevent" ("decision_id", "due_on", "id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text") VALUES (NEW."decision_id", NEW."due_on", NEW."id", NEW."number", NEW."owner_id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."status", NEW."text"); RETURN NULL;',
                    hash="059042563c5966006e8e2e5a13395d872c7bc9b8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_04b73",
                    table="funding_condition",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="deferral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("request",), name="deferral_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="deferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", False), models.Q(("condition", ""), _negated=True), _connector="OR"
                ),
                name="deferral_until_something",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deferral",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_deferralevent" ("came_from", "condition", "deferred_at", "deferred_by_id", "ended_at", "ended_because", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "request_id", "until") VALUES (NEW."came_from", NEW."condition", NEW."deferred_at", NEW."deferred_by_id", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."reason", NEW."request_id", NEW."until"); RETURN NULL;',
                    hash="76c880909f47bdfedfee5867e6ddfb9b89a24994",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_32243",
                    table="funding_deferral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deferral",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_deferralevent" ("came_from", "condition", "deferred_at", "deferred_by_id", "ended_at", "ended_because", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "request_id", "until") VALUES (NEW."came_from", NEW."condition", NEW."deferred_at", NEW."deferred_by_id", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."id", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."reason", NEW."request_id", NEW."until"); RETURN NULL;',
                    hash="6ebb3a2e788b4e9f0d4b7afe93d9f7e4aeea6457",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_670e6",
                    table="funding_deferral",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="entryverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "confirmed"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="entryverdict_returned_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paper", ""), _negated=True),
                fields=("paper",),
                name="financecommitteeitem_paper_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper", ""), ("paper__regex", "^FCR\\([0-9]{4}-[0-9]{2}\\)[1-9][0-9]{0,3}$"), _connector="OR"
                ),
                name="financecommitteeitem_paper_format",
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "preparing"),
                    models.Q(
                        ("panel_on__isnull", False),
                        models.Q(("panel_paper", ""), _negated=True),
                        models.Q(("paper", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="financecommitteeitem_papers_first",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="financecommitteeitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "funding_financecommitteeitemevent" ("created_at", "id", "panel_on", "panel_paper", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "request_id", "status") VALUES (NEW."created_at", NEW."id", NEW."panel_on", NEW."panel_paper", NEW."paper", _pgh_attach_context(), core_recorded_now(), \'insert\', NEW."id", NEW."recommendation_id", NEW."request_id", NEW."status"); RETURN NULL;',
                    hash="9656ac7beae8d8ee44913b7143aaa867a54bf072",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fac44",
                    table="funding_financecommitteeitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="financecommitteeitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "funding_financecommitteeitemevent" ("created_at", "id", "panel_on", "panel_paper", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "request_id", "status") VALUES (NEW."created_at", NEW."id", NEW."panel_on", NEW."panel_paper", NEW."paper", _pgh_attach_context(), core_recorded_now(), \'update\', NEW."id", NEW."recommendation_id", NEW."request_id", NEW."status"); RETURN NULL;',
                    hash="a3ebc1c8c99db1c7c5fac7ebabfd57a01ab4584c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fc2cc",
                    table="funding_financecommitteeitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeentry",
            constraint=models.UniqueConstraint(fields=("item", "revision"), name="financecommitteeentry_revision_once"),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lt", 10000000000000)),
                name="financecommitteeentry_amount_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("outcome", "approved")),
                    models.Q(models.Q(("outcome", "approved"), _negated=True), ("amount", 0)),
                    _connector="OR",
                ),
                name="financecommitteeentry_amount_only_if_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="financecommitteeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "present__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("votes_for"), "+", models.F("votes_against")
                            ),
                            "+",
                            models.F("abstained"),
                        ),
                    )
                ),
                name="financecommitteeentry_votes_of_present",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnquestion",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="returnquestion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="questionanswer",
            constraint=models.UniqueConstraint(fields=("question", "revision"), name="questionanswer_revision_once"),
        ),
        *[operation for table in TABLES for operation in append_only(table)],
        migrations.RunPython(install_finance_committee, migrations.RunPython.noop),
    ]
