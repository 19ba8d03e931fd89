"""The real first run."""

import io

from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
import pytest

from accounts.models import Department, RoleGrant, User
from accounts.roles import Role
from core.models import Installation
from funding.models import FundingPolicy
from kpis.models import Definition
from projects.models import CountingRule, Target
from tests.factories.accounts import DepartmentFactory, UserFactory

TWO = {
    "first_name": "Chan Tai-man",
    "first_username": "chan",
    "first_email": "chan@example.gov.hk",
    "second_name": "Lee Siu-ming",
    "second_username": "lee",
    "second_email": "lee@example.gov.hk",
}


def setup(**changes):
    out = io.StringIO()
    call_command("setup", **(TWO | {"generate_passwords": True} | changes), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_setup_makes_two_administrators_departments_and_first_policies():
    said = setup()

    assert set(User.objects.values_list("username", flat=True)) == {"chan", "lee"}
    assert RoleGrant.objects.filter(group__name=Role.ADMINISTRATOR).count() == 2
    assert Department.objects.filter(code="ImmD").exists()
    assert Department.objects.count() == 88
    assert CountingRule.objects.count() == FundingPolicy.objects.count() == 1
    assert set(Target.objects.values_list("value", flat=True)) == {100, 200}
    assert Definition.objects.exists()
    assert not Installation.objects.get().is_demonstration
    assert "88 departments" in said


@pytest.mark.django_db
def test_the_printed_passwords_open_the_accounts():
    said = setup()

    for username in ("chan", "lee"):
        line = next(line for line in said.splitlines() if f"username {username}" in line)
        assert authenticate(username=username, password=line.rsplit(" ", 1)[1]) is not None


@pytest.mark.django_db
def test_a_second_run_is_refused_and_changes_nothing():
    setup()

    with pytest.raises(CommandError, match="already in use"):
        setup(first_username="somebody", second_username="else")

    assert User.objects.count() == 2


@pytest.mark.parametrize("occupy", [UserFactory, DepartmentFactory])
@pytest.mark.django_db
def test_a_database_with_anybody_or_anything_in_it_is_refused(occupy):
    occupy()

    with pytest.raises(CommandError, match="already in use"):
        setup()
    with pytest.raises(CommandError, match="in use"):
        call_command("demo")

    assert not Installation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"second_username": "CHAN"}, "same username"),
        ({"second_email": "chan@example.gov.hk"}, "same e-mail address"),
        ({"second_name": "Chan Tai-man"}, "same name"),
        ({"first_email": "nobody"}, "cannot be the e-mail address"),
        ({"first_username": "two words"}, "cannot be the username"),
        ({"first_name": "\u200b "}, "is empty"),
        ({"first_name": "Chan\u202eTai"}, "cannot be the name"),
        ({"first_name": ""}, "Two administrators are needed"),
        ({"generate_passwords": False}, "in a terminal"),
    ],
)
@pytest.mark.django_db
def test_each_failure_is_one_sentence_and_nothing_is_stored(changes, says):
    with pytest.raises(CommandError, match=says):
        setup(**changes)

    assert not User.objects.exists()
    assert not Department.objects.exists()


@pytest.mark.django_db
def test_a_real_database_has_no_demonstration_accounts_to_print():
    setup()

    with pytest.raises(CommandError, match="no demonstration"):
        call_command("demo", accounts=True)


@pytest.mark.django_db
def test_prepare_never_loads_the_demonstration_into_real_records(monkeypatch):
    from installation.management.commands import prepare

    monkeypatch.setattr(prepare, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(prepare.Command, "_migrate", lambda self: None)
    setup()

    with pytest.raises(CommandError, match="real records"):
        call_command("prepare", demonstration=True, stdout=io.StringIO())
