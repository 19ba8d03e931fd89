"""TRUST T33: no path through the models is a filter or an order, the password of somebody's account least of all."""

from collections.abc import Iterator
import random
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import Model
from drf_spectacular.generators import SchemaGenerator
import pytest

DEPTH = 3
LISTS = {
    "/api/v1/projects/": ("projects", "Project"),
    "/api/v1/procedures/": ("projects", "Procedure"),
    "/api/v1/help-requests/": ("projects", "HelpRequest"),
    "/api/v1/requests/": ("funding", "FundingRequest"),
    "/api/v1/rounds/": ("funding", "Round"),
    "/api/v1/kpis/": ("kpis", "Kpi"),
    "/api/v1/people/": ("accounts", "Person"),
    "/projects/": ("projects", "Project"),
    "/procedures/": ("projects", "Procedure"),
    "/funding/": ("funding", "FundingRequest"),
    "/kpis/": ("kpis", "Kpi"),
    "/people/": ("accounts", "Person"),
}
PAGE_OF = {
    "/projects/": "/api/v1/projects/",
    "/procedures/": "/api/v1/procedures/",
    "/funding/": "/api/v1/requests/",
    "/kpis/": "/api/v1/kpis/",
    "/people/": "/api/v1/people/",
}


def paths(model: type[Model], depth: int = DEPTH) -> Iterator[str]:
    """Every field of the model and of what it leads to, forwards and backwards, as Django's look-ups write it."""
    for column in model._meta.get_fields():
        name = column.name  # of a relation that comes back, the word its look-ups use
        yield name
        if depth > 1 and column.related_model and column.related_model != "self":
            yield from (f"{name}__{further}" for further in paths(column.related_model, depth - 1))


@pytest.fixture(scope="module")
def documented() -> dict[str, set[str]]:
    """The parameters that the schema says each list takes, and the columns it may be ordered by."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    found: dict[str, set[str]] = {}
    for path, item in schema["paths"].items():
        for parameter in item.get("get", {}).get("parameters", []):
            found.setdefault(path, set()).add(parameter["name"])
            if parameter["name"] == "ordering":
                found[path] |= set(parameter["schema"]["enum"])
    return found


@pytest.mark.prove("access")
def test_no_path_through_the_models_is_a_parameter(walk, documented, proof):
    every = [
        (address, ask, path)
        for address, (app, name) in LISTS.items()
        for path in sorted(set(paths(apps.get_model(app, name))))
        if path not in documented[PAGE_OF.get(address, address)]
        for ask in ("filter", "ordering")
    ]
    chosen = random.Random(proof.seed).sample(every, proof.size(gate=300, full=15_000))

    wrong = [case for case in chosen if _status(walk, *case) != 400]

    proof.figure("paths", len({path for _address, _ask, path in every}))
    proof.figure("wrong", len(wrong))
    assert wrong == []


def test_the_paths_reach_a_password():
    assert "lead__accounts__password" in set(paths(apps.get_model("projects", "Project")))


def _status(world: Any, address: str, ask: str, path: str) -> int:
    cache.clear()
    query = {path: "1"} if ask == "filter" else {"ordering": path}
    return int(world.clients["applicant"].get(address, query).status_code)
