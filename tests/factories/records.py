"""A project's records: plan, monthly status, risks and issues, and what it is built from."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from core import clock
from projects.models import (
    Concern,
    Dependency,
    IndependentRating,
    Milestone,
    Rating,
    Resource,
    ResourceUse,
    StatusReport,
)
from projects.services.resources import name_key
from tests.factories.accounts import PersonFactory
from tests.factories.projects import ProjectFactory


class PlannedFactory(DjangoModelFactory):
    """Agreed, expected and first agreed for the same day, unless said otherwise."""

    class Meta:
        abstract = True

    class Params:
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(clock.now), withdrawn_because="Not needed.")

    project = factory.SubFactory(ProjectFactory)
    name_en = factory.Sequence(lambda n: f"Milestone {n}")
    name_zh_hant = factory.Sequence(lambda n: f"里程碑{n}")
    original_on = date(2027, 3, 1)
    current_on = factory.SelfAttribute("original_on")
    forecast_on = factory.SelfAttribute("current_on")


class MilestoneFactory(PlannedFactory):
    class Meta:
        model = Milestone


class DependencyFactory(PlannedFactory):
    class Meta:
        model = Dependency


class StatusReportFactory(DjangoModelFactory):
    class Meta:
        model = StatusReport

    project = factory.SubFactory(ProjectFactory)
    month = date(2026, 10, 1)
    rating = Rating.GREEN
    summary = "Work goes to plan."
    submitted_by = factory.SubFactory(PersonFactory)
    submitted_at = factory.LazyFunction(clock.now)


class IndependentRatingFactory(DjangoModelFactory):
    class Meta:
        model = IndependentRating

    project = factory.SubFactory(ProjectFactory)
    month = date(2026, 10, 1)
    rating = Rating.AMBER
    reason = "Two counters are late."
    rated_by = factory.SubFactory(PersonFactory)
    rated_at = factory.LazyFunction(clock.now)


class ConcernFactory(DjangoModelFactory):
    """A risk; `issue=True` has happened, `closed=True` is over."""

    class Meta:
        model = Concern

    class Params:
        issue = factory.Trait(kind=Concern.Kind.ISSUE, likelihood=None)
        closed = factory.Trait(closed_on=factory.LazyFunction(clock.today), closing_note="Settled.")

    project = factory.SubFactory(ProjectFactory)
    kind = Concern.Kind.RISK
    title = factory.Sequence(lambda n: f"Risk {n}")
    likelihood = 4
    impact = 5
    owner = factory.SubFactory(PersonFactory)
    raised_by = factory.SelfAttribute("owner")
    raised_on = date(2026, 10, 5)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    reference = factory.Sequence(lambda n: f"RES-T{n + 1:04d}")
    kind = Resource.Kind.VENDOR
    name_en = factory.Sequence(lambda n: f"Supplier {n}")
    name_key = factory.LazyAttribute(lambda made: name_key(made.name_en))


class ResourceUseFactory(DjangoModelFactory):
    class Meta:
        model = ResourceUse

    project = factory.SubFactory(ProjectFactory)
    resource = factory.SubFactory(ResourceFactory)
    purpose = "reading of forms"
    starts_on = date(2026, 1, 1)
