"""What the pages about people share: finding rows, and a page that is one form for one act."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.requests import SignedInRequest
from core.acts import send
from core.errors import NotVisible, Text
from core.forms import TrackerForm
from core.pages import page_or_partial

M = TypeVar("M", bound=Model)


def found(rows: Any, pk: int) -> Any:
    """The row by its number, of those the reader sees."""
    thing = rows.filter(pk=pk).first()
    if thing is None:
        raise NotVisible("not_found", _("There is no such thing, or you may not see it."))
    return thing


def find_person(request: SignedInRequest, pk: int) -> Person:
    person: Person = found(Person.objects.visible_to(request.user), pk)
    return person


def person_address(person_id: int) -> str:
    return reverse("people:person", args=[person_id])


def act_page(
    request: SignedInRequest,
    form: TrackerForm,
    *,
    heading: Text,
    explains: Text,
    button: Text,
    back: str,
    back_label: Text,
    work: Callable[[], object],
    done: Text,
    to: str | None = None,
    style: str = "primary",
) -> HttpResponse:
    """A page that is one form: shown, or sent once and then back to the record."""

    def shown() -> HttpResponse:
        return page_or_partial(
            request,
            page="accounts/act.html",
            form=form,
            heading=heading,
            explains=explains,
            button=button,
            back=back,
            back_label=back_label,
            style=style,
        )

    def once() -> str:
        work()
        messages.success(request, str(done))
        return to or back

    return send(request, form, work=once, again=shown) if request.method == "POST" else shown()
