"""Documents: versions stay, classifications close, withdrawn ones leave a tombstone, and files come back inertly."""

import hashlib
import io

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
import pytest

from core import uploads
from core.errors import Conflict, NotAllowed, NotVisible, Unprocessable
from tests.factories.projects import ProjectFactory
from tests.factories.work import TEXT, DocumentFactory, add_version
from work import services
from work.models import Document, DocumentVersion


def page(name, *args):
    return reverse(f"projects:{name}", args=args)


def stored(content=TEXT, name="minutes.txt"):
    return uploads.store(io.BytesIO(content), shown_name=name, quota_used=0)


def add(actor, subject, **more):
    said = {"title_en": "Minutes", "document_kind": "minutes", "classification": "open", "stored": stored()}
    return services.add_document(actor=actor, kind="project", subject_id=subject.pk, **said | more)


def sent(**more):
    file = SimpleUploadedFile("minutes.txt", TEXT, content_type="text/plain")
    return {"title_en": "Minutes", "kind": "minutes", "classification": "open", "file": file} | more


def test_a_document_is_added_with_its_first_version(project, applicant):
    document = add(applicant, project, title_zh_hant="裏面的會議紀錄")

    version = document.versions.get()
    assert document.reference.startswith("DOC-")
    assert document.title_zh_hans == "里面的会议纪录"
    assert (version.number, version.size, version.uploaded_by) == (1, len(TEXT), applicant.person)
    assert version.digest == hashlib.sha256(TEXT).hexdigest()


def test_a_new_version_leaves_the_earlier_one_as_it_was(project, applicant):
    document = add(applicant, project)

    services.add_version(actor=applicant, document_id=document.pk, stored=stored(b"Second.\n"), note="Corrected.")

    assert [version.number for version in document.versions.all()] == [2, 1]
    assert document.versions.get(number=1).digest == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize("change", [{"note": "other"}, {"digest": "0" * 64}])
def test_a_stored_version_cannot_be_changed_or_removed(project, change):
    document = DocumentFactory(subject=project)

    for work in (lambda: DocumentVersion.objects.update(**change), lambda: document.versions.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            work()
    assert document.versions.count() == 1


def test_two_versions_never_have_one_number(project):
    document = DocumentFactory(subject=project)
    again = document.versions.get()
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("who", ["outsider", "official", "verifier", "auditor", "team"])
def test_only_who_may_change_the_project_adds_documents(project, world, who):
    with pytest.raises(NotAllowed):
        add(world[who], project)
    assert not Document.objects.exists()


def test_of_a_hidden_project_there_is_no_document(world, outsider, applicant):
    draft = ProjectFactory(department=world.a, draft=True)
    document = DocumentFactory(subject=draft)

    with pytest.raises(NotVisible):
        add(outsider, draft)
    assert not Document.objects.visible_to(outsider).exists()
    assert Document.objects.visible_to(applicant).get() == document


@pytest.mark.parametrize("classification", ["restricted", "confidential"])
@pytest.mark.parametrize(
    ("who", "sees"),
    [("applicant", True), ("head", True), ("team", True), ("auditor", True), ("outsider", False), ("official", False)],
)
def test_above_open_only_insiders_see_it(project, world, classification, who, sees):
    DocumentFactory(subject=project)
    inner = DocumentFactory(subject=project, classification=classification)

    seen = Document.objects.visible_to(world[who])

    assert seen.filter(pk=inner.pk).exists() is sees
    assert seen.count() == 1 + sees


def test_another_classification_needs_a_reason(project, applicant):
    document = DocumentFactory(subject=project, classification="restricted")
    said = {"title_en": "Minutes", "document_kind": "minutes", "classification": "open", "expected_version": 1}

    with pytest.raises(Unprocessable) as refused:
        services.edit_document(actor=applicant, document_id=document.pk, **said)
    document.refresh_from_db()
    assert (refused.value.code, document.classification) == ("reason.required", "restricted")

    services.edit_document(actor=applicant, document_id=document.pk, reason="Published by the bureau.", **said)
    event = document.pgh_event_model.objects.order_by("pgh_id").last()
    assert (event.classification, event.pgh_context.metadata["reason"]) == ("open", "Published by the bureau.")


def test_a_withdrawn_document_is_a_tombstone(project, applicant, as_person):
    document = DocumentFactory(subject=project)
    file = page("project-document-file", project.reference, document.reference, 1)
    services.withdraw_document(actor=applicant, document_id=document.pk, reason="Wrong file.")

    shown = as_person(applicant).get(page("project-document", project.reference, document.reference))
    assert "Wrong file." in shown.content.decode()
    assert as_person(applicant).get(file).status_code == 404
    with pytest.raises(Conflict):
        services.add_version(actor=applicant, document_id=document.pk, stored=stored(), note="Again.")
    assert document.versions.count() == 1


def test_a_file_comes_back_as_an_attachment(project, official, as_person):
    """UP-12: saved, never shown, never guessed again."""
    document = DocumentFactory(subject=project)

    answer = as_person(official).get(page("project-document-file", project.reference, document.reference, 1))

    assert b"".join(answer.streaming_content) == TEXT
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_others_is_a_404_like_one_that_is_not_there(project, outsider, as_person):
    """UP-10: both in the same words."""
    inner = DocumentFactory(subject=project, classification="restricted")
    reader = as_person(outsider)

    hidden = reader.get(page("project-document-file", project.reference, inner.reference, 1))
    missing = reader.get(page("project-document-file", project.reference, "DOC-9999", 1))

    assert hidden.status_code == missing.status_code == 404
    strip = lambda answer: answer.content.replace(inner.reference.encode(), b"DOC-9999")  # noqa: E731 - one line
    assert strip(hidden) == strip(missing)


def test_a_document_is_found_under_its_own_project_only(world, project, applicant, as_person):
    other = ProjectFactory(department=world.a)
    document = DocumentFactory(subject=project)

    answer = as_person(applicant).get(page("project-document", other.reference, document.reference))

    assert answer.status_code == 404


def test_a_file_is_added_by_the_page_once(project, applicant, as_person):
    here = page("project-document-new", project.reference)
    token = "5b0a4f30-6d0b-4a55-8a0e-0b7f0a5f2b11"

    first = as_person(applicant).post(here, sent(form_token=token))
    second = as_person(applicant).post(here, sent(form_token=token))

    document = Document.objects.get()
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == page("project-document", project.reference, document.reference)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("paper.pdf", b"<html><script>alert(1)</script></html>", "UP-01"),
        ("picture.svg", b"<svg onload='x()'/>", "UP-04"),
        ("paper.pdf", b"%PDF-1.4\n1 0 obj<</S/JavaScript/JS(x)>>endobj\n%%EOF", "UP-05"),
        ("empty.txt", b"", "UP-06"),
    ],
)
def test_a_refused_file_is_said_beside_its_field_and_nothing_is_kept(
    project, applicant, as_person, name, content, code
):
    before = _kept_files()
    file = SimpleUploadedFile(name, content)

    answer = as_person(applicant).post(page("project-document-new", project.reference), sent(file=file))

    assert answer.status_code == 422, code
    assert answer.context["adding"].errors["file"]
    assert answer.context["adding"]["title_en"].value() == "Minutes"
    assert not Document.objects.exists()
    assert _kept_files() == before


