"""Search in any script, over everything one may see, by one key that nothing bypasses; look-alikes of a new project."""

from django.db import connection
from django.db.utils import DatabaseError
from django.urls import reverse
import pytest

from core import clock, search
from projects.filters import PROCEDURE_KEY, PROJECT_KEY
from projects.models import Procedure, Project
from projects.selectors import similar
from tests.factories.projects import ProcedureFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def found(typed):
    return [row.reference for row in search.matching(Project.objects.order_by("reference"), typed, PROJECT_KEY)]


def project(reference, title_en="", title_zh_hant="", **more):
    return ProjectFactory(reference=reference, title_en=title_en or reference, title_zh_hant=title_zh_hant, **more)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("食物環境衞生署", "衛生"),
        ("食物環境衛生署", "衞生署"),
        ("食物環境衞生署", "卫生"),
        ("工廠裏的巡查", "裡的"),
        ("工廠裡的巡查", "裏"),
        ("工廠里的巡查", "裏"),
        ("啟用服務", "啓用"),
        ("說明文件", "説明"),
        ("羣組峯會", "群組 峰會"),
        ("ＡＩ助理", "ai助理"),
        ("Café queue", "CAFE"),
        ("Licence checks", "icence chec"),
    ],
)
def test_forms_of_one_character_find_each_other(written, typed):
    project("AA-2026-001", title_zh_hant=written)
    project("AA-2026-002", title_zh_hant="別的項目")

    assert found(typed) == ["AA-2026-001"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("visa triage", ["AA-2026-001"]),
        ("triage visa", ["AA-2026-001"]),
        ("visa harbour", []),
        ("ai", ["AA-2026-002"]),
        ("a-2026-00", ["AA-2026-001", "AA-2026-002"]),
        ("2026-001", ["AA-2026-001"]),
        ("", ["AA-2026-001", "AA-2026-002"]),
    ],
)
def test_every_word_must_be_there_and_short_words_begin_one(typed, expected):
    project("AA-2026-001", "Visa triage", summary_en="For the maintenance of queues.")
    project("AA-2026-002", "Harbour (AI) watch")

    assert found(typed) == expected


@pytest.mark.parametrize("typed", ["%", "_", "\\", "(", "100%", "a_b", "%25_\\", "[x", "'; --"])
def test_nothing_typed_has_a_meaning_of_its_own(typed):
    """TRUST UR-05."""
    project("AA-2026-001", f"before {typed} after")
    project("AA-2026-002", "before x after")

    assert found(typed) == ["AA-2026-001"]


def test_no_way_of_writing_passes_the_key_by(world):
    one = project("AA-2026-001", "Old")
    Project.objects.filter(pk=one.pk).update(title_en="By update")
    two = ProjectFactory.build(reference="AA-2026-002", department=world.a, title_en="By bulk", lead=None)
    Project.objects.bulk_create([two])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET summary_en = 'by statement' WHERE reference = 'AA-2026-002'")

    assert (found("old"), found("update"), found("bulk statement")) == ([], ["AA-2026-001"], ["AA-2026-002"])


def test_nobody_writes_the_key(world):
    project("AA-2026-001")

    with pytest.raises(DatabaseError, match="search_key"), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET search_key = 'forged'")


