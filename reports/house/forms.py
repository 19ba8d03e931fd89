"""What a house form is: its name, what it is about, which datasets it needs and which sections tell them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.errors import Text
from reports.blocks import Section
from reports.rules.periods import Kind
from reports.telling import Content

Teller = Callable[[Content], Section]


@dataclass(frozen=True, slots=True)
class HouseForm:
    """A form as data. `version` grows when the form asks for other data; a stored report keeps its own."""

    key: str
    title: Text
    explains: Text
    period: Kind
    datasets: tuple[str, ...]
    tellers: Sequence[Teller]
    is_of_department: bool = False
    asks_question: bool = False
    version: int = 1

    def sections(self, content: Content) -> list[Section]:
        """The report in the language that is switched on."""
        return [teller(content) for teller in self.tellers]
