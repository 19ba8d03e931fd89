"""Every change, before and after: who, when, in which request, why; and never more than the reader may see."""

from django.urls import reverse
import pghistory
import pytest

from core.errors import Unprocessable
from core.history import because, told, told_by_command
from projects.models import Project
from projects.subjects import PROCEDURE_PARTS, PROJECT_PARTS
from tests.factories.projects import ProjectFactory
from tests.factories.work import CommentFactory, DocumentFactory, TaggingFactory
from work import history, subjects


def entries(user, word, thing):
    subject = subjects.find(word, thing.reference, user=user)
    return history.entries(subject, list(history.events(subject)))


def edit(client, project, **said):
    return client.patch(
        f"/api/v1/projects/{project.reference}/",
        said,
        content_type="application/json",
        headers={"If-Match": f'"{project.version}"', "X-Request-ID": "request-12345"},
    )


def test_an_edit_shows_before_after_who_and_the_request(project, applicant, as_person):
    answer = edit(as_person(applicant), project, title_en="Visa triage, second phase")
    assert answer.status_code == 200, answer.content

    newest = entries(applicant, "project", project)[0]

    changes = {str(change.label): (change.before, change.after) for change in newest.changes}
    assert changes["Title in English"] == (project.title_en, "Visa triage, second phase")
    assert (newest.what, newest.person, newest.request) == ("changed", applicant.person, "request-12345")


def test_a_token_of_the_api_is_named_too(project, applicant, client):
    from core.api.authentication import issue

    token, _until = issue(applicant)
    sent = {"subject_kind": "project", "subject": project.reference, "text": "By token."}
    answer = client.post(
        "/api/v1/comments/", sent, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 201

    said = next(entry for entry in entries(applicant, "project", project) if str(entry.part) == "Comment")

    assert (said.person, len(said.request)) == (applicant.person, 32)


def test_a_reason_belongs_to_its_own_act_only(project, applicant):
    with pghistory.context(user=applicant.pk):
        Project.objects.filter(pk=project.pk).update(technique="OCR")
        with because("The bureau asked."):
            Project.objects.filter(pk=project.pk).update(technique="OCR and rules")
        Project.objects.filter(pk=project.pk).update(technique="Rules")

    reasons = [(entry.reason, entry.person) for entry in entries(applicant, "project", project)[:3]]

    assert reasons == [("", applicant.person), ("The bureau asked.", applicant.person), ("", applicant.person)]


def test_a_sensitive_change_without_a_reason_is_refused(project):
    with pytest.raises(Unprocessable), because("  "):
        Project.objects.filter(pk=project.pk).update(technique="OCR")
    project.refresh_from_db()
    assert project.technique == "Optical character recognition"


def test_a_reason_does_not_outlive_its_act(project, applicant):
    with because("Once."):
        Project.objects.filter(pk=project.pk).update(technique="OCR")
    Project.objects.filter(pk=project.pk).update(technique="Rules")

    assert [entry.reason for entry in entries(applicant, "project", project)[:2]] == ["", "Once."]


def test_tasks_and_commands_are_named(project, applicant):
    with told_by_command("import_register"):
        Project.objects.filter(pk=project.pk).update(technique="OCR")
    with told(task="kpis.tasks.collect_due"):
        Project.objects.filter(pk=project.pk).update(technique="Rules")

    assert [entry.by for entry in entries(applicant, "project", project)[:2]] == [
        "kpis.tasks.collect_due",
        "import_register",
    ]


def test_outsiders_read_neither_comments_nor_closed_documents(project, applicant, outsider):
    CommentFactory(subject=project)
    DocumentFactory(subject=project, title_en="Open paper")
    DocumentFactory(subject=project, title_en="Inner paper", classification="confidential")
    TaggingFactory(subject=project)

    outside = [str(entry.part) for entry in entries(outsider, "project", project)]
    inside = [str(entry.part) for entry in entries(applicant, "project", project)]

    assert sorted(outside) == ["Document", "Project", "Tag", "Version of a document"]
    assert len(inside) == len(outside) + 3
    assert "Comment" in inside


def test_what_a_draft_said_before_it_was_registered_stays_inside(world, applicant, outsider):
    project = ProjectFactory(department=world.a, draft=True, title_en="Secret name")
    Project.objects.filter(pk=project.pk).update(
        status="registered", title_en="Public name", registered_on="2026-03-02"
    )

    seen = [change.before for entry in entries(outsider, "project", project) for change in entry.changes]
    inside = [change.before for entry in entries(applicant, "project", project) for change in entry.changes]

    assert "Secret name" not in seen
    assert "Secret name" in inside


def test_a_document_that_was_closed_leaves_the_public_history(project, outsider):
    document = DocumentFactory(subject=project, title_en="Names")
    type(document).objects.filter(pk=document.pk).update(classification="restricted")

    told_outside = [
        entry for entry in entries(outsider, "project", project) if str(entry.part) == "Version of a document"
    ]

    assert told_outside == []


@pytest.mark.parametrize("part", [*PROJECT_PARTS, *PROCEDURE_PARTS], ids=lambda part: part.name)
def test_every_column_that_is_shown_exists(part):
    columns = {column.name for column in part.model.pgh_event_model._meta.fields}

    assert set(part.labels) <= columns


def test_the_page_asks_the_same_queries_for_one_change_and_for_twenty(
    project, applicant, as_person, django_assert_num_queries, django_assert_max_num_queries
):
    here = reverse("projects:project-history", args=[project.reference])
    as_person(applicant).get(here)
    Project.objects.filter(pk=project.pk).update(technique="OCR")
    with django_assert_max_num_queries(20) as one:
        as_person(applicant).get(here)
    for number in range(18):
        Project.objects.filter(pk=project.pk).update(technique=f"OCR {number}")
    with django_assert_num_queries(len(one.captured_queries)):
        answer = as_person(applicant).get(here)
    assert len(answer.context["entries"]) == 20


def test_the_api_gives_the_same_history(project, api, outsider):
    Project.objects.filter(pk=project.pk).update(technique="OCR")

    answer = api(outsider).get(f"/api/v1/projects/{project.reference}/history/").json()

    assert answer["count"] == 2
    assert answer["results"][0]["changes"] == [
        {"column": "AI technique", "before": "Optical character recognition", "after": "OCR"}
    ]
