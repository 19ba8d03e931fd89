"""What a row would do: compared with the record it names, by our reference, the source's identity, or its words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
import hashlib
import json
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, DomainError, Stale
from core.reading import Row
from projects.importing.fields import Field, fields_of
from projects.importing.mapping import Mapping
from projects.importing.rights import Rights
from projects.importing.understanding import Understood
from projects.models import Claim, ImportRow, Procedure, Project, Stage
from projects.wording import procedure_counted

NEW, CHANGED, SAME, REFUSED = ImportRow.Verdict.values
NEVER_COMPARED = frozenset(
    {
        "reference",
        "version",
        "external_id",
        "department",
        "procedure",
        "result_name",
        "result_baseline",
        "result_value",
        "result_unit",
    }
)
Record = Project | Procedure


@dataclass(slots=True)
class Judged:
    """One row, its key, and what it would do. `version` is the record's when it was compared."""

    row: Understood
    key: str
    natural: int | None
    verdict: str = NEW
    record: Record | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        return self.record.version if self.record else None

    def refuse(self, column: str, error: DomainError) -> None:
        self.verdict = REFUSED
        self.changes = {}
        self.row.faults.append({"field": column, "column": column, "code": error.code, "message": str(error.message)})


class Keys:
    """The key of each row. Rows without an identity are known by all their cells; the same cells twice are two."""

    def __init__(self, source: str, mapping: Mapping) -> None:
        self._source = source
        self._mapping = mapping
        self._seen: Counter[bytes] = Counter()

    def of(self, row: Row, understood: Understood) -> str:
        if reference := understood.said.get("reference"):
            return f"ref:{reference}"
        if identity := understood.said.get("external_id"):
            return f"{self._source}:id:{_hash(identity.casefold())[:40]}"
        words = hashlib.sha256(json.dumps(row.cells, ensure_ascii=False).encode()).digest()[:20]
        self._seen[words] += 1
        return f"{self._source}:{words.hex()}:{self._seen[words]}"

    def natural(self, understood: Understood) -> int | None:
        """What no two rows of a file may share: our reference, the source's identity, or the title in a department."""
        said = understood.said
        if reference := said.get("reference"):
            return _number(f"ref:{reference}")
        if identity := said.get("external_id"):
            return _number(f"id:{identity.casefold()}")
        title = said.get("title_en", "")
        if self._mapping.titles_repeat or not title or understood.department is None:
            return None
        return _number(f"title:{understood.department.pk}:{title.casefold()}")


