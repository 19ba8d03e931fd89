"""Roles: two administrators and 24 hours for a deciding one, never one's own (TRUST T28)."""

from datetime import date, timedelta

from django.db import IntegrityError
from django.utils import timezone
import pytest

from accounts.models import RoleGrant, User
from accounts.roles import DECIDING, LABELS, OPENS, PERMISSIONS, Role
from accounts.services import confirm_role, end_role, give_role, withdraw_role
from core.errors import Conflict, NotAllowed, Unprocessable
from tests.accounts.conftest import NOON

WHY = "New duty."


def holds(user, permission):
    """Asked of the database anew, as the next request does."""
    return User.objects.get(pk=user.pk).has_perm(permission)


def proposed(administrator, user, role="verifier", **more):
    return give_role(actor=administrator, person_id=user.person_id, role=role, reason=WHY, **more)


@pytest.mark.parametrize("role", sorted(set(Role) - DECIDING))
def test_a_role_that_decides_nothing_opens_at_once(administrator, outsider, role, acts):
    grant = proposed(administrator, outsider, role)
    assert grant.state == "now"
    assert acts() == ["role.granted"]


@pytest.mark.parametrize("role", sorted(DECIDING))
def test_a_deciding_role_opens_nothing_until_a_second_administrator_agrees(administrator, outsider, role, acts):
    grant = proposed(administrator, outsider, role)
    assert grant.state == "proposed"
    assert not RoleGrant.objects.live(timezone.now() + timedelta(days=9)).filter(pk=grant.pk).exists()
    assert acts() == ["role.proposed"]


def test_a_confirmed_deciding_role_opens_24_hours_later_to_the_second(administrator, second, outsider, at):
    grant = confirm_role(actor=second, grant_id=proposed(administrator, outsider).pk)
    at(NOON + timedelta(hours=24) - timedelta(microseconds=1))
    assert (grant.state, holds(outsider, "projects.verify_procedure")) == ("cooling", False)
    at(NOON + timedelta(hours=24))
    assert (grant.state, holds(outsider, "projects.verify_procedure")) == ("now", True)


def test_who_proposes_does_not_confirm(administrator, outsider):
    grant = proposed(administrator, outsider)
    with pytest.raises(NotAllowed, match="second administrator"):
        confirm_role(actor=administrator, grant_id=grant.pk)
    grant.refresh_from_db()
    assert grant.state == "proposed"


def test_who_receives_does_not_confirm(administrator, second):
    grant = proposed(administrator, second)
    with pytest.raises(NotAllowed, match="second administrator"):
        confirm_role(actor=second, grant_id=grant.pk)


@pytest.mark.parametrize("role", ["auditor", "verifier"])
def test_nobody_gives_a_role_to_themselves(administrator, role):
    with pytest.raises(NotAllowed, match="themselves"):
        proposed(administrator, administrator, role)
    assert RoleGrant.objects.filter(person=administrator.person).count() == 1


def test_a_second_account_of_the_same_person_does_not_help(administrator, outsider):
    other = User.objects.create(username="administrator2", person=administrator.person)
    grant = proposed(administrator, outsider)
    with pytest.raises(NotAllowed):
        confirm_role(actor=other, grant_id=grant.pk)


def test_an_administrator_made_by_one_administrator_cannot_agree_with_them(administrator, outsider, b_applicant):
    proposed(administrator, outsider, "administrator")
    grant = proposed(administrator, b_applicant)
    with pytest.raises(NotAllowed, match="administrators"):
        confirm_role(actor=User.objects.get(pk=outsider.pk), grant_id=grant.pk)


def test_the_database_refuses_a_role_given_to_oneself(administrator):
    group = RoleGrant.objects.get(person=administrator.person).group
    with pytest.raises(IntegrityError, match="rolegrant_never_to_oneself"):
        RoleGrant.objects.create(person=administrator.person, granted_by=administrator.person, group=group)


@pytest.mark.parametrize("persona", ["applicant", "head", "official", "auditor", "team", "secretary"])
def test_only_administrators_give_roles(request, persona, outsider):
    with pytest.raises(NotAllowed, match="administrators"):
        proposed(request.getfixturevalue(persona), outsider, "report_staff")
    assert not RoleGrant.objects.filter(person=outsider.person).exists()


def test_a_role_is_held_once_at_a_time(administrator, second, outsider):
    confirm_role(actor=second, grant_id=proposed(administrator, outsider).pk)
    with pytest.raises(Conflict, match="already holds"):
        proposed(second, outsider)


def test_a_role_with_a_last_day_ends_at_the_end_of_it_to_the_second(administrator, outsider, at):
    grant = proposed(administrator, outsider, "report_staff", last_day=date(2026, 11, 30))
    end = NOON.replace(month=12, day=1, hour=0)
    at(end - timedelta(microseconds=1))
    assert holds(outsider, "exports.export_lists")
    at(end)
    assert not holds(outsider, "exports.export_lists")
    assert grant.state == "past"


@pytest.mark.parametrize(("last_day", "role"), [(date(2026, 11, 21), "auditor"), (date(2026, 11, 22), "verifier")])
def test_a_role_that_would_end_before_it_opens_is_refused(administrator, outsider, at, last_day, role):
    with pytest.raises(Unprocessable, match="end must come after"):
        proposed(administrator, outsider, role, last_day=last_day)


def test_ending_a_role_takes_effect_at_once_and_is_recorded(administrator, second, finance, acts):
    grant = RoleGrant.objects.get(person=finance.person)
    assert holds(finance, "funding.commit_money")
    end_role(actor=second, grant_id=grant.pk, reason="Moved on.")
    assert not holds(finance, "funding.commit_money")
    assert acts() == ["role.ended"]


def test_nobody_ends_their_own_role_so_one_administrator_is_always_left(administrator):
    grant = RoleGrant.objects.get(person=administrator.person)
    with pytest.raises(NotAllowed, match="Another administrator"):
        end_role(actor=administrator, grant_id=grant.pk, reason=WHY)
    grant.refresh_from_db()
    assert grant.ends_at is None


def test_a_role_ended_while_its_24_hours_run_never_opens(administrator, second, outsider, at):
    grant = confirm_role(actor=second, grant_id=proposed(administrator, outsider).pk)
    end_role(actor=administrator, grant_id=grant.pk, reason="A mistake.")
    at(NOON + timedelta(days=2))
    assert not holds(outsider, "projects.verify_procedure")


def test_a_withdrawn_proposal_cannot_be_confirmed(administrator, second, outsider, acts):
    grant = withdraw_role(actor=second, grant_id=proposed(administrator, outsider).pk, reason="Not agreed.")
    with pytest.raises(Conflict, match="waits for nobody"):
        confirm_role(actor=second, grant_id=grant.pk)
    assert acts() == ["role.proposed", "role.withdrawn"]


def test_given_used_and_taken_away_again_leaves_three_entries(administrator, second, outsider, acts):
    grant = confirm_role(actor=second, grant_id=proposed(administrator, outsider).pk)
    end_role(actor=second, grant_id=grant.pk, reason="Done.")
    assert acts() == ["role.proposed", "role.granted", "role.ended"]


def test_every_role_and_every_permission_has_its_words():
    assert set(LABELS) == set(Role)
    assert {name for names in PERMISSIONS.values() for name in names} <= set(OPENS)
