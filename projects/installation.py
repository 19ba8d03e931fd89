"""What a new installation knows about the count before anybody types: the targets and the first counting rule."""

from datetime import date

from django.db import transaction

from projects.models import CountingRule, EvidenceKind, Target

PROGRAMME_BEGAN_ON = date(2025, 10, 1)  # docs/decisions/0005-first-counting-rule.md
TARGETS = ((100, date(2026, 12, 31)), (200, date(2027, 12, 31)))
SOURCE = "2025 Policy Address, programme wording"


@transaction.atomic
def install(*, source: str = SOURCE) -> CountingRule:
    """Write the targets and the first rule, each with its source. Running it again changes nothing."""
    for value, due_on in TARGETS:
        Target.objects.get_or_create(
            metric=Target.Metric.PROCEDURES_IN_USE, due_on=due_on, defaults={"value": value, "source": source}
        )
    rule, _created = CountingRule.objects.get_or_create(
        starts_on=PROGRAMME_BEGAN_ON,
        status=CountingRule.Status.APPROVED,
        defaults={"source": source, "required_evidence": sorted(EvidenceKind.values)},
    )
    return rule
