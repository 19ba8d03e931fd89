"""Which records can be shared with one person until a day, and who may do it. Apps register theirs:

# projects/apps.py
def ready(self) -> None:
    sharing.register("project", model="projects.Project", may_share="projects.policies.can_share")
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotVisible
from core.verdicts import Verdict

_NONE = _("There is no such thing, or you may not see it.")


@dataclass(frozen=True, slots=True)
class Shareable:
    """A kind of record: its word, its model with `visible_to` and `reference`, the policy that lets share
    it, and the name of the page that says who may see one."""

    kind: str
    model_name: str
    policy: str
    page: str

    def address(self, reference: str) -> str:
        """Where who may see the record is shown."""
        return reverse(self.page, args=[reference])

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_name)

    @property
    def permission(self) -> str:
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    @property
    def may_share(self) -> Callable[[User, Any], Verdict]:
        found: Callable[[User, Any], Verdict] = import_string(self.policy)
        return found

    def find(self, reference: str, *, seen_by: User) -> Any:
        rows: Any = self.model._default_manager
        thing = rows.visible_to(seen_by).filter(reference=reference).first()
        if thing is None:
            raise NotVisible("not_found", _NONE)
        return thing


_kinds: dict[str, Shareable] = {}


def register(kind: str, *, model: str, may_share: str, page: str) -> None:
    _kinds[kind] = Shareable(kind, model, may_share, page)


def a_year_after(day: date) -> date:
    """The furthest last day of a grant: 12 months ahead, and 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def kinds() -> list[str]:
    return sorted(_kinds)


def shareable(kind: str) -> Shareable:
    found = _kinds.get(kind)
    if found is None:
        raise NotVisible("not_found", _NONE)
    return found
