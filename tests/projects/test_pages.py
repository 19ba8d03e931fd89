"""The pages of the register, over HTTP."""

from datetime import date
import io
import uuid

from django.urls import reverse
from django.utils import translation
import openpyxl
import pytest

from core.models import LedgerEntry
from projects import panels
from projects.models import Procedure, ProcedureFact, Project, ReportedResult
from tests.factories.projects import ProcedureFactory, ProjectFactory


@pytest.fixture
def as_person(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def page(name, *args):
    return reverse(f"projects:{name}", args=args)


def references(response):
    return [row.reference for row in response.context["page_of"]]


def csv_rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()]


@pytest.fixture
def register(world, rule):
    """Three projects, and a procedure in every state."""
    visa = ProjectFactory(
        reference="AA-2026-001", department=world.a, title_en="Visa triage", title_zh_hant="簽證分流", stage="live"
    )
    ProjectFactory(reference="BB-2026-001", department=world.b, title_en="100% (test)", title_zh_hant="", stage="")
    ProjectFactory(reference="BB-2026-002", department=world.b, title_en="Drones", stage="pilot", draft=True)
    for name in ("plain", "claimed", "in_use", "lapsed", "retired"):
        states = {} if name == "plain" else {name: True}
        ProcedureFactory(reference=f"PROC-{name}", name_en=f"Step {name}", project=visa, **states)
    return visa


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["AA-2026-001", "BB-2026-001"]),
        ("?department=BB", ["BB-2026-001"]),
        ("?stage=live", ["AA-2026-001"]),
        ("?stage=not_stated", ["BB-2026-001"]),
        ("?q=分流", ["AA-2026-001"]),
        ("?q=VISA", ["AA-2026-001"]),
        ("?q=100%25 (", ["BB-2026-001"]),
        ("?q=%25", ["BB-2026-001"]),
        ("?q=_", []),
        ("?category=document_processing&ordering=-reference", ["BB-2026-001", "AA-2026-001"]),
    ],
)
def test_the_list_of_projects_is_what_the_address_asks_for(register, as_person, official, query, expected):
    assert references(as_person(official).get(page("project-list") + query)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("claimed", ["PROC-claimed", "PROC-in_use", "PROC-lapsed", "PROC-retired"]),
        ("verified", ["PROC-in_use", "PROC-lapsed", "PROC-retired"]),
        ("in_use", ["PROC-in_use"]),
    ],
)
def test_the_states_of_procedures_are_nested(register, as_person, official, state, expected):
    response = as_person(official).get(page("procedure-list"), {"state": state})

    assert references(response) == expected
    assert all(getattr(one.standing, state) for one in response.context["counted"])


@pytest.mark.parametrize("query", ["?sort=1", "?ordering=lead__email", "?page=0", "?page=9", "?stage=gone", "?q=%00"])
def test_an_address_that_asks_for_nonsense_is_refused(register, as_person, official, query):
    for name in ("project-list", "procedure-list"):
        assert as_person(official).get(page(name) + query).status_code in {400, 404}


@pytest.mark.parametrize("name", ["project-list", "procedure-list"])
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_twenty(
    rule, as_person, official, django_assert_num_queries, django_assert_max_num_queries, name
):
    ProcedureFactory(in_use=True)
    as_person(official).get(page(name))  # warm what is read once per process
    with django_assert_max_num_queries(20) as one:
        as_person(official).get(page(name))
    for _n in range(19):
        ProcedureFactory(in_use=True)
    with django_assert_num_queries(len(one.captured_queries)):
        response = as_person(official).get(page(name))
    assert len(response.context["page_of"]) == 20


def test_an_export_is_exactly_what_is_filtered(register, as_person, report_staff):
    found = csv_rows(as_person(report_staff).get(page("procedure-export"), {"state": "verified", "format": "csv"}))

    assert [row[0] for row in found[1:]] == ["PROC-in_use", "PROC-lapsed", "PROC-retired"]
    place = found[0].index("In use [in_use]")
    assert [row[place] for row in found[1:]] == ["True", "False", "False"]


