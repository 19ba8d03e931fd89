"""The guided form: kept while typed, taken up again, both versions on a conflict, promises and reuse."""

from django.urls import reverse
import pytest

from funding import services
from funding.models import FundingRequest, UnsentForm
from tests.factories.funding import line
from tests.factories.projects import ProjectFactory
from tests.funding.scene import Scene, make_scene
from tests.funding.test_pages_request_form import NEW, typed

KEEP = "/funding/keep/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def scene(world) -> Scene:
    return make_scene(world)


@pytest.fixture
def lead(client, scene):
    client.force_login(scene.world["applicant"])
    return client


def promise(**changes):
    return {
        "benefits-TOTAL_FORMS": "1",
        "benefits-INITIAL_FORMS": "0",
        "benefits-0-kind": "hours",
        "benefits-0-description": "Clerks at the counter",
        "benefits-0-amount": "1,200",
        "benefits-0-due_on": "2027-03-31",
        **changes,
    }


def test_promises_reuse_and_programme_are_saved_with_the_draft(lead, scene):
    more = {"new_programme": "Papers for visitors", "reuse": "in_part", "reuse_reason": "Their reader."}
    answer = lead.post(NEW, typed(**promise(), **more, reuse_considered=["AA-2026-001"]))

    request = FundingRequest.objects.get()
    assert answer.status_code == 302
    assert str(request.benefits.get().amount) == "1200.00"
    assert request.programme.name_en == "Papers for visitors"
    assert (request.reuse, request.reuse_considered) == ("in_part", ["AA-2026-001"])
    page = lead.get(answer["Location"]).content.decode()
    assert "1,200 staff hours freed, a year, by 31 Mar" in page
    assert "reuses a part, and asks for the rest" in page


def test_a_fault_in_a_promise_links_to_its_field_and_nothing_is_stored(lead):
    answer = lead.post(NEW, typed(**promise(**{"benefits-0-due_on": "soon"})))

    assert answer.status_code == 422
    assert 'href="#id_benefits-0-due_on"' in answer.content.decode()
    assert not FundingRequest.objects.exists()


def test_a_refused_reuse_answer_is_named_beside_its_field(lead):
    answer = lead.post(NEW, typed(reuse="does_not_fit"))

    assert answer.status_code == 422
    assert 'href="#id_reuse_reason"' in answer.content.decode()
    assert not FundingRequest.objects.exists()


def test_a_promise_is_added_and_dropped_by_a_round_trip(lead):
    added = lead.post(NEW, typed(do="add-benefit", **promise()), headers=HTMX).content.decode()
    dropped = lead.post(NEW, typed(do="drop-benefit-0", **promise())).content.decode()

    assert 'name="benefits-1-amount"' in added
    assert "<html" not in added
    assert "Clerks at the counter" not in dropped
    assert "Document reader" in dropped


def test_a_form_without_promises_leaves_the_stored_ones_alone(lead, scene):
    request = scene.draft()
    address = reverse("funding:request-edit", args=[request.reference])
    lead.post(address, typed(expected_version=str(request.version), **promise()))
    request.refresh_from_db()
    lead.post(address, typed(expected_version=str(request.version)))

    assert request.benefits.count() == 1


def test_what_is_typed_is_kept_and_taken_up_again(lead):
    kept = lead.post(KEEP, typed("12,0", unsent="new", title_en="Half a ti"), headers=HTMX)

    page = lead.get(NEW).content.decode()
    assert kept.status_code == 200
    assert 'name="kept" value="1"' in kept.content.decode()
    assert 'value="Half a ti"' in page
    assert 'value="12,0"' in page
    assert 'id="taken-up"' in page
    assert "field-error" not in page.split('id="lines"')[1].split('id="route"')[0]
    assert "a new request" in lead.get("/funding/").content.decode()
    assert not FundingRequest.objects.exists()


def test_the_plain_button_keeps_the_form_without_a_script(lead):
    answer = lead.post(NEW, typed("nonsense", do="keep", unsent="new"))

    assert (answer.status_code, answer["Location"]) == (302, "/funding/")
    assert ["lines-0-amount", "nonsense"] in UnsentForm.objects.get().typed


def test_saving_and_giving_up_both_forget_what_was_kept(lead):
    lead.post(KEEP, typed(unsent="new"))
    lead.post(NEW, typed())
    assert not UnsentForm.objects.exists()

    lead.post(KEEP, typed(unsent="new"))
    answer = lead.post(NEW, typed(do="forget"))

    assert answer["Location"] == NEW
    assert not UnsentForm.objects.exists()