@pytest.mark.parametrize("typed", ["visa", "衞生", "ai", "衛"])
@pytest.mark.parametrize(("rows", "key"), [(Project.objects, PROJECT_KEY), (Procedure.objects, PROCEDURE_KEY)])
def test_a_search_reads_the_index_and_never_the_whole_table(rows, key, typed):
    """A condition that no index answers is read row by row even where that is forbidden, as here."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # else the planner may prefer it for so few rows
    plan = search.matching(rows.order_by(), typed, key).explain()

    assert "_search" in plan
    assert "Seq Scan" not in plan


def test_the_past_is_searched_by_what_was_written_then(world, at, official, client):
    with at("2026-03-02"):
        one = project("AA-2026-001", "Drainage watch", registered_on=clock.today())
    with at("2026-03-05"):
        one.title_en = "Harbour watch"
        one.save(update_fields=["title_en"])
    client.force_login(official)

    def listed(query):
        answer = client.get(reverse("projects:project-list"), query)
        return [row.reference for row in answer.context["lines"]]

    assert listed({"q": "drainage", "as_at": "2026-03-03"}) == ["AA-2026-001"]
    assert listed({"q": "harbour", "as_at": "2026-03-03"}) == []
    assert listed({"q": "harbour"}) == ["AA-2026-001"]


def test_the_bar_finds_every_kind_in_either_language(world, official, client):
    project("AA-2026-001", "Visa triage", "簽證分流", department=world.a)
    ProcedureFactory(reference="PROC-0001", name_en="Check a visa", name_zh_hant="查核簽證")
    client.force_login(official)

    for typed in ("visa", "签证"):
        groups = {group.name: group.found for group in client.get("/search/", {"q": typed}).context["groups"]}
        assert [one.reference for one in groups["projects"]] == ["AA-2026-001"]
        assert [one.reference for one in groups["procedures"]] == ["PROC-0001"]
    names = client.get("/search/", {"q": world.a.name_en}).context["groups"]
    assert [one.reference for group in names if group.name == "departments" for one in group.found] == [world.a.code]
    assert b"found-people" in client.get("/search/", {"q": str(official.person)}).content


def test_page_and_api_find_the_same_and_no_draft_of_others(world, applicant, b_applicant, client):
    project("BB-2026-001", "Visa draft", department=world.b, draft=True)
    project("AA-2026-001", "Visa triage", department=world.a)

    for user, expected in ((applicant, ["AA-2026-001"]), (b_applicant, ["AA-2026-001", "BB-2026-001"])):
        client.force_login(user)
        answer = client.get("/api/v1/search/", {"q": "visa"}).json()
        [group] = [one for one in client.get("/search/", {"q": "visa"}).context["groups"] if one.name == "projects"]
        assert [row["reference"] for row in answer["projects"]] == expected
        assert [one.reference for one in group.found] == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("q=%00", "text.control"),
        ("q=a&q=b", "param.repeated"),
        ("x=1", "param.unknown"),
        ("q=" + "a" * 201, "param.max"),
    ],
)
def test_what_cannot_be_searched_is_refused(official, client, query, code):
    """TRUST UR-03, UR-10."""
    client.force_login(official)

    for address in ("/search/", "/api/v1/search/"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert code in answer.content.decode() or address == "/search/"


@pytest.fixture
def registered(world):
    project("AA-2025-001", "Visa application assistant", "簽證申請助理", department=world.a)
    project("AA-2025-002", "Harbour watch", "海港監察", department=world.a)
    project("BB-2025-001", "Visa applications reader", "簽證申請閱讀", department=world.b, draft=True)


@pytest.mark.parametrize(
    ("title_en", "title_zh_hant", "shared"),
    [
        ("Assistant for visa applications", "", ["visa", "applications", "assistant"]),
        ("", "處理签证申请", ["签证申请"]),
    ],
)
def test_a_look_alike_is_named_with_the_words_it_shares(registered, official, title_en, title_zh_hant, shared):
    [one] = similar.to_typed(official, title_en, title_zh_hant)

    assert one.project.reference == "AA-2025-001"
    assert sorted(one.shared) == sorted(shared)


@pytest.mark.parametrize("title", ["Tree survey", "Watch of trees in the parks of Kowloon", "", "AI"])
def test_a_word_in_common_is_no_likeness(registered, official, title):
    assert similar.to_typed(official, title, "") == []


def test_a_draft_of_others_is_never_a_look_alike(registered, official, b_applicant):
    def alike(user):
        return {one.project.reference for one in similar.to_typed(user, "Visa application", "")}

    assert alike(official) == {"AA-2025-001"}
    assert alike(b_applicant) == {"AA-2025-001", "BB-2025-001"}


def test_a_word_that_hundreds_hold_says_nothing(registered, official, monkeypatch):
    monkeypatch.setattr(similar, "COMMON", 0)

    assert similar.to_typed(official, "Visa application assistant", "") == []


def test_the_form_shows_look_alikes_as_fragment_page_and_notice(registered, applicant, client):
    client.force_login(applicant)
    address = reverse("projects:project-similar")
    title = {"title_en": "Visa application helper"}

    fragment = client.get(address, title, headers={"HX-Request": "true"})
    whole = client.get(address, title)
    answer = client.get("/api/v1/projects/similar/", title).json()

    assert fragment.content.strip().startswith(b'<div id="similar-found">')
    assert b"AA-2025-001" in fragment.content
    assert b"<html" in whole.content
    assert [(row["project"]["reference"], row["shared_words"]) for row in answer] == [
        ("AA-2025-001", ["application", "visa"])
    ]


def test_after_registering_without_scripts_the_likeness_is_said(registered, applicant, world, client):
    client.force_login(applicant)
    sent = {"department": world.a.pk, "title_en": "Visa application helper", "category": "document_processing"}

    answer = client.post(reverse("projects:project-new"), sent, follow=True)

    assert any("AA-2025-001" in str(message) for message in answer.context["messages"])