def test_an_xlsx_export_holds_typed_cells_and_chinese(register, as_person, report_staff):
    response = as_person(report_staff).get(page("project-export"), {"format": "xlsx", "q": "分流"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert (sheet.max_row, sheet["E2"].value, sheet["W2"].value) == (2, "簽證分流", 5)


def test_an_export_takes_a_right_of_its_own_and_a_known_format(register, as_person, report_staff, applicant):
    for name in ("project-export", "procedure-export"):
        assert as_person(applicant).get(page(name)).status_code == 403
        assert as_person(report_staff).get(page(name), {"format": "exe"}).status_code == 400


def test_what_a_source_did_not_say_is_said_to_be_not_stated(world, as_person, official):
    project = ProjectFactory(title_zh_hant="", stage="", started_on=date(2025, 9, 1), started_precision="month")
    ReportedResult.objects.create(project=project, name="Time saved", result="30", unit="percent")

    text = as_person(official).get(page("project-detail", project.reference)).content.decode()

    assert "September 2025" in text
    assert "1 September 2025" not in text
    assert text.count("not stated") >= 3
    assert "Time saved" in text


def test_pages_are_in_traditional_chinese(register, as_person, official):
    client = as_person(official)
    client.cookies["django_language"] = "zh-hant"
    text = client.get(page("procedure-detail", "PROC-in_use")).content.decode()

    with translation.override("zh-hant"):
        assert translation.gettext("Does it count?") in text
    assert "是否計算在內？" in text
    assert "使用中" in text


def test_hidden_and_missing_things_are_the_same_404(register, as_person, official):
    client = as_person(official)

    for address in (page("project-detail", "BB-2026-002"), page("project-detail", "XX-1"), "/procedures/PROC-9999/"):
        assert client.get(address).status_code == 404


def post(client, address, **fields):
    return client.post(address, {"form_token": str(uuid.uuid4()), **fields})


def test_the_way_of_a_procedure_by_pages(project, as_person, applicant, verifier, at):
    with at("2026-03-05"):
        client = as_person(applicant)
        response = post(client, page("procedure-new", project.reference), name_en="Visa triage", planned_on="")
        procedure = Procedure.objects.get()
        assert response.headers["Location"] == page("procedure-detail", procedure.reference)
        post(
            client,
            page("procedure-claim", procedure.reference),
            project=project.pk,
            went_live_on="2026-03-03",
            reason="",
        )
        for kind in ("operating_record", "acceptance"):
            post(client, page("procedure-evidence", procedure.reference), kind=kind, note="File 12.")
        offered = client.get(page("procedure-detail", procedure.reference)).context["offers"]
        assert [offer.act.name for offer in offered] == ["evidence", "retire"]
    with at("2026-03-06"):
        client = as_person(verifier)
        offered = client.get(page("procedure-detail", procedure.reference)).context["offers"]
        assert [offer.act.name for offer in offered] == ["verify"]
        post(client, page("procedure-verify", procedure.reference))
        shown = client.get(page("procedure-detail", procedure.reference)).content.decode()

    assert "Counted: live" in shown
    assert [fact.kind for fact in ProcedureFact.objects.all()] == ["claimed", "evidence", "evidence", "verified"]


def test_a_hidden_button_and_a_refused_post_agree(procedure, project, as_person, outsider):
    client = as_person(outsider)
    response = client.get(page("procedure-detail", procedure.reference))

    assert response.context["offers"] == []
    for act, fields in {
        "claim": {"project": project.pk, "went_live_on": "2026-03-03"},
        "evidence": {"kind": "acceptance", "note": "Note"},
        "verify": {},
        "retire": {"effective_on": "2026-03-03", "reason": "Gone"},
    }.items():
        assert post(client, page(f"procedure-{act}", procedure.reference), **fields).status_code in {403, 409, 422}
    assert not LedgerEntry.objects.exists()


def test_a_refused_claim_is_shown_again_with_what_was_typed(procedure, project, as_person, applicant, at):
    with at("2026-03-05"):
        response = post(
            as_person(applicant),
            page("procedure-claim", procedure.reference),
            project=project.pk,
            went_live_on="2026-03-01",
            reason="We ran it early.",
        )

    text = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in text
    assert "had not passed its go-live gate" in text
    assert "We ran it early." in text
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2199-01-01", "between 1990 and 2098"), ("2026-02-30", "not in the calendar"), ("soon", "year-month-day")],
)
def test_a_day_that_cannot_be_read_is_refused_in_words(procedure, project, as_person, applicant, typed, code):
    address = page("procedure-claim", procedure.reference)
    response = post(as_person(applicant), address, project=project.pk, went_live_on=typed)

    assert response.status_code == 422
    assert code in response.content.decode()


def test_sending_a_form_twice_does_it_once(project, as_person, applicant):
    sent = {"form_token": str(uuid.uuid4()), "name_en": "Visa triage", "planned_on": ""}
    client = as_person(applicant)
    first, second = (client.post(page("procedure-new", project.reference), sent) for _n in range(2))

    assert Procedure.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_stale_form_shows_both_versions_and_stores_nothing(project, as_person, applicant):
    client = as_person(applicant)
    address = page("project-edit", project.reference)
    opened = client.get(address).context["form"].initial
    Project.objects.filter(pk=project.pk).update(title_en="Stored by a colleague", version=2)

    response = post(client, address, **{k: v or "" for k, v in opened.items()} | {"title_en": "Typed by me"})

    text = response.content.decode()
    assert response.status_code == 412
    assert "Stored by a colleague" in text
    assert "Typed by me" in text
    assert Project.objects.get(pk=project.pk).title_en == "Stored by a colleague"


def test_a_project_is_drafted_registered_edited_and_stopped_by_pages(world, rule, as_person, applicant, head, at):
    client = as_person(applicant)
    with at("2026-03-02"):
        said = {"title_en": "<script>alert(1)</script>", "category": "other"}
        post(client, page("project-new"), department=world.a.pk, as_draft="1", **said)
        project = Project.objects.get()
        assert (project.reference, project.lead, project.status) == ("AA-2026-001", applicant.person, "draft")
        post(client, page("project-register", project.reference))
        post(
            client,
            page("project-edit", project.reference),
            **said | {"technique": "OCR", "lead": project.lead_id, "expected_version": 2},
        )
        ended = {"kind": "stop", "effective_on": "2026-03-02", "reason": "No budget."}
        post(client, page("project-propose-exit", project.reference), **ended)
        post(as_person(head), page("project-approve-exit", project.reference))
        shown = client.get(page("project-detail", project.reference)).content.decode()

    project.refresh_from_db()
    assert (project.stage, project.left_on, project.technique) == ("retired", date(2026, 3, 2), "OCR")
    assert "Left the register on 2 Mar 2026" in shown
    assert "No budget." in shown
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown


def test_a_lead_of_several_projects_is_one_choice(project, as_person, applicant):
    ProjectFactory(department=project.department, lead=applicant.person)
    client = as_person(applicant)
    stored = client.get(page("project-edit", project.reference)).context["form"].initial

    response = post(client, page("project-edit", project.reference), **{k: v or "" for k, v in stored.items()})

    assert response.status_code == 302


@pytest.mark.parametrize("title", ["x" * 10_000, " \u200b "])
def test_a_title_too_long_or_blank_is_refused(world, as_person, applicant, title):
    response = post(
        as_person(applicant), page("project-new"), department=world.a.pk, title_en=title, category="other", stage=""
    )

    assert response.status_code == 422
    assert not Project.objects.exists()


def test_a_department_of_others_is_no_choice(world, as_person, applicant):
    answers = [
        post(as_person(applicant), page("project-new"), department=key, title_en="New", category="other", stage="")
        for key in (world.b.pk, 999_999)
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    refusals = [answer.context["form"].errors.as_json() for answer in answers]
    assert refusals[0] == refusals[1]
    assert "choice.invalid" in refusals[0]


def test_how_we_count_is_told_from_the_rules_own_data(rule, as_person, official):
    rule.attestation_months = 18
    rule.save()
    text = as_person(official).get(page("how-we-count")).content.decode()

    assert "18 months after" in text
    assert "100 procedures in use by the end of 31 Dec" in text


def test_other_apps_put_their_panel_on_a_projects_page(project, as_person, official, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    panels.register("other", "tests.projects.test_pages.panel", order=1)

    assert "panel of" in as_person(official).get(page("project-detail", project.reference)).content.decode()


def panel(request, project):
    return f"panel of {project.reference}"