def test_an_older_window_gets_both_versions_and_keeps_nothing(lead):
    lead.post(KEEP, typed(unsent="new", title_en="From one window", kept="0"))
    answer = lead.post(KEEP, typed(unsent="new", title_en="From another", kept="0"), headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "From one window" in page
    assert "From another" in page
    assert ["title_en", "From one window"] in UnsentForm.objects.get().typed


def test_the_same_keeping_sent_again_is_no_conflict(lead):
    sent = typed(unsent="new", kept="0")

    assert [lead.post(KEEP, sent).status_code for _again in range(2)] == [200, 200]


def test_a_draft_saved_by_a_colleague_meanwhile_is_shown_in_both_versions(lead, scene):
    request = scene.draft()
    services.edit_draft(
        actor=scene.world["colleague"],
        request_id=request.pk,
        expected_version=request.version,
        title_en="Theirs",
        benefits=[],
    )
    address = reverse("funding:request-edit", args=[request.reference])

    answer = lead.post(
        address, typed("1,300,000.00", expected_version=str(request.version), title_en="Mine", **promise())
    )

    page = answer.content.decode()
    request.refresh_from_db()
    assert answer.status_code == 412
    both = page.split('class="table table-mobile-md both-versions"')[1].split("</table>")[0]
    assert "Theirs" in both
    assert "Mine" in both
    assert "1,200,000.00" in both
    assert "1,300,000.00" in both
    assert "1,200.00, staff hours freed, a year" in both
    assert request.title_en == "Theirs"
    assert f'name="expected_version" value="{request.version}"' in page


def test_the_keeper_is_told_when_the_draft_was_saved_by_somebody_else(lead, scene):
    request = scene.draft()
    services.edit_draft(
        actor=scene.world["colleague"], request_id=request.pk, expected_version=request.version, title_en="Theirs"
    )
    sent = typed(unsent="edit", stored=request.reference, expected_version=str(request.version))

    page = lead.post(KEEP, sent, headers=HTMX).content.decode()

    assert "Somebody saved this request after you opened it." in page


def test_what_is_like_the_title_is_offered_to_look_at(lead, scene):
    other = ProjectFactory(title_en="Reading visa photographs", status="registered")
    scene.submitted("300000.00")

    page = lead.post("/funding/reuse/", typed(), headers=HTMX).content.decode()

    assert f'value="{other.reference}"' in page
    assert f'value="{FundingRequest.objects.get().reference}"' in page


def test_the_route_counts_a_programme_while_it_is_chosen(lead, scene):
    first = scene.submitted("300000.00", new_programme="Papers for visitors")
    project = ProjectFactory(department=scene.world.a, status="registered")

    alone = lead.post("/funding/route/", typed("300,000.00", project=project.reference), headers=HTMX)
    together = lead.post(
        "/funding/route/",
        typed("300,000.00", project=project.reference, programme=first.programme.reference),
        headers=HTMX,
    )

    assert "decided by the Head of Department" in alone.content.decode()
    assert "decided by the digitalisation working group" in together.content.decode()
    assert f"{first.reference}: HK$300,000.00" in together.content.decode()


def test_the_related_requests_of_a_paper_name_those_of_its_programme(lead, scene):
    first = scene.submitted("300000.00", new_programme="Papers for visitors")
    project = ProjectFactory(department=scene.world.a, status="registered")
    second = scene.submitted("200000.00", project=project, programme_id=first.programme_id)

    page = lead.get(reverse("funding:request-related", args=[second.reference])).content.decode()

    assert f"{first.reference}: HK$300,000.00" in page


def test_two_versions_are_shown_side_by_side_with_the_difference_in_money(lead, scene):
    request = scene.submitted("300000.00")
    services.revise_request(
        actor=scene.world["applicant"],
        request_id=request.pk,
        expected_version=request.version,
        reason="Dearer.",
        justification="Faster answers for all.",
        lines=[line("350000.00", category="services", description="Document reader")],
    )

    page = lead.get(reverse("funding:request-versions", args=[request.reference])).content.decode()

    assert "From version 1 to version 2" in page
    assert "+HK$50,000.00" in page
    assert "<del>Faster answers.</del>" in page
    assert "<ins>Faster answers for all.</ins>" in page
    none = reverse("funding:request-versions", args=[request.reference]) + "?before=1&after=7"
    assert lead.get(none).status_code == 404


def test_a_copy_leads_to_its_own_form(lead, scene):
    request = scene.submitted("300000.00")

    answer = lead.post(
        reverse("funding:request-copy", args=[request.reference]), {"project": request.project.reference}
    )

    made = FundingRequest.objects.exclude(pk=request.pk).get()
    assert answer["Location"] == reverse("funding:request-edit", args=[made.reference])
    assert made.own_amount == request.own_amount


def test_the_edit_table_is_a_page_for_everybody(lead):
    page = lead.get("/funding/edit-table/").content.decode()

    assert "by a revision, only more" in page
    assert "Assessed amount" in page
