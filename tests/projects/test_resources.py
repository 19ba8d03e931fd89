"""Vendors, models, data sets and systems: one entry per name and kind, used by projects from a day until a day."""

from datetime import date

from django.db import IntegrityError, transaction
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Unprocessable
from projects import services
from projects.models import Resource, ResourceUse
from projects.records import resources
from tests.factories.projects import ProjectFactory
from tests.factories.records import ResourceFactory, ResourceUseFactory

DAY = date(2026, 3, 1)


def unchanged(error, code, work):
    rows = [list(kind.objects.order_by("pk").values()) for kind in (Resource, ResourceUse)]
    with pytest.raises(error) as found, transaction.atomic():
        work()
    assert found.value.code == code
    assert [list(kind.objects.order_by("pk").values()) for kind in (Resource, ResourceUse)] == rows
    return found.value


def use(actor, project, **more):
    said = {"starts_on": DAY, "kind": "model", "name_en": "HKGAI V1"} | more
    return services.use_resource(actor=actor, project_id=project.pk, **said)


def test_the_same_name_of_the_same_kind_is_one_entry(applicant, outsider):
    first = services.register_resource(actor=applicant, kind="model", name_en="HKGAI V1", name_zh_hant="模型")

    refusal = unchanged(
        Conflict,
        "resource.exists",
        lambda: services.register_resource(actor=outsider, kind="model", name_en=" hkgai  v1"),
    )

    assert first.reference in str(refusal)
    assert first.reference.startswith("RES-")
    assert services.register_resource(actor=outsider, kind="system", name_en="HKGAI V1").pk != first.pk


def test_the_database_keeps_one_entry_per_name_and_kind(world):
    ResourceFactory(name_en="Pangu")
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceFactory(name_en="PANGU")


def test_naming_what_a_project_uses_takes_the_entry_there_is_or_registers_it(project, applicant, b_applicant, world):
    first = use(applicant, project)
    other = ProjectFactory(department=world.b)

    second = use(b_applicant, other, name_en="hkgai v1")

    assert second.resource == first.resource
    assert Resource.objects.count() == 1
    assert first.resource.registered_by == applicant.person


def test_a_project_uses_an_entry_once_at_a_time(project, applicant):
    first = use(applicant, project)
    unchanged(Conflict, "use.exists", lambda: use(applicant, project))

    services.end_use(actor=applicant, use_id=first.pk, ends_on=date(2026, 6, 1))

    unchanged(Conflict, "use.overlap", lambda: use(applicant, project, starts_on=date(2026, 5, 31)))
    assert use(applicant, project, starts_on=date(2026, 6, 1)).pk
    unchanged(
        Conflict, "use.ended", lambda: services.end_use(actor=applicant, use_id=first.pk, ends_on=date(2026, 7, 1))
    )


def test_a_use_does_not_end_before_it_began(project, applicant):
    """FM-13."""
    made = use(applicant, project)

    unchanged(
        Unprocessable,
        "date.order",
        lambda: services.end_use(actor=applicant, use_id=made.pk, ends_on=date(2026, 2, 28)),
    )


def test_only_the_lead_and_the_department_say_what_a_project_uses(project, outsider, team, applicant):
    made = use(applicant, project)
    for person in (outsider, team):
        unchanged(NotAllowed, "department.other", lambda person=person: use(person, project, name_en="Mine"))
        unchanged(
            NotAllowed,
            "department.other",
            lambda person=person: services.end_use(actor=person, use_id=made.pk, ends_on=date(2026, 9, 1)),
        )


def test_a_use_names_what_it_is(project, applicant):
    unchanged(InvalidInput, "resource.required", lambda: use(applicant, project, name_en="\u200b"))
    unchanged(NotVisible, "resource.none", lambda: use(applicant, project, resource_id=2**40, kind="", name_en=""))


def test_an_entry_is_corrected_by_the_team_its_registrar_and_its_users(project, applicant, b_applicant, team, world):
    entry = use(applicant, project).resource

    def rename(actor, version):
        return services.change_resource(
            actor=actor, resource_id=entry.pk, expected_version=version, name_en=f"HKGAI V{version}"
        )

    unchanged(NotAllowed, "resource.other", lambda: rename(b_applicant, 1))
    rename(applicant, 1)
    rename(team, 2)
    use(b_applicant, ProjectFactory(department=world.b), name_en="HKGAI V2")
    assert rename(b_applicant, 3).name_key == "hkgai v3"


def test_an_entry_is_withdrawn_with_a_reason_once_nobody_uses_it(project, applicant):
    made = use(applicant, project)
    said = {"actor": applicant, "resource_id": made.resource_id, "expected_version": 1}
    unchanged(Conflict, "resource.in_use", lambda: services.withdraw_resource(**said, reason="Sold."))
    services.end_use(actor=applicant, use_id=made.pk, ends_on=DAY)
    unchanged(InvalidInput, "reason.required", lambda: services.withdraw_resource(**said, reason=""))

    gone = services.withdraw_resource(**said, reason="The company was sold.")

    assert gone.withdrawn_because == "The company was sold."
    unchanged(Conflict, "resource.withdrawn", lambda: use(applicant, project, starts_on=date(2026, 9, 1)))


def test_a_reader_counts_only_uses_of_projects_they_see(official, world):
    entry = ResourceFactory()
    ResourceUseFactory(resource=entry)
    ResourceUseFactory(resource=entry, project=ProjectFactory(department=world.b, draft=True))
    ResourceUseFactory(resource=entry, ends_on=date(2026, 2, 1))

    assert resources.resource_rows(official).get(pk=entry.pk).project_count == 1
    assert resources.use_rows(official).filter(resource=entry).count() == 2
    assert resources.resource_rows(world["b_applicant"]).get(pk=entry.pk).project_count == 2
