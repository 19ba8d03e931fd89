"""The rows of SPEED that this batch has something to measure for."""

from collections.abc import Iterator

from django.db import transaction
from django.test import Client

from bench import floors
from bench.measure import Figure, Work, compare
from bench.world import Readers, signed_in
from core import ledger
from core.models import ReferenceCounter
from projects.models import Project


def measure(size: int, readers: Readers) -> Iterator[Figure]:
    """Every row at one size, as an ordinary lead and as an official."""
    bare_api = floors.BareApi.as_view({"get": "list"})
    first = Project.objects.order_by("reference").values_list("reference", flat=True)[size // 2]
    for name, user in (("lead", readers.lead), ("official", readers.official)):
        client = signed_in(user)
        yield compare(
            f"list of 50, {name}",
            size=size,
            floor=lambda: floors.call(floors.bare_list),
            ours=get(client, "/projects/"),
            goal=2.0,
        )
        yield compare(
            f"list with search, {name}",
            size=size,
            floor=lambda: floors.call(floors.bare_search, q="Harbour"),
            ours=get(client, "/projects/?q=Harbour"),
            goal=1.5 if size < 100_000 else 0.5,
        )
        yield compare(
            f"list with Chinese search, {name}",
            size=size,
            floor=lambda: floors.call(floors.bare_search, q="衞生"),
            ours=get(client, "/projects/?q=衞生"),
            goal=1.5 if size < 100_000 else 0.5,
        )
        yield compare(
            f"API list of 50, {name}",
            size=size,
            floor=lambda: floors.call(bare_api),
            ours=get(client, "/api/v1/projects/"),
            goal=1.5,
        )
        yield compare(
            f"project page, {name}",
            size=size,
            floor=lambda: floors.call(floors.one_query, reference=first),
            ours=get(client, f"/projects/{first}/"),
            goal=12.0,
        )
    yield compare("ledger append", size=size, floor=bare_insert, ours=append_entry, goal=4.0, rounds=200)


def get(client: Client, address: str) -> Work:
    def work() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")

    return work


@transaction.atomic
def bare_insert() -> None:
    """One row written and committed: what any record costs."""
    ReferenceCounter.objects.create(prefix=f"BENCH-{ReferenceCounter.objects.count()}")


@transaction.atomic
def append_entry() -> None:
    ledger.record("bench.append", actor=ledger.SYSTEM, subject="bench", facts={"amount": "1200000.00", "for": 4})
