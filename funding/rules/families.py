"""Requests that hang together by links in any number of steps: nothing outside can ever move the sum of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from funding.rules.group import Member


def families(members: Iterable[Member]) -> dict[int, list[int]]:
    """For each request the keys of its family, itself included, in ascending order."""
    parents: dict[object, object] = {}

    def root(node: object) -> object:
        while parents.setdefault(node, node) != node:
            parents[node] = node = parents[parents[node]]
        return node

    keys = []
    for one in members:
        keys.append(one.key)
        for tie in _ties(one):
            parents[root(tie)] = root(("request", one.key))
    gathered = defaultdict(list)
    for key in sorted(keys):
        gathered[root(("request", key))].append(key)
    return {key: gathered[root(("request", key))] for key in keys}


def _ties(one: Member) -> Iterator[tuple[str, int]]:
    yield ("project", one.project)
    yield from (("procedure", key) for key in one.procedures)
    yield from (("request", key) for key in one.declared)
    if one.supplements is not None:
        yield ("request", one.supplements)
    if one.programme is not None:
        yield ("programme", one.programme)
