"""Who can never vote on a request, and why (DESIGN 5, TRUST C5). By person, not by account."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

APPLICANT = "applicant"
LEAD = "lead"
ENDORSED = "endorsed"
EDITOR = "editor"
APPEALED = "appealed"
SAME_DEPARTMENT = "same_department"
DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Involved:
    """The persons of one request, and of its department, by key. `appealed` took the decision appealed against."""

    applicants: frozenset[int] = field(default=frozenset())
    leads: frozenset[int] = field(default=frozenset())
    endorsers: frozenset[int] = field(default=frozenset())
    editors: frozenset[int] = field(default=frozenset())
    appealed: frozenset[int] = field(default=frozenset())
    same_department: frozenset[int] = field(default=frozenset())
    declared: frozenset[int] = field(default=frozenset())

    def own_item_of(self, person: int) -> bool:
        """Whether it is this person's own item: asked, led or written by them. Endorsing alone is not."""
        return person in self.applicants | self.leads | self.editors


def involved(rows: Iterable[tuple[str, int | None]]) -> Involved:
    """From pairs of a part, as `Involved` names it, and a person; a part that nobody took is left out."""
    persons: dict[str, set[int]] = defaultdict(set)
    for part, person in rows:
        if person is not None:
            persons[part].add(person)
    return Involved(**{part: frozenset(found) for part, found in persons.items()})


def grounds(person: int, involved: Involved, *, same_department_recused: bool) -> tuple[str, ...]:
    """Every ground on which this person may not vote, the strongest first.

    Nobody decides on their own item. Belonging to the same department recuses unless the policy lets such
    members declare and vote.
    """
    return tuple(_grounds(person, involved, same_department_recused))


def _grounds(person: int, involved: Involved, same_department_recused: bool) -> Iterator[str]:
    if person in involved.applicants:
        yield APPLICANT
    if person in involved.leads:
        yield LEAD
    if person in involved.endorsers:
        yield ENDORSED
    if person in involved.editors:
        yield EDITOR
    if person in involved.appealed:
        yield APPEALED
    if same_department_recused and person in involved.same_department:
        yield SAME_DEPARTMENT
    if person in involved.declared:
        yield DECLARED


def all_conflicted(heads: Collection[int], is_own_item: Callable[[int], bool]) -> bool:
    """Whether every head there is asks for, leads or wrote the request. A post that is vacant is not a conflict."""
    return bool(heads) and all(is_own_item(head) for head in heads)
