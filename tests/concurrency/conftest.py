"""Real commits, real connections: an office whose acts other threads see, and threads that begin together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
import random
import threading
import time
from typing import Any

from django.db import connection
import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError
from funding import ballots
from funding.ballots import Ballot
from funding.models import FundingRequest, Round
from funding.services import links, locks
from tests.factories.funding import Office, make_office
from tests.plugins.personas import make_world

Work = Callable[[], Any]
MOST_TRIES = 40


class Crowd:
    """Workers that keep their own connection, and do their works at the same moment."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pool = ThreadPoolExecutor(size)

    def together(self, *works: Work) -> list[Any]:
        """What each work returned, or the refusal or error it ended in, in order."""
        start = threading.Barrier(len(works))

        def run(work: Work) -> Any:
            start.wait(timeout=60)
            try:
                return work()
            except Exception as error:  # noqa: BLE001 - the test judges every error, also those nobody expects
                return error

        return [done.result(timeout=120) for done in [self.pool.submit(run, work) for work in works]]

    def leave(self) -> None:
        """Close every worker's connection from inside that worker."""
        self.together(*[_hang_up] * self.size)
        self.pool.shutdown()


def _hang_up() -> None:
    connection.close()  # looked up here: every thread has its own


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    people = Crowd(21)
    yield people
    people.leave()


@pytest.fixture
def office(committed_db: None) -> Office:
    return make_office(make_world(), seats=21)


def tries_until_wrong(race: Callable[[], int]) -> int | None:
    """Which race of a twin without its guard was the first to go wrong; None if none did. A busy machine needs more."""
    return next((number for number in range(1, MOST_TRIES + 1) if race()), None)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: rows are read without their lock, and some a second before they are judged and written."""

    def dawdle() -> None:
        time.sleep(random.choice([0.0, 0.0, 0.02, 1.0]))

    def unlocked_round(round_id: int) -> Round:
        found = Round.objects.select_related(
            "request__project", "request__policy", "request_version", "rule", "body", "acting_chair"
        ).get(pk=round_id)
        dawdle()
        return found

    def unlocked_ballot(round_id: int, *, actor: User) -> Ballot | None:
        found = ballots.read(round_id, actor.person_id)
        dawdle()
        return replace(found, at=clock.database_now()) if found else None

    def unlocked_request(request_id: int, *, seen_by: Any = None) -> FundingRequest:
        found = FundingRequest.objects.select_related("project", "department", "policy").get(pk=request_id)
        dawdle()
        return found

    monkeypatch.setattr(locks, "round_row", unlocked_round)
    monkeypatch.setattr(locks, "ballot", unlocked_ballot)
    monkeypatch.setattr(locks, "request_row", unlocked_request)
    monkeypatch.setattr(links, "hold", lambda start: None)


def errors(results: list[Any]) -> list[Exception]:
    """Ends that nobody may see: neither done nor refused in words."""
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, DomainError)]


def codes(results: list[Any]) -> list[str]:
    return [one.code for one in results if isinstance(one, DomainError)]
