"""Who can see this, and what can this person see: the same answer from both sides, for every persona."""

from datetime import timedelta

import pytest

from accounts.access import reach_of
from accounts.services import share
from core import clock
from projects import access
from projects.models import Project
from tests.factories.accounts import PostingFactory
from tests.factories.projects import ProjectFactory


@pytest.fixture
def projects(world):
    """Own and other, registered and draft, shared and not, a lead from elsewhere, nobody leading."""
    a, b, lead = world.a, world.b, world["applicant"].person
    made = {
        "registered": ProjectFactory(reference="AA-2026-901", department=a, lead=lead),
        "draft": ProjectFactory(reference="AA-2026-902", department=a, lead=lead, draft=True),
        "of_b": ProjectFactory(reference="BB-2026-901", department=b),
        "draft_of_b": ProjectFactory(reference="BB-2026-902", department=b, draft=True),
        "led_from_elsewhere": ProjectFactory(reference="BB-2026-903", department=b, lead=world["official"].person),
        "shared": ProjectFactory(reference="AA-2026-903", department=a, lead=lead, draft=True),
    }
    share(
        actor=world["applicant"],
        kind="project",
        reference="AA-2026-903",
        person_id=world["official"].person_id,
        last_day=clock.today() + timedelta(days=30),
        reason="Outside review.",
    )
    return made


def test_both_sides_agree_for_every_persona_and_project(world, projects):
    wrong = []
    for name, user in world.users.items():
        for kind, project in projects.items():
            sees = Project.objects.visible_to(user).filter(pk=project.pk).exists()
            inside = sees and Project.objects.insider_to(user).filter(pk=project.pk).exists()
            if access.seen_by(project, user.person) != (sees, inside):
                wrong.append((name, kind, (sees, inside), access.seen_by(project, user.person)))
    assert wrong == []


def test_what_the_person_page_answers_is_what_visible_to_gives(world, projects, administrator):
    """Drafts are named only as far as the reader sees them, and then exactly those that the person sees."""
    for reader in world.users.values():
        both = Project.objects.visible_to(reader).filter(status="draft")
        for user in world.users.values():
            told = {str(one.what) for one in reach_of(user.person, reader=reader).opened if "draft " in str(one.what)}
            drafts = Project.objects.visible_to(user).filter(pk__in=both.values("pk"))
            assert {text.removeprefix("the draft ") for text in told} == {str(project) for project in drafts}


def test_somebody_without_an_open_account_sees_nothing(world, administrator, applicant):
    applicant.is_active = False
    applicant.save(update_fields=["is_active"])
    reach = reach_of(applicant.person, reader=administrator)
    assert (reach.has_account, reach.opened) == (False, [])


def test_names_are_for_insiders(client, projects, world, outsider, applicant):
    client.force_login(outsider)
    page = client.get("/projects/AA-2026-901/access/").content.decode()
    assert "named to insiders only" in page
    assert world["colleague"].person.name_en not in page
    client.force_login(applicant)
    assert world["colleague"].person.name_en in client.get("/projects/AA-2026-901/access/").content.decode()


def test_a_hidden_project_has_no_such_page(client, projects, outsider, world):
    client.force_login(outsider)
    assert client.get("/projects/AA-2026-902/access/").status_code == 404
    assert client.get("/people/grants/new/project/AA-2026-902/").status_code == 404


def test_who_leaves_a_department_leaves_its_drafts(world, projects, colleague):
    PostingFactory._meta.model.objects.filter(person=colleague.person).update(ends_on=clock.today())
    assert access.seen_by(projects["draft"], colleague.person) == (False, False)
    assert not Project.objects.visible_to(colleague).filter(pk=projects["draft"].pk).exists()
