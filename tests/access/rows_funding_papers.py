"""Letters, minutes and packs: of the published round and of the open one of `rows_funding`."""

from typing import Any

from tests.access.rows_funding import OFFICE, OWN, SITTING, each, of_round
from tests.access.table import Row, api, page

INSIDE = each((*OWN, *OFFICE, *SITTING), 200)


def of_published(name: str) -> Any:
    return lambda world: {name: world.things["published"].pk}


def of_letter(name: str) -> Any:
    return lambda world: {name: world.things["published"].decision.pk}


def as_id(world: Any) -> dict[str, int]:
    return {"id": of_round(world)["pk"]}


ROWS: list[Row] = [
    page("funding:decision-letter", 404, at=of_letter("pk"), **INSIDE),
    page("funding:round-minutes", 404, at=of_published("pk"), **INSIDE),
    page("funding:round-pack", 404, at=of_round, **INSIDE),
    api("GET", "/api/v1/decisions/{id}/letter/", 404, at=of_letter("id"), **INSIDE),
    api("GET", "/api/v1/rounds/{id}/minutes/", 404, at=of_published("id"), **INSIDE),
    api("GET", "/api/v1/rounds/{id}/pack/", 404, at=as_id, **INSIDE),
]
