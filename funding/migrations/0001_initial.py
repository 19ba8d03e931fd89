import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations

import core.database


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0002_append_only_facts"),
    ]

    operations = [
        core.database.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Body",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name_plural": "bodies",
                    },
                ),
                migrations.CreateModel(
                    name="BodyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.SlugField(db_index=False, max_length=40)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.body",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("financial_year", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("source", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["financial_year", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("amount__lt", 10000000000000)),
                                name="envelope_amount_valid",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnvelopeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.SlugField(db_index=False, max_length=40)),
                        ("name_en", models.CharField(max_length=200)),
                        ("name_zh_hant", models.CharField(blank=True, max_length=200)),
                        ("name_zh_hans", models.CharField(blank=True, max_length=200)),
                        ("financial_year", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.envelope",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FundingPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "linking_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Requests first submitted within this many months before or after are walked over.",
                            ),
                        ),
                        (
                            "same_department",
                            models.CharField(
                                choices=[("recuse", "recused"), ("declare", "declares and may vote")],
                                default="recuse",
                                max_length=8,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "funding policies",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="fundingpolicy_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("proposed_by__isnull", True),
                                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="fundingpolicy_two_people",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
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
                                name="fundingpolicy_no_overlap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundingPolicyEvent",
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
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "linking_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Requests first submitted within this many months before or after are walked over.",
                            ),
                        ),
                        (
                            "same_department",
                            models.CharField(
                                choices=[("recuse", "recused"), ("declare", "declares and may vote")],
                                default="recuse",
                                max_length=8,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.fundingpolicy",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FundingRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=32, unique=True)),
                        ("title_en", models.CharField(max_length=300)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=300)),
                        ("justification", models.TextField(blank=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("endorsed", "endorsed by the Head of Department"),
                                    ("screened", "screened by the secretary"),
                                    ("deciding", "being decided"),
                                    ("decided", "decided, not yet published"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("recommended", "recommended to the Legislative Council"),
                                    ("not_recommended", "not recommended"),
                                    ("no_quorum", "no quorum, no decision"),
                                    ("adjourned", "adjourned, no decision"),
                                    ("superseded", "ended: the paper was revised"),
                                    ("withdrawn", "ended: the request was withdrawn"),
                                    ("route_changed", "ended: the route changed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("own_amount", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        ("assessed_amount", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        (
                            "recurrent_amount",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Yearly consequence, shown and recorded, outside the tier.",
                                max_digits=18,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("department", "department"),
                                    ("working_group", "working group"),
                                    ("legco", "Legislative Council"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "raised",
                            models.CharField(
                                blank=True,
                                choices=[("no_free_head", "the Head of Department is involved in the request")],
                                help_text="Why the tier is higher than that of the amount.",
                                max_length=16,
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(default=1, help_text="Grows with each edit; also the ETag."),
                        ),
                        (
                            "submitted_version",
                            models.PositiveIntegerField(default=0, help_text="Number of the last `RequestVersion`."),
                        ),
                        ("first_submitted_at", models.DateTimeField(null=True)),
                        ("holder_since", models.DateTimeField(help_text="When it came to whoever holds it now.")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="funding_requests",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "linked",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Links this applicant declared.",
                                related_name="linked_by",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="funding.fundingpolicy",
                            ),
                        ),
                        (
                            "procedures",
                            models.ManyToManyField(
                                blank=True, related_name="funding_requests", to="projects.procedure"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="funding_requests",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "permissions": [
                            ("view_every_request", "See every submitted request"),
                            ("view_every_ballot", "See who voted how once published"),
                            ("serve_committee", "Screen requests, open rounds and publish decisions"),
                            ("propose_policy", "Propose a policy"),
                            ("approve_policy", "Approve a policy somebody else proposed"),
                            ("commit_money", "Commit approved money against an envelope"),
                        ],
                        "indexes": [
                            models.Index(fields=["status"], name="funding_fun_status_215ae3_idx"),
                            models.Index(fields=["department", "status"], name="funding_fun_departm_953a75_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("own_amount__gte", 0), ("own_amount__lt", 10000000000000)),
                                name="request_own_amount_valid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("assessed_amount__gte", 0), ("assessed_amount__lt", 10000000000000)
                                ),
                                name="request_assessed_amount_valid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recurrent_amount__gte", 0), ("recurrent_amount__lt", 10000000000000)
                                ),
                                name="request_recurrent_amount_valid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_submitted_at__isnull", True),
                                    models.Q(
                                        ("assessed_amount__gte", models.F("own_amount")),
                                        ("own_amount__gt", 0),
                                        ("policy__isnull", False),
                                        models.Q(("tier", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="request_submitted_is_routed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundingRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reference", models.CharField(max_length=32)),
                        ("title_en", models.CharField(max_length=300)),
                        ("title_zh_hant", models.CharField(blank=True, max_length=300)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=300)),
                        ("justification", models.TextField(blank=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("endorsed", "endorsed by the Head of Department"),
                                    ("screened", "screened by the secretary"),
                                    ("deciding", "being decided"),
                                    ("decided", "decided, not yet published"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("recommended", "recommended to the Legislative Council"),
                                    ("not_recommended", "not recommended"),
                                    ("no_quorum", "no quorum, no decision"),
                                    ("adjourned", "adjourned, no decision"),
                                    ("superseded", "ended: the paper was revised"),
                                    ("withdrawn", "ended: the request was withdrawn"),
                                    ("route_changed", "ended: the route changed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("own_amount", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        ("assessed_amount", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                        (
                            "recurrent_amount",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="Yearly consequence, shown and recorded, outside the tier.",
                                max_digits=18,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("department", "department"),
                                    ("working_group", "working group"),
                                    ("legco", "Legislative Council"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "raised",
                            models.CharField(
                                blank=True,
                                choices=[("no_free_head", "the Head of Department is involved in the request")],
                                help_text="Why the tier is higher than that of the amount.",
                                max_length=16,
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(default=1, help_text="Grows with each edit; also the ETag."),
                        ),
                        (
                            "submitted_version",
                            models.PositiveIntegerField(default=0, help_text="Number of the last `RequestVersion`."),
                        ),
                        ("first_submitted_at", models.DateTimeField(null=True)),
                        ("holder_since", models.DateTimeField(help_text="When it came to whoever holds it now.")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "applicant",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.fundingpolicy",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RequestStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("move", models.CharField(max_length=20)),
                        (
                            "from_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("endorsed", "endorsed by the Head of Department"),
                                    ("screened", "screened by the secretary"),
                                    ("deciding", "being decided"),
                                    ("decided", "decided, not yet published"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "to_status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("endorsed", "endorsed by the Head of Department"),
                                    ("screened", "screened by the secretary"),
                                    ("deciding", "being decided"),
                                    ("decided", "decided, not yet published"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="funding.fundingrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RequestVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.TextField(help_text="RFC 8785 JSON of everything a voter decides on.")),
                        ("digest", models.CharField(max_length=64)),
                        ("own_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("submitted_at", models.DateTimeField()),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why it was revised; empty for the first.", max_length=500
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "number"), name="requestversion_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "duty",
                            models.CharField(
                                choices=[("chair", "chair"), ("member", "member")], default="member", max_length=8
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="funding.body"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["body", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "number"), name="seat_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("duty", "chair"), ("ends_on__isnull", True)),
                                fields=("body",),
                                name="seat_one_open_chair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "duty",
                            models.CharField(
                                choices=[("chair", "chair"), ("member", "member")], default="member", max_length=8
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.body",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.seat",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SeatTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "capacity",
                            models.CharField(
                                choices=[("holder", "holder"), ("alternate", "alternate")],
                                default="holder",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="First day the term no longer runs.", null=True),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seat_terms",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="funding.seat"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="seatterm_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on__isnull", True)),
                                fields=("seat", "capacity"),
                                name="seatterm_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatTermEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "capacity",
                            models.CharField(
                                choices=[("holder", "holder"), ("alternate", "alternate")],
                                default="holder",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="First day the term no longer runs.", null=True),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.seatterm",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.seat",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TierLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("department", "department"),
                                    ("working_group", "working group"),
                                    ("legco", "Legislative Council"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("upper", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                        ("upper_included", models.BooleanField(default=False)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who votes on it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tier_lines",
                                to="funding.body",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="funding.fundingpolicy",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["policy", models.OrderBy(models.F("upper"), nulls_last=True)],
                        "constraints": [
                            models.UniqueConstraint(fields=("policy", "tier"), name="tierline_tier_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("upper__isnull", True),
                                    models.Q(("upper__gt", 0), ("upper__lt", 10000000000000)),
                                    _connector="OR",
                                ),
                                name="tierline_upper_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body__isnull", True), ("tier", "department")),
                                    models.Q(models.Q(("tier", "department"), _negated=True), ("body__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tierline_body_votes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VotingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "quorum_share_percent",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Quorum is more than this share of the seats that may vote."
                            ),
                        ),
                        ("quorum_least", models.PositiveSmallIntegerField(default=3)),
                        (
                            "majority_percent",
                            models.PositiveSmallIntegerField(default=50, help_text="Carried by more than this share."),
                        ),
                        (
                            "majority_base",
                            models.CharField(
                                choices=[("cast", "votes for and against"), ("present", "members present")],
                                default="cast",
                                max_length=8,
                            ),
                        ),
                        ("recused_count_for_quorum", models.BooleanField(default=False)),
                        (
                            "tie",
                            models.CharField(
                                choices=[("fails", "a tie fails"), ("casting_vote", "the chair has a casting vote")],
                                default="fails",
                                max_length=12,
                            ),
                        ),
                        ("last_call_seconds", models.PositiveSmallIntegerField(default=60)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voting_rules",
                                to="funding.body",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="votingrule_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    ("proposed_by__isnull", True),
                                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="votingrule_two_people",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("status", "approved")),
                                expressions=[
                                    (
                                        models.Func(
                                            "body_id",
                                            "body_id",
                                            models.Value("[]"),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            "starts_on",
                                            "ends_on",
                                            function="daterange",
                                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="votingrule_no_overlap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VotingRuleEvent",
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
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "quorum_share_percent",
                            models.PositiveSmallIntegerField(
                                default=50, help_text="Quorum is more than this share of the seats that may vote."
                            ),
                        ),
                        ("quorum_least", models.PositiveSmallIntegerField(default=3)),
                        (
                            "majority_percent",
                            models.PositiveSmallIntegerField(default=50, help_text="Carried by more than this share."),
                        ),
                        (
                            "majority_base",
                            models.CharField(
                                choices=[("cast", "votes for and against"), ("present", "members present")],
                                default="cast",
                                max_length=8,
                            ),
                        ),
                        ("recused_count_for_quorum", models.BooleanField(default=False)),
                        (
                            "tie",
                            models.CharField(
                                choices=[("fails", "a tie fails"), ("casting_vote", "the chair has a casting vote")],
                                default="fails",
                                max_length=12,
                            ),
                        ),
                        ("last_call_seconds", models.PositiveSmallIntegerField(default=60)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.body",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.votingrule",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CostLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("description", models.CharField(blank=True, max_length=300)),
                        (
                            "financial_year",
                            models.PositiveSmallIntegerField(help_text="The year it starts: 2026 is 2026-27."),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="funding.fundingrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                                name="costline_amount_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Editor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="editors",
                                to="funding.fundingrequest",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("request", "person"), name="editor_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(help_text="First, second, … round on this request."),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("meeting", "at a meeting"), ("circulation", "by circulation")],
                                default="meeting",
                                max_length=12,
                            ),
                        ),
                        (
                            "motion_kind",
                            models.CharField(
                                choices=[("approve", "approve"), ("recommend", "recommend to the Legislative Council")],
                                max_length=10,
                            ),
                        ),
                        ("motion_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("conditions", models.JSONField(default=list, help_text="Texts of conditions 1..n.")),
                        (
                            "motion_digest",
                            models.CharField(help_text="SHA-256 of the motion; every vote carries it.", max_length=64),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("closed", "closed, not yet published"),
                                    ("published", "published"),
                                    ("ended", "ended without a result"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "deadline_at",
                            models.DateTimeField(help_text="By circulation only: no vote counts after it.", null=True),
                        ),
                        ("last_call_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("recommended", "recommended to the Legislative Council"),
                                    ("not_recommended", "not recommended"),
                                    ("no_quorum", "no quorum, no decision"),
                                    ("adjourned", "adjourned, no decision"),
                                    ("superseded", "ended: the paper was revised"),
                                    ("withdrawn", "ended: the request was withdrawn"),
                                    ("route_changed", "ended: the route changed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "result",
                            models.JSONField(
                                default=dict,
                                help_text="The tally at close, whole numbers; the sentence is said from it.",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="funding.body"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "request_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="funding.requestversion",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="funding.votingrule",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "number"), name="round_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")), fields=("request",), name="round_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mode", "circulation"), _negated=True),
                                    ("deadline_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="round_circulation_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "open"), ("closed_at__isnull", False), _connector="OR"),
                                name="round_not_open_is_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("department", "department"),
                                    ("working_group", "working group"),
                                    ("legco", "Legislative Council"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("recommended", "recommended to the Legislative Council"),
                                    ("not_recommended", "not recommended"),
                                    ("no_quorum", "no quorum, no decision"),
                                    ("adjourned", "adjourned, no decision"),
                                    ("superseded", "ended: the paper was revised"),
                                    ("withdrawn", "ended: the request was withdrawn"),
                                    ("route_changed", "ended: the route changed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, help_text="What may be committed; 0 unless approved.", max_digits=18
                            ),
                        ),
                        ("conditions", models.JSONField(default=list)),
                        ("assessed_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("decided_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(null=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "request_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="funding.requestversion",
                            ),
                        ),
                        (
                            "round",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="funding.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("amount__lt", 10000000000000)),
                                name="decision_amount_valid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__gt", 0), ("outcome", "approved")),
                                    models.Q(models.Q(("outcome", "approved"), _negated=True), ("amount", 0)),
                                    _connector="OR",
                                ),
                                name="decision_amount_only_if_approved",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("round__isnull", True)),
                                fields=("request_version",),
                                name="decision_by_head_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RollSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("duty", models.CharField(choices=[("chair", "chair"), ("member", "member")], max_length=8)),
                        ("is_recused", models.BooleanField(default=False)),
                        ("alternate_recused", models.BooleanField(default=False)),
                        (
                            "is_absent",
                            models.BooleanField(default=False, help_text="The secretary marked the holder absent."),
                        ),
                        (
                            "alternate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                help_text="Empty: vacant.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="roll", to="funding.round"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.seat"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "number"), name="rollseat_number_once"),
                            models.UniqueConstraint(fields=("round", "holder"), name="rollseat_person_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(help_text="First, second, … round on this request."),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("meeting", "at a meeting"), ("circulation", "by circulation")],
                                default="meeting",
                                max_length=12,
                            ),
                        ),
                        (
                            "motion_kind",
                            models.CharField(
                                choices=[("approve", "approve"), ("recommend", "recommend to the Legislative Council")],
                                max_length=10,
                            ),
                        ),
                        ("motion_amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("conditions", models.JSONField(default=list, help_text="Texts of conditions 1..n.")),
                        (
                            "motion_digest",
                            models.CharField(help_text="SHA-256 of the motion; every vote carries it.", max_length=64),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("closed", "closed, not yet published"),
                                    ("published", "published"),
                                    ("ended", "ended without a result"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "deadline_at",
                            models.DateTimeField(help_text="By circulation only: no vote counts after it.", null=True),
                        ),
                        ("last_call_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("recommended", "recommended to the Legislative Council"),
                                    ("not_recommended", "not recommended"),
                                    ("no_quorum", "no quorum, no decision"),
                                    ("adjourned", "adjourned, no decision"),
                                    ("superseded", "ended: the paper was revised"),
                                    ("withdrawn", "ended: the request was withdrawn"),
                                    ("route_changed", "ended: the route changed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "result",
                            models.JSONField(
                                default=dict,
                                help_text="The tally at close, whole numbers; the sentence is said from it.",
                            ),
                        ),
                        (
                            "acting_chair",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="Seat that stands in for the chair.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.rollseat",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.body",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.round",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.fundingrequest",
                            ),
                        ),
                        (
                            "request_version",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.requestversion",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.votingrule",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("revision", models.PositiveIntegerField()),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "for"), ("against", "against"), ("abstain", "abstain")], max_length=8
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("motion_digest", models.CharField(max_length=64)),
                        ("cast_at", models.DateTimeField(help_text="Database clock, read after the round lock.")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "roll_seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="funding.rollseat"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="funding.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "roll_seat", "revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "roll_seat", "revision"), name="vote_revision_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["for", "against", "abstain"])),
                                name="vote_choice_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("committed_at", models.DateTimeField()),
                        (
                            "committed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="funding.decision",
                            ),
                        ),
                        (
                            "envelope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="funding.envelope",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["committed_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("amount__lt", 10000000000000)),
                                name="commitment_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("applicant", "applied for the money"),
                                    ("lead", "leads the project"),
                                    ("endorsed", "endorsed the request as Head of Department"),
                                    ("editor", "wrote part of the request"),
                                    ("same_department", "belongs to the applicant's department"),
                                    ("declared", "declared an interest"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "roll_seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="funding.rollseat",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="funding.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "person", "ground"), name="recusal_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="round",
            name="acting_chair",
            field=models.ForeignKey(
                help_text="Seat that stands in for the chair.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funding.rollseat",
            ),
        ),
        core.database.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_bodyevent" ("code", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="ee16117155b1f1f949db3b0e95c1c9401e0ebe33",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6405d",
                            table="funding_body",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_bodyevent" ("code", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="aa7ed20bfa6ccad2f6a9b1682dc1148f96e4dfc7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_af2aa",
                            table="funding_body",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_envelopeevent" ("amount", "code", "financial_year", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."amount", NEW."code", NEW."financial_year", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="5850be6c5408b624efd79fa8b2efc9965973df35",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b214",
                            table="funding_envelope",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_envelopeevent" ("amount", "code", "financial_year", "id", "name_en", "name_zh_hans", "name_zh_hant", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."amount", NEW."code", NEW."financial_year", NEW."id", NEW."name_en", NEW."name_zh_hans", NEW."name_zh_hant", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="056f026f082dadd44722c969a15c4f7f49f1f227",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95c87",
                            table="funding_envelope",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingpolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;',
                            hash="ccbf587152d36dbe3e2a1d96a375d0b9e58c11a0",
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
                            func='INSERT INTO "funding_fundingpolicyevent" ("approved_at", "approved_by_id", "ends_on", "id", "linking_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "same_department", "source", "starts_on", "status") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."ends_on", NEW."id", NEW."linking_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."same_department", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;',
                            hash="d28c12beca9abd462e457fde053481be3dfb9174",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1fdd",
                            table="funding_fundingpolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "project_id", "raised", "recurrent_amount", "reference", "status", "submitted_version", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."status", NEW."submitted_version", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="70eac3bd44dbf2662f3e139f8139c5f6ede0dded",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_38fd2",
                            table="funding_fundingrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundingrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_fundingrequestevent" ("applicant_id", "assessed_amount", "created_at", "department_id", "first_submitted_at", "holder_since", "id", "justification", "lead_id", "outcome", "own_amount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "project_id", "raised", "recurrent_amount", "reference", "status", "submitted_version", "tier", "title_en", "title_zh_hans", "title_zh_hant", "version") VALUES (NEW."applicant_id", NEW."assessed_amount", NEW."created_at", NEW."department_id", NEW."first_submitted_at", NEW."holder_since", NEW."id", NEW."justification", NEW."lead_id", NEW."outcome", NEW."own_amount", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."project_id", NEW."raised", NEW."recurrent_amount", NEW."reference", NEW."status", NEW."submitted_version", NEW."tier", NEW."title_en", NEW."title_zh_hans", NEW."title_zh_hant", NEW."version"); RETURN NULL;',
                            hash="ececdd3c8adc68c7be1383f0a3f9e1b5ebe95498",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_114b4",
                            table="funding_fundingrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_seatevent" ("body_id", "duty", "ends_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."body_id", NEW."duty", NEW."ends_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="e081625d4b0585fe063733b08e13e915576e38ab",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dea0a",
                            table="funding_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seat",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_seatevent" ("body_id", "duty", "ends_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."body_id", NEW."duty", NEW."ends_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="e969ba456a9a783739b20e5d16921c649df7e85b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9243",
                            table="funding_seat",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seatterm",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_seattermevent" ("capacity", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "starts_on") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seat_id", NEW."starts_on"); RETURN NULL;',
                            hash="6abf04537dd440ed96ef453bea79d9b30010b2bd",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_86943",
                            table="funding_seatterm",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seatterm",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_seattermevent" ("capacity", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "starts_on") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seat_id", NEW."starts_on"); RETURN NULL;',
                            hash="78931012a98b771247e9ce353e33354a0a14948d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06568",
                            table="funding_seatterm",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="votingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie"); RETURN NULL;',
                            hash="6ba9bdccd647da4c124aaf9b0e402b86703fff00",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61954",
                            table="funding_votingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="votingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_votingruleevent" ("approved_at", "approved_by_id", "body_id", "ends_on", "id", "last_call_seconds", "majority_base", "majority_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "quorum_least", "quorum_share_percent", "recused_count_for_quorum", "source", "starts_on", "status", "tie") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."body_id", NEW."ends_on", NEW."id", NEW."last_call_seconds", NEW."majority_base", NEW."majority_percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."quorum_least", NEW."quorum_share_percent", NEW."recused_count_for_quorum", NEW."source", NEW."starts_on", NEW."status", NEW."tie"); RETURN NULL;',
                            hash="a63c3e546361edda08002604ceb017a2e07ccc87",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5647a",
                            table="funding_votingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="round",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_roundevent" ("acting_chair_id", "body_id", "closed_at", "closed_by_id", "conditions", "deadline_at", "id", "last_call_at", "mode", "motion_amount", "motion_digest", "motion_kind", "number", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "request_id", "request_version_id", "result", "rule_id", "status") VALUES (NEW."acting_chair_id", NEW."body_id", NEW."closed_at", NEW."closed_by_id", NEW."conditions", NEW."deadline_at", NEW."id", NEW."last_call_at", NEW."mode", NEW."motion_amount", NEW."motion_digest", NEW."motion_kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."request_id", NEW."request_version_id", NEW."result", NEW."rule_id", NEW."status"); RETURN NULL;',
                            hash="3bed3996f43f9da7c9fdf614160ca041b842768f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2bb37",
                            table="funding_round",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="round",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_roundevent" ("acting_chair_id", "body_id", "closed_at", "closed_by_id", "conditions", "deadline_at", "id", "last_call_at", "mode", "motion_amount", "motion_digest", "motion_kind", "number", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "request_id", "request_version_id", "result", "rule_id", "status") VALUES (NEW."acting_chair_id", NEW."body_id", NEW."closed_at", NEW."closed_by_id", NEW."conditions", NEW."deadline_at", NEW."id", NEW."last_call_at", NEW."mode", NEW."motion_amount", NEW."motion_digest", NEW."motion_kind", NEW."number", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."request_id", NEW."request_version_id", NEW."result", NEW."rule_id", NEW."status"); RETURN NULL;',
                            hash="7b3a31165167ae788eab3e42bad9180e0fd25b3a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f6087",
                            table="funding_round",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
