"""Columns of a list kept under a name. A preference: its owner keeps it anew and deletes it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Conflict, InvalidInput
from exports import policies
from exports.models import Layout
from exports.services.keeping import not_there

MOST_PER_PERSON = 50


@transaction.atomic
def keep_layout(*, actor: User, list_name: str, name: str, columns: Sequence[str]) -> Layout:
    """Keep these columns; the same name again keeps the new ones."""
    policies.can_export(actor).or_raise()
    if not columns:
        message = _("Choose the columns to keep.")
        raise InvalidInput("export.columns", message, fields={"columns": [message]})
    own = Layout.objects.filter(owner=actor.person)
    if own.count() >= MOST_PER_PERSON:
        raise Conflict("layout.max", _("A person keeps at most %(most)s layouts.") % {"most": MOST_PER_PERSON})
    kept, _is_new = Layout.objects.update_or_create(
        owner=actor.person,
        list_name=list_name,
        name=name,
        defaults={"columns": list(columns), "created_at": clock.now()},
    )
    return kept


@transaction.atomic
def delete_layout(*, actor: User, layout_id: int) -> None:
    gone, _by_model = Layout.objects.filter(owner=actor.person, pk=layout_id).delete()
    if not gone:
        raise not_there()
