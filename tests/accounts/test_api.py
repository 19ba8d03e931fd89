"""Who am I, and the departments, over the API."""

import pytest


@pytest.fixture
def asked_by(client):
    def ask(user, path):
        client.force_login(user)
        return client.get(path).json()

    return ask


def test_me_says_who_and_what_duty(asked_by, head):
    found = asked_by(head, "/api/v1/me/")
    assert (found["username"], found["person"]) == ("head", head.ledger_ref)
    assert [(posting["department"], posting["duty"]) for posting in found["postings"]] == [("AA", "head")]
    assert found["roles"] == []


def test_me_names_the_roles_held_now(asked_by, verifier):
    assert asked_by(verifier, "/api/v1/me/")["roles"] == ["verifier"]


def test_a_grant_that_ended_is_no_role(asked_by, verifier):
    verifier.person.role_grants.update(ends_at="2021-01-01T00:00:00Z")
    assert asked_by(verifier, "/api/v1/me/")["roles"] == []


def test_departments_are_listed_with_both_names_and_the_bureau(asked_by, world, outsider):
    world.b.parent = world.a
    world.b.save()
    found = {row["safe_code"]: row for row in asked_by(outsider, "/api/v1/departments/")["results"]}
    assert found["AA"]["code"] == "A&A"
    assert found["AA"]["name"] == {"en": "Department A&A", "zh_hant": "A&A 部門", "zh_hans": ""}
    assert (found["AA"]["parent"], found["BB"]["parent"]) == (None, "AA")


def test_the_list_of_departments_costs_the_same_however_many(client, outsider, django_assert_num_queries):
    from tests.factories.accounts import DepartmentFactory

    client.force_login(outsider)
    client.get("/api/v1/departments/")
    with django_assert_num_queries(4):
        client.get("/api/v1/departments/")
    DepartmentFactory.create_batch(20)
    with django_assert_num_queries(4):
        client.get("/api/v1/departments/")
