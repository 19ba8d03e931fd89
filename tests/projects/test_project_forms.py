"""Drafting, registering and editing by form: three languages, what a person corrected, and bad input."""

import uuid

from django.urls import reverse
import pytest

from core.errors import Conflict, InvalidInput
from projects import services
from projects.models import Project
from tests.factories.projects import ProjectFactory
from tests.projects.refusals import refused


def page(name, *args):
    return reverse(f"projects:{name}", args=args)


def post(client, address, **fields):
    return client.post(address, {"form_token": str(uuid.uuid4()), **fields})


@pytest.fixture
def client(world, signed_in, applicant):
    return signed_in(applicant)


@pytest.fixture
def said(world):
    return {"department": world.a.pk, "title_en": "Visa triage", "category": "licensing_permits"}


def test_a_draft_is_for_its_own_department_until_it_is_registered(
    world, client, said, signed_in, colleague, official, outsider, team
):
    post(client, page("project-new"), as_draft="1", **said | {"category": ""})
    draft = Project.objects.get()
    here = page("project-detail", draft.reference)

    assert (draft.status, draft.registered_on) == ("draft", None)
    assert signed_in(colleague).get(here).status_code == 200
    for stranger in (official, outsider, team):
        assert signed_in(stranger).get(here).status_code == 404
        assert draft.reference not in signed_in(stranger).get(page("project-list")).content.decode()
    assert post(signed_in(official), page("project-register", draft.reference)).status_code == 404


def test_a_draft_is_registered_when_it_is_complete_and_once(world, applicant):
    draft = services.save_draft(actor=applicant, department_id=world.a.pk, title_en="Visa", stage="pilot")
    register = lambda: services.register_draft(actor=applicant, project_id=draft.pk)  # noqa: E731 - said twice below
    refused(InvalidInput, "choice.invalid", register)
    Project.objects.filter(pk=draft.pk).update(category="other")
    refused(Conflict, "gate.closed", register)
    Project.objects.filter(pk=draft.pk).update(stage="idea")

    registered = register()

    assert (registered.status, registered.registered_on is not None) == ("registered", True)
    refused(Conflict, "project.registered", register)


def test_a_draft_has_no_procedures_and_does_not_leave(world, applicant):
    draft = ProjectFactory(department=world.a, lead=applicant.person, draft=True)

    refused(
        Conflict,
        "project.draft",
        lambda: services.add_procedure(actor=applicant, project_id=draft.pk, name_en="Step"),
    )
    refused(
        Conflict,
        "project.draft",
        lambda: services.propose_exit(
            actor=applicant, project_id=draft.pk, kind="stop", effective_on="2026-01-01", reason="No."
        ),
    )


def test_without_scripts_the_simplified_text_is_proposed_on_a_second_step(client, said):
    sent = said | {"title_zh_hant": "簽證審核", "title_zh_hans": ""}
    first = post(client, page("project-new"), **sent)

    assert first.status_code == 422
    assert not Project.objects.exists()
    assert first.context["form"]["title_zh_hans"].value() == "签证审核"
    assert "Proposed from the Traditional text" in first.content.decode()

    post(client, page("project-new"), **sent | {"title_zh_hans": "签证审查"})
    assert Project.objects.get().title_zh_hans == "签证审查"


def test_the_proposal_follows_what_is_typed_and_leaves_a_correction_alone(client):
    ask = {"field": "title", "title_zh_hant": "衞生風險"}
    fresh = client.post(page("project-simplified"), ask)
    follows = client.post(page("project-simplified"), ask | {"title_zh_hans": "卫生", "proposed": "卫生"})
    corrected = client.post(page("project-simplified"), ask | {"title_zh_hans": "卫生危险", "proposed": "卫生风险"})

    assert 'value="卫生风险"' in fresh.content.decode()
    assert 'value="卫生风险"' in follows.content.decode()
    assert 'value="卫生危险"' in corrected.content.decode()
    assert "corrected by a person" in corrected.content.decode()
    assert client.post(page("project-simplified"), {"field": "reference"}).status_code == 400


