"""Saved views: a list under a name, opened by its address, shared with one's own department."""

from django.urls import reverse
import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from tests.factories.work import SavedViewFactory
from work import services
from work.models import SavedView


def save(actor, **more):
    said = {"list_name": "projects", "name": "Live ones", "query": "stage=live&ordering=-reference&page=3"}
    return services.save_view(actor=actor, **said | more)


def test_a_view_keeps_filters_and_order_but_not_the_page(project, applicant, as_person):
    view = save(applicant)

    answer = as_person(applicant).get(reverse("work:view-open", args=[view.pk]))

    assert answer["Location"] == reverse("projects:project-list") + "?ordering=-reference&stage=live"
    assert as_person(applicant).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=red", "param.unknown"),
        ("ordering=lead__email", "param.unknown"),
        ("stage=gone", "param.format"),
        ("stage=live&stage=pilot", "param.repeated"),
        ("q=%00", "text.control"),
        ("q=" + "x" * 3_000, "param.max"),
    ],
)
def test_a_query_that_the_list_would_refuse_is_refused(world, applicant, query, code):
    with pytest.raises(InvalidInput) as refused:
        save(applicant, query=query)
    assert refused.value.code == code
    assert not SavedView.objects.exists()


def test_a_name_is_used_once_by_one_person(world, applicant, colleague):
    save(applicant)

    with pytest.raises(Conflict):
        save(applicant, name="LIVE ONES")
    save(colleague)
    assert SavedView.objects.count() == 2


def test_a_view_is_shared_with_ones_own_department_only(world, applicant, colleague, outsider):
    view = save(applicant, shared_with=world.a)

    assert SavedView.objects.visible_to(colleague).get() == view
    assert not SavedView.objects.visible_to(outsider).exists()
    with pytest.raises(NotAllowed):
        save(applicant, name="Theirs", shared_with=world.b)
    assert SavedView.objects.count() == 1


def test_only_the_owner_renames_and_deletes(world, applicant, colleague, outsider):
    view = save(applicant, shared_with=world.a)

    with pytest.raises(NotAllowed):
        services.edit_view(actor=colleague, view_id=view.pk, name="Ours")
    with pytest.raises(NotVisible):
        services.delete_view(actor=outsider, view_id=view.pk)
    assert services.edit_view(actor=applicant, view_id=view.pk, name="Ours", shared_with=None).shared_with is None
    services.delete_view(actor=applicant, view_id=view.pk)
    assert not SavedView.objects.exists()


def test_the_bar_over_the_list_offers_views_and_keeps_what_is_filtered(project, applicant, as_person):
    SavedViewFactory(owner=applicant.person, name="My favourites", query="following=1")

    answer = as_person(applicant).get(reverse("projects:project-list"), {"stage": "live"})

    text = answer.content.decode()
    assert "My favourites" in text
    assert 'value="stage=live"' in text
    sent = {"list_name": "projects", "name": "Kept", "query": "stage=live"}
    assert as_person(applicant).post(reverse("work:view-new"), sent).status_code == 302
    assert as_person(applicant).post(reverse("work:view-new"), sent).status_code == 422
    assert SavedView.objects.get(name="Kept").query == "stage=live"


def test_the_api_keeps_renames_and_deletes(project, api, applicant):
    lead = api(applicant)
    sent = {"list_name": "projects", "name": "Live", "query": "stage=live", "shared_with": "AA"}

    made = lead.post("/api/v1/saved-views/", sent, format="json")
    here = f"/api/v1/saved-views/{made.json()['id']}/"

    assert (made.status_code, made.json()["shared_with"]) == (201, "AA")
    assert lead.patch(here, {"name": "Ours"}, format="json").json()["name"] == "Ours"
    assert (
        lead.post("/api/v1/saved-views/", sent | {"query": "colour=red", "name": "Red"}, format="json").status_code
        == 400
    )
    assert lead.delete(here).status_code == 204
    assert not SavedView.objects.exists()
