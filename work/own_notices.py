"""The kinds of notices and the records that this app itself knows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import Person, User
from work import notices, subjects, things
from work.notices import Facts, NoticeKind
from work.things import Thing


def register() -> None:
    """Called once, when the app is ready."""
    things.register(
        Thing(
            word="person",
            label=gettext_lazy("My work"),
            rows=_oneself,
            address=lambda person: reverse("my_work:my-work"),
            title=lambda person: "",
            reference=lambda person: "",
        )
    )
    notices.register(
        NoticeKind("work.due", gettext_lazy("What is late or due by tomorrow"), _say_due, is_pressing=True),
        NoticeKind("followed", gettext_lazy("What I follow changed"), _say_changed, address=_history),
        NoticeKind("task.given", gettext_lazy("A task is given to me"), _say_given, address=_task),
        NoticeKind("task.due", gettext_lazy("A task is due soon or late"), _say_task_due, address=_task),
        NoticeKind("mention", gettext_lazy("A comment names me"), _say_mention, address=_comment),
        NoticeKind("task.news", gettext_lazy("News of a task I gave, have or had"), _say_news, address=_task),
    )


def _oneself(user: User) -> "QuerySet[Any]":
    return Person.objects.filter(pk=user.person_id)


def _say_due(facts: Facts) -> str:
    late, soon = int(facts["late"]), int(facts["soon"])
    said = []
    if late:
        said.append(ngettext("%(count)s thing is late.", "%(count)s things are late.", late) % {"count": late})
    if soon:
        told = {"count": soon, "day": notices.day(facts, "until")}
        said.append(ngettext("%(count)s thing is due by %(day)s.", "%(count)s things are due by %(day)s.", soon) % told)
    return " ".join(said)


def _say_changed(facts: Facts) -> str:
    """The parts that changed, or the act, in words."""
    if "act" in facts:
        return str(notices.act(facts["act"]))
    labels = {part.name: part.label for part in subjects.kind(facts["subject"]).parts()}
    named = _(", ").join(str(labels[name]) for name in facts["parts"] if name in labels)
    return _("Changed: %(parts)s.") % {"parts": named}


def _history(facts: Mapping[str, Any], page: str) -> str:
    """The history of the record tells what changed; a request tells it on its own page."""
    return page if "act" in facts else f"{page}history/"


def _say_mention(facts: Facts) -> str:
    by = facts["by_en"] if (get_language() or "en") == "en" else facts["by_zh_hant"] or facts["by_en"]
    return _("%(person)s names you in a comment.") % {"person": by}


def _comment(facts: Facts, page: str) -> str:
    return f"{page}discussion/{facts['comment']}/"


NEWS = {
    "handed_on": gettext_lazy("Handed on: %(task)s"),
    "changed": gettext_lazy("Changed, now due by %(day)s: %(task)s"),
    "done": gettext_lazy("Done: %(task)s"),
    "withdrawn": gettext_lazy("Withdrawn: %(task)s"),
    "stranded": gettext_lazy("Nobody can do it any more; hand it on or withdraw it: %(task)s"),
}


def _of_task(facts: Facts) -> dict[str, str]:
    return {"task": str(facts["wording"]), "day": notices.day(facts)}


def _say_given(facts: Facts) -> str:
    return _("You have a task, due by %(day)s: %(task)s") % _of_task(facts)


def _say_task_due(facts: Facts) -> str:
    if facts["is_late"]:
        return _("Late since %(day)s: %(task)s") % _of_task(facts)
    return _("Due by %(day)s: %(task)s") % _of_task(facts)


def _say_news(facts: Facts) -> str:
    return str(NEWS[facts["what"]]) % _of_task(facts)


def _task(facts: Facts, page: str) -> str:
    return reverse("my_work:task", args=[facts["task"]])
