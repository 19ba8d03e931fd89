"""Receipts of votes: of the published round of `rows_funding`, in which chair and member voted."""

from tests.access.rows_funding import SITTING, each
from tests.access.table import api, page


def prepare(world):
    """Everything is there already: `rows_funding` comes first."""


def of_published(name):
    return lambda world: {name: world.things["published"].pk}


ROWS = [
    page("funding:round-receipt", 404, at=of_published("pk"), **each(SITTING, 200)),
    api("GET", "/api/v1/rounds/{id}/receipt/", 404, at=of_published("id"), **each(SITTING, 200)),
]
