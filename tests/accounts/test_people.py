"""The list of people and their records: names for everybody, the rest for those who read records (DESIGN 8)."""

from django.db import connection
from django.urls import reverse
import pytest

from accounts.models import Person, RoleGrant, User
from accounts.services import disable_account, edit_person
from core.api import authentication
from core.errors import NotAllowed, Stale
from tests.factories.accounts import PersonFactory, PostingFactory, UserFactory

READERS = {"administrator", "auditor", "team"}


def listed(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("people:people"), asked)


@pytest.mark.parametrize("words", ["wong siu", "小明", "WONG", "系统", "系統經理", "Systems Manager wong"])
def test_people_are_found_by_name_and_post_in_every_language(client, official, words):
    PersonFactory(
        name_en="Wong Siu-ming",
        name_zh_hant="黃小明",
        name_zh_hans="黄小明",
        title_en="Systems Manager",
        title_zh_hant="系統經理",
        title_zh_hans="系统经理",
    )
    page = listed(client, official, q=words).content.decode()
    assert "Wong Siu-ming" in page
    assert "Applicant" not in page


@pytest.mark.parametrize("words", ["衞生", "衛生", "卫生"])
def test_people_are_found_by_either_form_of_a_character(client, official, words):
    PersonFactory(name_en="Wong Siu-ming", title_zh_hant="高級衞生主任")
    assert "Wong Siu-ming" in listed(client, official, q=words).content.decode()


@pytest.mark.parametrize("words", ["%", "_", "Wong%ming"])
def test_wildcards_are_plain_characters(client, official, words):
    PersonFactory(name_en="Wong Siu-ming")
    assert "Wong Siu-ming" not in listed(client, official, q=words).content.decode()


def test_people_are_filtered_by_department_today(client, official, world):
    page = listed(client, official, department="BB").content.decode()
    assert "Outsider" in page
    assert "Colleague" not in page


def test_roles_and_accounts_are_for_readers_of_records(client, world):
    for name, user in world.users.items():
        page = listed(client, user).content.decode()
        assert ('data-label="Roles"' in page) is (name in READERS), name
        asked = listed(client, user, role="verifier")
        assert asked.status_code == (200 if name in READERS else 403), name


def test_an_email_address_is_for_readers_and_for_oneself(client, world, outsider):
    outsider.person.email = "private@example.test"
    outsider.person.save(update_fields=["email"])
    for name, user in world.users.items():
        client.force_login(user)
        page = client.get(reverse("people:person", args=[outsider.person_id])).content.decode()
        told = client.get(f"/api/v1/people/{outsider.person_id}/").json()
        may = name in READERS | {"outsider"}
        assert ("private@example.test" in page) is may, name
        assert told["email"] == ("private@example.test" if may else None), name
        assert (told["roles"] is None, told["accounts"] is None) == (not may, not may), name


def test_the_list_asks_the_same_number_of_queries_however_long(
    client, administrator, world, django_assert_num_queries, django_assert_max_num_queries
):
    def more():
        person = PersonFactory()
        PostingFactory(person=person, department=world.a)
        UserFactory(person=person)

    more()
    listed(client, administrator)
    with django_assert_max_num_queries(16) as one:
        client.get(reverse("people:people"))
    for _ in range(19):
        more()
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(reverse("people:people"))
    with django_assert_max_num_queries(12):
        client.get("/api/v1/people/")


def test_an_edit_of_an_older_version_is_refused_and_kept(client, administrator, second, outsider):
    edit_person(actor=second, person_id=outsider.person_id, expected_version=1, name_en="Outsider Lee")
    with pytest.raises(Stale):
        edit_person(actor=administrator, person_id=outsider.person_id, expected_version=1, name_en="Outsider Ho")
    client.force_login(administrator)
    typed = {"name_en": "Outsider Ho", "expected_version": "1"}
    page = client.post(reverse("people:person-edit", args=[outsider.person_id]), typed)
    assert page.status_code == 412
    assert "Outsider Ho" in page.content.decode()
    assert "Outsider Lee" in page.content.decode()
    assert Person.objects.get(pk=outsider.person_id).name_en == "Outsider Lee"