class Register:
    """Compares rows with what is stored, a chunk at a time. `tries_changes`: each change is tried and taken back."""

    def __init__(
        self, *, kind: str, mapping: Mapping, actor: User | str, rights: Rights, tries_changes: bool = True
    ) -> None:
        self._tries_changes = tries_changes
        self._kind = kind
        self._mapping = mapping
        self._actor = actor
        self._rights = rights
        self._fields = fields_of(kind)
        self._model: Any = Project if kind == "projects" else Procedure

    def compare(self, rows: Sequence[Judged]) -> None:
        """Give every row of the chunk its verdict."""
        named = self._named({str(one.row.said.get("reference") or "") for one in rows} - {""})
        known = self._known({one.key for one in rows})
        titles = self._titles(rows)
        counted = self._counted(rows)
        for one in rows:
            if one.row.faults:
                one.verdict = REFUSED
            elif one.row.said.get("reference"):
                self._compare_named(one, named.get(one.row.said["reference"]))
            elif one.key in known:
                self._compare_known(one, *known[one.key])
            else:
                self._judge_new(one, titles, counted)

    def _named(self, references: set[str]) -> dict[str, Record]:
        rows = self._rights.visible(self._model.objects).filter(reference__in=references)
        return {found.reference: found for found in rows.select_related("department")}

    def _known(self, keys: set[str]) -> dict[str, tuple[Record, dict[str, str]]]:
        """The record that a row of this key became, and what the row said the last time it was stored."""
        if self._kind != "projects":
            return {}
        stored = ImportRow.objects.filter(key__in=keys, project__isnull=False, batch__status="confirmed")
        rows = stored.exclude(verdict=REFUSED).order_by("pk").select_related("project__department")
        return {row.key: (row.project, row.cells) for row in rows if row.project}

    def _titles(self, rows: Sequence[Judged]) -> dict[tuple[int, str], str]:
        if self._kind != "projects" or self._mapping.titles_repeat:
            return {}
        said = [one.row for one in rows if one.row.department and not one.row.said.get("reference")]
        found = Project.objects.annotate(lower=Lower("title_en")).filter(
            department__in={row.department.pk for row in said if row.department},
            lower__in={str(row.said.get("title_en", "")).lower() for row in said},
        )
        return {
            (department, title.casefold()): reference
            for department, title, reference in found.values_list("department", "title_en", "reference")
        }

    def _counted(self, rows: Sequence[Judged]) -> dict[tuple[int, str], Procedure]:
        """Procedures that new rows name, by department and name."""
        names = {str(one.row.said.get("procedure") or "").lower() for one in rows} - {""}
        if not names:
            return {}
        found = Procedure.objects.annotate(lower=Lower("name_en")).filter(lower__in=names)
        return {(one.department_id, one.name_en.casefold()): one for one in found}

    def _compare_named(self, one: Judged, record: Record | None) -> None:
        if record is None:
            message = _("You see no record with this reference.")
            one.refuse("reference", Conflict("reference.unknown", message))
            return
        one.record = record
        department = one.row.department
        if department is not None and department.pk != record.department_id:
            message = _("A record does not move to another department by a file.")
            one.refuse("department", Conflict("department.fixed", message))
            return
        self._differ(one, record, before=None)
        seen = one.row.said.get("version")
        if one.verdict == CHANGED and seen != record.version:
            one.refuse("version", stale(seen, record.version))

    def _compare_known(self, one: Judged, record: Record, before: dict[str, str]) -> None:
        """A row that was stored before changes only what the source itself has changed since."""
        one.record = record
        self._differ(one, record, before=before)

    def _differ(self, one: Judged, record: Record, *, before: dict[str, str] | None) -> None:
        for name, offered in one.row.said.items():
            if name in NEVER_COMPARED or getattr(record, name) == offered:
                continue
            if before is not None and self._told_the_same(name, one.row.cells, before):
                continue
            one.changes[name] = [shown(self._fields[name], getattr(record, name)), shown(self._fields[name], offered)]
        one.verdict = CHANGED if one.changes else SAME
        if one.changes and self._tries_changes:
            try:
                self._rights.change(record, {name: one.row.said[name] for name in one.changes})
            except DomainError as error:
                one.refuse(next(iter(error.fields), next(iter(one.changes))), error)

    def _told_the_same(self, name: str, cells: dict[str, str], before: dict[str, str]) -> bool:
        sources = {"started_precision": "started_on", "source_precision": "source_on"}
        told = [sources.get(name, name), *(["+"] if name == "summary_en" else [])]
        told += ["retired_on"] if name == "stage" else []
        return all(cells.get(source, "") == before.get(source, "") for source in told)

    def _judge_new(self, one: Judged, titles: dict[tuple[int, str], str], counted: Any) -> None:
        department, said = one.row.department, one.row.said
        if self._kind != "projects" or department is None:
            one.refuse("reference", Conflict("reference.required", _("Give the reference of the record.")))
            return
        reference = titles.get((department.pk, str(said["title_en"]).casefold()))
        if reference is not None:
            message = _("This project is already registered as %(reference)s.") % {"reference": reference}
            one.refuse("title_en", Conflict("row.registered", message))
            return
        try:
            self._rights.register(department, said, note=lambda code, text: one.row.notes.append(_note(code, text)))
            self._judge_procedure(said, counted.get((department.pk, str(said.get("procedure") or "").casefold())))
        except DomainError as error:
            one.refuse(next(iter(error.fields), ""), error)

    def _judge_procedure(self, said: dict[str, Any], procedure: Procedure | None) -> None:
        """A procedure that is counted already is not said to be live a second time by a file (TRUST CS-14)."""
        if procedure is None:
            return
        if procedure.retired_on:
            message = _("This procedure is retired.")
            raise Conflict("procedure.retired", message, fields={"procedure": [message]})
        claim = Claim.objects.filter(procedure=procedure, is_live=True).select_related("project").first()
        if claim is not None and said.get("stage") == Stage.LIVE:
            told = procedure_counted(claim, seen_by=self._actor) if isinstance(self._actor, User) else _ANOTHER
            raise Conflict("procedure.counted", told, fields={"procedure": [told]})


_ANOTHER = _("Another project already counts this procedure.")


def stale(seen: int | None, now: int | None) -> Stale:
    message = _("The record was changed after this sheet was made (version %(seen)s, now %(now)s).")
    return Stale("version.stale", message % {"seen": "?" if seen is None else seen, "now": now})


def duplicates(groups: Iterable[list[int]], *, newest: dict[int, str]) -> dict[int, tuple[str, list[int]]]:
    """Of rows about one thing: those refused, with the code and the other rows about the same thing.

    With `newest` ({row: period}) the row of the latest period stands, and the others give way to it.
    """
    refused: dict[int, tuple[str, list[int]]] = {}
    for twins in groups:
        if newest:
            last = max(newest.get(number, "") for number in twins)
            standing = [number for number in twins if newest.get(number, "") == last]
            refused |= {number: ("row.superseded", standing) for number in twins if number not in standing}
            twins = standing
        if len(twins) > 1:
            refused |= {number: ("row.duplicate", [twin for twin in twins if twin != number]) for number in twins}
    return refused


def shown(one: Field, value: Any) -> str:
    """A value as the difference shows it."""
    if value is None or value == "":
        return ""
    if one.is_word:
        return str(one.choices(value).label)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(value)


def _note(code: str, message: Any) -> dict[str, str]:
    return {"column": "stage", "code": code, "message": str(message)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _number(text: str) -> int:
    """64 bits of the text's digest, as the database's whole numbers hold them."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)
