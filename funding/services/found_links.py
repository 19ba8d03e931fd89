"""The links that a finding makes or cuts, as grouping reads them (DESIGN 4)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import Q

from funding.models import LinkFinding
from funding.rules.group import Member


def applied(members: Sequence[Member]) -> list[Member]:
    """The same requests with what was found about them: joined with others, or kept apart from them. One query."""
    keys = [one.key for one in members]
    joined: dict[int, set[int]] = defaultdict(set)
    apart: dict[int, set[int]] = defaultdict(set)
    stands = LinkFinding.objects.standing().filter(Q(first__in=keys) | Q(second__in=keys))
    for first, second, kind in stands.values_list("first", "second", "kind"):
        found = joined if kind == LinkFinding.Kind.JOINS else apart
        found[first].add(second)
        found[second].add(first)
    return [replace(one, declared=one.declared | joined[one.key], apart=frozenset(apart[one.key])) for one in members]


def joined_with(requests: Collection[int]) -> set[int]:
    """The requests that a finding joined with any of these."""
    joins = LinkFinding.objects.standing().filter(kind=LinkFinding.Kind.JOINS)
    pairs = joins.filter(Q(first__in=requests) | Q(second__in=requests)).values_list("first", "second")
    return {key for pair in pairs for key in pair} - set(requests)
