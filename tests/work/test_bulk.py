"""One act on many records: named one by one, each judged, all or nothing (TRUST T35)."""

from django.urls import reverse
import pytest

from core.errors import TooLarge
from core.models import LedgerEntry
from projects.models import EvidenceKind, ProcedureFact
from tests.factories.projects import ProcedureFactory, ProjectFactory, record_fact
from tests.factories.work import TagFactory
from work import bulk as engine
from work.models import Follow, Tagging


def address(word):
    return reverse(f"projects:{word}-bulk")


def ready(project, **more):
    """A claimed procedure with all its evidence."""
    procedure = ProcedureFactory(claimed=True, project=project, **more)
    for kind in EvidenceKind.values:
        columns = {"claim": procedure.claims.get(), "evidence_kind": kind, "note": "kept"}
        record_fact(procedure, ProcedureFact.Kind.EVIDENCE, on=procedure.claims.get().went_live_on, **columns)
    return procedure


def sent(act, *things, **more):
    return {"act": act, "references": " ".join(each.reference for each in things), "confirmed": "True"} | more


def verified():
    return ProcedureFact.objects.filter(kind=ProcedureFact.Kind.VERIFIED).count()


def test_the_first_step_shows_what_would_be_refused_and_does_nothing(world, project, applicant, as_person):
    other = ProjectFactory(department=world.b)
    tag = TagFactory(made_by=applicant.person)

    answer = as_person(applicant).post(
        address("project"), {"act": "tag", "chosen": [project.reference, other.reference]}
    )

    assert answer.status_code == 200
    assert [row.reference for row in answer.context["refused"]] == [other.reference]
    assert "Only the project" in answer.content.decode()
    assert tag.name_en in answer.content.decode()
    assert not Tagging.objects.exists()


def test_all_of_them_are_tagged_and_untagged(world, project, applicant, as_person):
    tag = TagFactory(made_by=applicant.person)
    other = ProjectFactory(department=world.a)

    done = as_person(applicant).post(address("project"), sent("tag", project, other, tag=tag.reference))
    assert done.status_code == 302
    assert Tagging.objects.filter(tag=tag).count() == 2

    as_person(applicant).post(address("project"), sent("untag", project, other, tag=tag.reference))
    assert not Tagging.objects.exists()


def test_one_refused_row_refuses_all_and_says_why(world, project, applicant, as_person):
    tag = TagFactory(made_by=applicant.person)
    other = ProjectFactory(department=world.b)
    hidden = ProjectFactory(department=world.b, draft=True)

    answer = as_person(applicant).post(address("project"), sent("tag", project, other, hidden, tag=tag.reference))

    refused = {row.reference: str(row.verdict.reason) for row in answer.context["refused"]}
    assert answer.status_code == 403
    assert "may change it" in refused[other.reference]
    assert "no such thing" in refused[hidden.reference]
    assert not Tagging.objects.exists()


def test_self_verification_in_bulk_is_refused_with_the_reason(world, project, verifier, as_person):
    """A verifier who led one of the projects gets none of them verified (DESIGN 3)."""
    own = ready(ProjectFactory(department=world.b, lead=verifier.person))
    fine = ready(project)
    entries = LedgerEntry.objects.count()

    answer = as_person(verifier).post(address("procedure"), sent("verify", fine, own))

    assert answer.status_code == 403
    assert [(row.reference, row.verdict.code) for row in answer.context["refused"]] == [
        (own.reference, "duty.separate")
    ]
    assert "had a hand in the claim" in answer.content.decode()
    assert (verified(), LedgerEntry.objects.count()) == (0, entries)


def test_a_verifier_verifies_and_attests_many(project, verifier, as_person):
    both = [ready(project), ready(project)]

    as_person(verifier).post(address("procedure"), sent("verify", *both))
    assert verified() == 2
    assert LedgerEntry.objects.filter(action="procedure.verified").count() == 2

    without_note = as_person(verifier).post(address("procedure"), sent("attest", *both))
    as_person(verifier).post(address("procedure"), sent("attest", *both, note="Seen in daily use."))
    assert without_note.status_code == 422
    assert ProcedureFact.objects.filter(kind=ProcedureFact.Kind.ATTESTED).count() == 2


def test_chosen_records_are_exported_by_those_who_may_export(project, report_staff, applicant, as_person):
    ProjectFactory()

    answer = as_person(report_staff).post(address("project"), sent("export", project, format="csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert project.reference in text
    assert "TEST-2026" not in text

    assert as_person(applicant).post(address("project"), sent("export", project, format="csv")).status_code == 403


def test_ten_thousand_and_one_are_too_many(project, api, official):
    """AP-24, on the page and in the API."""
    many = [f"XX-2026-{number:05d}" for number in range(10_001)]

    with pytest.raises(TooLarge) as refused:
        engine.references_of(many)
    answer = api(official).post("/api/v1/projects/bulk/", {"act": "follow", "references": many}, format="json")

    assert refused.value.code == "bulk.limit"
    assert (answer.status_code, answer.json()["code"]) == (413, "bulk.limit")
    assert not Follow.objects.exists()


def test_the_api_does_the_same_and_names_each_refusal(world, project, api, applicant, verifier):
    other = ProjectFactory(department=world.b)
    tag = TagFactory(made_by=applicant.person)
    body = {"act": "tag", "references": [project.reference, other.reference], "tag": tag.reference}

    refused = api(applicant).post("/api/v1/projects/bulk/", body, format="json")
    done = api(applicant).post("/api/v1/projects/bulk/", body | {"references": [project.reference]}, format="json")
    own = ready(ProjectFactory(department=world.b, lead=verifier.person))
    self_made = api(verifier).post(
        "/api/v1/procedures/bulk/", {"act": "verify", "references": [own.reference]}, format="json"
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "bulk.refused")
    assert list(refused.json()["fields"]) == [other.reference]
    assert (done.status_code, done.json()) == (200, {"done": 1})
    assert (self_made.status_code, verified()) == (403, 0)


@pytest.mark.parametrize("body", [{"act": "erase"}, {"act": "tag"}, {"act": "export"}, {"act": "follow", "all": True}])
def test_the_api_refuses_what_it_does_not_offer(project, api, applicant, body):
    answer = api(applicant).post("/api/v1/projects/bulk/", {"references": [project.reference]} | body, format="json")

    assert answer.status_code == 400
    assert not Follow.objects.exists()


def test_nothing_ticked_is_said_and_an_unknown_act_too(project, applicant, as_person):
    assert as_person(applicant).post(address("project"), {"act": "follow"}).status_code == 422
    assert as_person(applicant).post(address("project"), sent("erase", project)).status_code == 400
    assert not Follow.objects.exists()


def test_the_list_has_a_box_for_each_row_and_offers_what_one_may(project, verifier, official, as_person):
    ProcedureFactory(project=project)

    plain = as_person(official).get(reverse("projects:procedure-list")).content.decode()
    for_verifier = as_person(verifier).get(reverse("projects:procedure-list")).content.decode()

    assert 'name="chosen"' in plain
    assert 'value="verify"' not in plain
    assert 'value="verify"' in for_verifier
