"""Saved views: a list's filters and order under a name. They are preferences: renamed and deleted by their owner."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Posting, User
from core import clock
from core.errors import Conflict, InvalidInput, NotAllowed
from work import lists, policies, subjects
from work.models import SavedView

MOST_PER_PERSON = 100
LONGEST_QUERY = 2_000


@transaction.atomic
def save_view(
    *, actor: User, list_name: str, name: str, query: str, shared_with: Department | None = None
) -> SavedView:
    """Keep the list as its address shows it now."""
    _share(actor, shared_with)
    if SavedView.objects.filter(owner=actor.person).count() >= MOST_PER_PERSON:
        message = _("A person keeps at most %(most)s saved views.") % {"most": MOST_PER_PERSON}
        raise Conflict("view.max", message)
    kept = SavedView(
        owner=actor.person,
        list_name=list_name,
        name=name,
        query=read(list_name, query),
        shared_with=shared_with,
        created_at=clock.now(),
    )
    return _stored(kept)


@transaction.atomic
def edit_view(
    *, actor: User, view_id: int, name: str | None = None, shared_with: Department | str | None = ""
) -> SavedView:
    """Rename it, share it with a department of one's own, or keep it to oneself again (None)."""
    view = _locked(actor, view_id)
    if name is not None:
        view.name = name
    if not isinstance(shared_with, str):
        if shared_with != view.shared_with:
            _share(actor, shared_with)
        view.shared_with = shared_with
    return _stored(view)


@transaction.atomic
def delete_view(*, actor: User, view_id: int) -> None:
    _locked(actor, view_id).delete()


def read(list_name: str, query: str) -> str:
    """The query as it is kept. What the list would refuse is refused here."""
    if len(query) > LONGEST_QUERY:
        raise InvalidInput("param.max", _("The address of this list is too long to be saved."), fields={"query": []})
    return lists.canonical(list_name, query)


def _locked(actor: User, view_id: int) -> SavedView:
    view = SavedView.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=view_id).first()
    if view is None:
        raise subjects.not_there()
    policies.can_change_view(actor, view).or_raise()
    return view


def _share(actor: User, department: Department | None) -> None:
    if department is None:
        return
    posted = Posting.objects.on(clock.today()).filter(person=actor.person_id, department=department)
    if not posted.exists():
        raise NotAllowed("view.department", _("A view is shared with a department you are posted in."))


def _stored(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        message = _("You already have a saved view of this name.")
        raise Conflict("view.name", message, fields={"name": [message]}) from error
    return view
