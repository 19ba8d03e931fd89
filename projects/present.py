"""Of which kinds a project has any records: told with the project, so that its page asks no more for what is not there.

Apps that know projects add their kinds, without projects knowing them:

    # funding/apps.py
    def ready(self) -> None:
        present.register("requests", FundingRequest)

Whether the reader may see such records is not judged here; whoever asks for them does.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, Model

from projects.models import (
    HeadApproval,
    Milestone,
    PilotDecision,
    Project,
    ProjectExit,
    ReportedResult,
    ResourceUse,
)
from work.models import Tagging, Task

OF_PROJECT = "project_id = %(expressions)s"
OF_SUBJECT = "subject_kind = 'project' AND subject_id = %(expressions)s"

_questions: dict[str, str] = {}


def register(kind: str, model: type[Model], rows: str = OF_PROJECT) -> None:
    """Tell of a kind of records, once per name; `rows` says in SQL which of them are the project's."""
    exists = f"EXISTS (SELECT FROM {model._meta.db_table} WHERE {rows})"
    _questions[kind] = f"CASE WHEN {exists} THEN '{kind}' END"


register("milestones", Milestone)
register("uses", ResourceUse)
register("results", ReportedResult)
register("approvals", HeadApproval)
register("pilots", PilotDecision)
register("predecessors", ProjectExit.successors.through)
register("tags", Tagging, OF_SUBJECT)
register("tasks", Task, OF_SUBJECT)


class Present(Func):
    """The kinds of which there is at least one row. Written out: to build it from parts takes longer than to ask."""

    output_field: Any = ArrayField(CharField())

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> Any:
        told = f"array_remove(ARRAY[{', '.join(_questions.values())}], NULL)"
        return super().as_sql(compiler, connection, template=told)


def present() -> Present:
    """To annotate rows of projects as `present`."""
    return Present(F("pk"))


def may_have(project: Project, kind: str) -> bool:
    """Whether to ask for records of this kind: always, unless the project was read with word of what it has."""
    told = getattr(project, "present", None)
    return told is None or kind in told