def _kept_files():
    found = set()
    folders = [""]
    while folders:
        here = folders.pop()
        try:
            inner, files = default_storage.listdir(here)
        except FileNotFoundError:
            continue
        folders += [f"{here}/{name}".lstrip("/") for name in inner]
        found |= {f"{here}/{name}" for name in files}
    return found


def test_a_name_that_climbs_and_turns_is_cleaned(project, applicant, as_person):
    """UP-02, UP-09."""
    file = SimpleUploadedFile("x.txt", TEXT)
    file.name = "../../../\u202eevil.txt"

    as_person(applicant).post(page("project-document-new", project.reference), sent(file=file))

    version = DocumentVersion.objects.get()
    assert ".." not in version.stored_name
    assert version.shown_name.endswith("evil.txt")
    assert not set("/\\\u202e") & set(version.shown_name)


def test_the_files_of_one_project_have_a_quota(project, applicant, as_person, monkeypatch):
    """UP-11."""
    DocumentFactory(subject=project)
    monkeypatch.setattr(services, "quota_used", lambda kind, subject_id: uploads.SUBJECT_QUOTA)

    answer = as_person(applicant).post(page("project-document-new", project.reference), sent())

    assert answer.status_code == 413
    assert Document.objects.count() == 1


def test_the_page_asks_the_same_queries_for_one_document_and_for_twenty(
    project, applicant, as_person, django_assert_num_queries, django_assert_max_num_queries
):
    DocumentFactory(subject=project)
    here = page("project-documents", project.reference)
    as_person(applicant).get(here)
    with django_assert_max_num_queries(20) as one:
        as_person(applicant).get(here)
    for _n in range(19):
        DocumentFactory(subject=project)
    with django_assert_num_queries(len(one.captured_queries)):
        answer = as_person(applicant).get(here)
    assert len(answer.context["page_of"]) == 20


def test_the_api_adds_grades_and_withdraws(project, api, applicant, official):
    lead = api(applicant)
    about = {"subject_kind": "project", "subject": project.reference}

    made = lead.post("/api/v1/documents/", about | sent(), format="multipart")
    here = f"/api/v1/documents/{made.json()['reference']}/"
    graded = lead.patch(
        here, {"classification": "restricted", "reason": "Names inside."}, format="json", headers={"If-Match": '"1"'}
    )
    version = lead.post(
        here + "add-version/", {"file": SimpleUploadedFile("b.txt", b"B\n"), "note": "New."}, format="multipart"
    )

    assert made.status_code == 201, made.content
    assert (graded.status_code, graded.json()["classification"]) == (200, "restricted")
    assert [one["number"] for one in version.json()["versions"]] == [2, 1]
    assert b"".join(lead.get(here + "versions/2/").streaming_content) == b"B\n"
    assert api(official).get(here).status_code == 404
    assert lead.post(here + "withdraw/", {"reason": "Wrong."}, format="json").json()["withdrawn_because"] == "Wrong."
    assert lead.get(here + "versions/2/").status_code == 404


def test_the_pages_speak_chinese(project, applicant, as_person):
    document = DocumentFactory(subject=project, title_zh_hant="會議紀錄", classification="restricted")
    add_version(document)
    with translation.override("zh-hant"):
        client = as_person(applicant)
        client.cookies["django_language"] = "zh-hant"
        text = client.get(page("project-document", project.reference, document.reference)).content.decode()

    assert "會議紀錄" in text
    assert "限閱" in text
    assert "Withdraw the document" not in text
