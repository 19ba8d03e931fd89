"""A new release gives its roles what they need, also where an earlier release set them up."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
import pytest

from accounts.roles import Role
from accounts.roles_seed import renew_roles, seed_roles

LIBRARY = {"content_type__app_label": "kpis", "codename": "edit_definitions"}


@pytest.fixture
def team_group(db):
    """The Team as a release had it in which there was no library."""
    seed_roles()
    group = Group.objects.get(name=Role.TEAM)
    group.permissions.remove(Permission.objects.get(**LIBRARY))
    return group


def told():
    auth = apps.get_app_config("auth")
    post_migrate.send(sender=auth, app_config=auth, using="default", apps=apps, plan=[], verbosity=0, interactive=False)


def test_after_a_migration_every_role_holds_what_this_release_gives_it(team_group):
    told()
    assert team_group.permissions.filter(**LIBRARY).exists()


def test_before_the_first_set_up_there_are_no_roles(db):
    told()
    assert not Group.objects.exists()


def test_half_way_through_the_migrations_nothing_is_renewed(team_group):
    Permission.objects.get(content_type__app_label="kpis", codename="manage_sources").delete()
    renew_roles("default", apps)
    assert not team_group.permissions.filter(**LIBRARY).exists()


def test_it_is_told_after_all_apps_of_ours():
    ours = {"installation", "dashboards", "funding", "kpis", "projects", "work", "accounts", "core"}
    places = {name: place for place, name in enumerate(settings.INSTALLED_APPS)}
    assert all(places[name] < places["django.contrib.auth"] for name in ours)