def test_a_corrected_text_survives_every_later_edit_of_other_fields(world, applicant):
    made = services.register_project(
        actor=applicant,
        department_id=world.a.pk,
        title_en="Triage",
        title_zh_hant="個案分流",
        title_zh_hans="个案分类",
        summary_zh_hant="簽證",
        category="other",
    )
    assert made.summary_zh_hans == "签证"

    for version, change in enumerate(
        ({"title_en": "Case triage"}, {"title_zh_hant": "個案自動分流"}, {"summary_zh_hant": "簽證申請"}), start=1
    ):
        services.edit_project(actor=applicant, project_id=made.pk, expected_version=version, **change)

    made.refresh_from_db()
    assert made.title_zh_hans == "个案分类"
    assert made.summary_zh_hans == "签证申请"  # nobody corrected it, so the proposal follows


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"title_en": "x" * 10_000}, "300", id="FM-06"),
        pytest.param({"title_en": " \u200b "}, "required", id="FM-07"),
        pytest.param({"summary_en": "a\x00b"}, "cannot be shown", id="FM-14"),
        pytest.param({"title_zh_hans": "a\u202eb"}, "cannot be shown", id="FM-14 bidi"),
        pytest.param({"yearly_volume": "-1"}, "0", id="volume below nought"),
        pytest.param({"yearly_volume": "9" * 31}, "2147483647", id="volume beyond everything"),
        pytest.param({"visibility": "enormous"}, "enormous", id="no such visibility"),
        pytest.param({"category": "spaceflight"}, "spaceflight", id="no such category"),
        pytest.param({"stage": "retired"}, "retired", id="no way to begin retired"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, said, sent, words):
    response = post(client, page("project-new"), **said | sent)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Project.objects.exists()


def test_fm_08_markup_is_kept_as_typed_and_shown_as_text(client, said):
    typed = "<script>alert(1)</script>"
    post(client, page("project-new"), **said | {"title_en": typed})
    project = Project.objects.get()

    assert project.title_en == typed
    for name in ("project-detail", "project-life"):
        text = client.get(page(name, project.reference)).content.decode()
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert(1)" not in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [("2199-01-01", "between 1990 and 2098"), ("2026-02-30", "not in the calendar")],
    ids=["FM-12", "no such day"],
)
def test_a_day_of_leaving_that_cannot_be_is_refused(project, client, typed, words):
    address = page("project-propose-exit", project.reference)
    response = post(client, address, kind="stop", effective_on=typed, reason="Over.")

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not project.exits.exists()


def test_fm_15_hidden_and_missing_successors_are_refused_in_the_same_words(world, project, client):
    hidden = ProjectFactory(department=world.b, draft=True)
    address = page("project-propose-exit", project.reference)
    sent = {"kind": "merge", "effective_on": "2026-01-01", "reason": "One team."}
    errors = [
        post(client, address, **sent, successors=reference).context["offers"][0].form.errors.as_json()
        for reference in (hidden.reference, "XX-2026-999")
    ]

    assert errors[0] == errors[1]
    assert "choice.invalid" in errors[0]
    assert not project.exits.exists()


def test_what_is_not_yours_to_edit_is_not_on_the_form(world, project, signed_in, applicant, colleague):
    fields = {
        user: set(signed_in(user).get(page("project-edit", project.reference)).context["form"].fields)
        for user in (applicant, colleague)
    }

    assert {"lead", "yearly_volume"} <= fields[applicant]
    assert not {"lead", "yearly_volume", "stage", "was_already_running"} & fields[colleague]


def test_priority_is_shown_with_its_working_and_sorts_the_list(world, project, client, api, applicant):
    Project.objects.filter(pk=project.pk).update(is_public_facing=True, yearly_volume=120_000, visibility="low")
    ProjectFactory(department=world.a, is_public_facing=True, yearly_volume=0, visibility="high", reference="AA-2")
    ProjectFactory(department=world.a, is_public_facing=True, visibility="high", reference="AA-3")

    text = client.get(page("project-detail", project.reference)).content.decode()
    listed = client.get(page("project-list"), {"ordering": "priority"}).context["page_of"].object_list
    said = api(applicant).get(f"/api/v1/projects/{project.reference}/").json()["priority"]

    assert "68 of 100" in text
    assert "28 of 35 points: at least 100,000 cases a year" in text
    assert [one.reference for one in listed] == [project.reference, "AA-2", "AA-3"]
    assert (said["score"], [part["points"] for part in said["parts"]]) == (68, [40, 28, 0])
    assert api(applicant).get("/api/v1/projects/AA-3/").json()["priority"]["score"] is None
