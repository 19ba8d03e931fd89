"""What people and their rights ask of administrators next: deciding roles that wait for the second (FEATURES N7)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.access import label_of
from accounts.duties import Duty
from accounts.models import RoleGrant, User


def waiting(user: User) -> Iterator[Duty]:
    if not policies.can_manage(user):
        return
    proposed = RoleGrant.objects.visible_to(user).proposed().select_related("person", "group")
    for grant in proposed.order_by("pk"):
        if policies.can_confirm_role(user, grant):
            what = _("Confirm the role, or withdraw it: %(role)s") % {"role": label_of(grant.group.name)}
            yield Duty("role.confirm", what, "", str(grant.person), reverse("people:person", args=[grant.person_id]))
