"""What a deployment may not be."""

from types import SimpleNamespace

from django.core import checks
from django.db import connections
import pytest

from core.checks import ledger_is_append_only, no_loopback_for_the_collector, only_postgresql, two_roles


def ids(found):
    return [message.id for message in found]


def test_the_collectors_loopback_ports_are_refused(settings):
    settings.COLLECTOR_LOOPBACK_PORTS = [8080]
    assert ids(no_loopback_for_the_collector(None)) == ["govai.E002"]

    settings.COLLECTOR_LOOPBACK_PORTS = []
    assert ids(no_loopback_for_the_collector(None)) == []


@pytest.fixture
def databases(monkeypatch):
    """Let the checks see other databases than the suite's."""
    return lambda **given: monkeypatch.setattr("core.checks.settings", SimpleNamespace(DATABASES=given))


def test_one_role_for_app_and_owner_is_refused(databases):
    databases(default={"USER": "govai_owner"}, owner={"USER": "govai_owner"})
    assert ids(two_roles(None)) == ["govai.E003"]

    databases(default={"USER": "govai_app"}, owner={"USER": "govai_owner"})
    assert ids(two_roles(None)) == []


def test_sqlite_is_refused(databases):
    databases(default={"ENGINE": "django.db.backends.sqlite3"})

    assert ids(only_postgresql(None)) == ["govai.E001"]


@pytest.mark.django_db
def test_the_apps_role_may_not_change_the_ledger():
    assert ids(ledger_is_append_only(None, databases=["default"])) == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_an_app_that_runs_as_the_owner_is_refused(monkeypatch):
    monkeypatch.setattr("core.checks.connections", {"default": connections["owner"]})

    assert ids(ledger_is_append_only(None, databases=["default"])) == ["govai.E004"]


def test_the_checks_are_registered():
    names = {check.__name__ for check in checks.registry.registry.get_checks(include_deployment_checks=True)}

    assert {"only_postgresql", "no_loopback_for_the_collector", "two_roles", "ledger_is_append_only"} <= names


@pytest.mark.django_db
def test_the_apps_role_has_no_right_on_the_ledger_but_to_read_and_to_add():
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT privilege, has_table_privilege(current_user, 'core_ledgerentry', privilege)"
            " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) privilege"
        )
        rights = {privilege for privilege, held in cursor.fetchall() if held}
        cursor.execute("SELECT has_any_column_privilege(current_user, 'core_ledgerentry', 'UPDATE')")
        may_edit_a_column = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
            " AND pg_has_role(current_user, c.relowner, 'MEMBER')"
        )
        owned = cursor.fetchone()[0]
        cursor.execute("SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_mighty = cursor.fetchone()[0]

    assert rights == {"SELECT", "INSERT"}
    assert (may_edit_a_column, owned, is_mighty) == (False, 0, False)
