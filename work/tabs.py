"""The pages of one's own work, side by side."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: str
    address: str


def own() -> list[Tab]:
    return [
        Tab("due", _("Due from me"), reverse("my_work:my-work")),
        Tab("tasks", _("Tasks"), reverse("my_work:task-list")),
        Tab("notices", _("Notices"), reverse("my_work:notice-list")),
        Tab("following", _("What I follow"), reverse("my_work:following")),
        Tab("settings", _("How I am told"), reverse("my_work:notice-settings")),
    ]