def test_simplified_is_proposed_and_a_person_s_own_word_stands(administrator, outsider):
    who = {"actor": administrator, "person_id": outsider.person_id, "name_zh_hant": "黃國強"}
    assert edit_person(expected_version=1, name_zh_hans="", **who).name_zh_hans == "黄国强"
    assert edit_person(expected_version=2, name_zh_hans="黄国強", **who).name_zh_hans == "黄国強"


def test_a_disabled_account_is_out_at_once(client, administrator, outsider, acts):
    token, _until = authentication.issue(outsider)
    client.force_login(outsider, backend="accounts.backends.DatedRolesBackend")
    disable_account(actor=administrator, account_id=outsider.pk, reason="Lost laptop.")
    assert client.get("/people/").status_code == 302
    assert client.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert acts() == ["account.disabled"]
    assert User.objects.get(pk=outsider.pk).closed_because == "Lost laptop."


def test_nobody_disables_their_own_account(administrator):
    with pytest.raises(NotAllowed):
        disable_account(actor=administrator, account_id=administrator.pk, reason="R")
    assert User.objects.get(pk=administrator.pk).is_active


@pytest.mark.parametrize("model", ["person", "posting", "rolegrant", "user", "department", "objectgrant", "invitation"])
def test_the_admin_offers_no_side_door(client, administrator, model):
    administrator.is_staff = administrator.is_superuser = True
    administrator.save(update_fields=["is_staff", "is_superuser"])
    client.force_login(administrator)
    before = (RoleGrant.objects.count(), Person.objects.count())
    assert client.get("/admin/auth/group/add/").status_code in {403, 404}
    assert client.get(f"/admin/accounts/{model}/add/").status_code in {403, 404}
    assert client.post(f"/admin/accounts/{model}/add/", {}).status_code in {403, 404}
    assert (RoleGrant.objects.count(), Person.objects.count()) == before


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name_en": "\u200b "}, 422),
        ({"name_en": "Wong\x00"}, 422),
        ({"name_en": "Wong \u202egnow"}, 422),
        ({"name_en": "W" * 121}, 422),
        ({"name_en": "Wong", "email": "not an address"}, 422),
    ],
    ids=["FM-07", "FM-14", "bidirectional", "FM-06", "address"],
)
def test_what_cannot_be_kept_is_refused_with_what_was_typed(client, administrator, typed, code):
    client.force_login(administrator)
    before = Person.objects.count()
    page = client.post(reverse("people:person-new"), typed)
    assert (page.status_code, Person.objects.count()) == (code, before)
    assert 'role="alert"' in page.content.decode()


def test_a_name_that_is_a_script_is_shown_as_text(client, administrator):
    """FM-08."""
    client.force_login(administrator)
    client.post(reverse("people:person-new"), {"name_en": "<script>alert(1)</script>"})
    page = client.get(reverse("people:people")).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_day_in_2199_is_refused(client, administrator, outsider, world):
    """FM-12."""
    client.force_login(administrator)
    page = client.post(
        reverse("people:posting-new", args=[outsider.person_id]), {"department": world.a.pk, "starts_on": "2199-01-01"}
    )
    assert page.status_code == 422


@pytest.mark.parametrize("field", ["is_superuser", "password", "accounts", "roles", "version", "id"])
def test_the_api_takes_no_field_it_does_not_name(client, administrator, field):
    """AP-09, AP-10, T32."""
    client.force_login(administrator)
    body = {"name_en": "Wong", field: "x"}
    answer = client.post("/api/v1/people/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] in {"field.unknown", "field.read_only"}
    assert not Person.objects.filter(name_en="Wong").exists()


def test_history_keeps_every_state_of_a_grant(administrator, outsider):
    from accounts.services import end_role, give_role

    grant = give_role(actor=administrator, person_id=outsider.person_id, role="auditor", reason="R")
    end_role(actor=administrator, grant_id=grant.pk, reason="Done.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_rolegrantevent WHERE pgh_obj_id = %s", [grant.pk])
        assert cursor.fetchone() == (2,)
