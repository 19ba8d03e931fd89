"""F8: PostgreSQL stops at once while a committee votes."""

from dataclasses import dataclass, field
from http.client import HTTPConnection
import json
from threading import Event, Thread

from django.db import connection
import pytest

from core.api import authentication
from funding import services
from tests.factories.projects import ProjectFactory
from tests.faults.conftest import until
from tests.faults.databases import own_database
from tests.funding.scene import make_scene
from tests.plugins.personas import make_world

WHAT_STANDS = """
import json
from core import ledger_check
from funding import invariants
from funding.models import Decision, Round, Vote
votes = Vote.objects.filter(round={voted}).values_list("roll_seat__number", "revision", "choice")
closed = Round.objects.get(pk={closing})
print(json.dumps({{
    "votes": list(votes),
    "closed": [closed.status, Decision.objects.filter(round=closed).count()],
    "broken": [*invariants.check(), *ledger_check.check().findings],
}}))
"""


@dataclass
class Teller:
    """One person of the committee at one address, again and again, and every answer given to them."""

    port: int
    token: str
    seat: int
    path: str
    bodies: list[dict]
    answers: list[tuple[int, str | None, dict]] = field(default_factory=list)

    def ask_until(self, enough: Event) -> None:
        while not enough.is_set():
            for body in self.bodies:
                self.answers.append(self._post(body))

    def _post(self, body):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Host": "localhost"}
        try:
            connection.request("POST", self.path, json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Retry-After"), json.loads(answer.read())
        finally:
            connection.close()

    @property
    def kept(self):
        """The votes that this person was told are taken down: seat, revision, choice."""
        return [(self.seat, said["revision"], said["choice"]) for status, _, said in self.answers if status == 200]


def tellers_of(scene, port):
    """Five members who change their vote all the time, and a chair who closes another round, all at once."""
    voted = scene.round_open()
    other = ProjectFactory(department=scene.world.a, lead=scene.world["applicant"].person)
    closing = scene.round_open(project=other)
    for member in scene.members[:6]:
        scene.vote(closing, member)
    services.call_last(actor=scene.chair, round_id=closing.pk)
    ballots = [{"choice": choice, "motion_digest": voted.motion_digest} for choice in ("for", "abstain")]
    votes = [(number + 1, member, f"{voted.pk}/vote/", ballots) for number, member in enumerate(scene.members[1:6], 1)]
    people = [*votes, (1, scene.chair, f"{closing.pk}/close/", [{}])]
    tellers = [
        Teller(port, authentication.issue(member)[0], seat, f"/api/v1/rounds/{path}", bodies)
        for seat, member, path, bodies in people
    ]
    return tellers, WHAT_STANDS.format(voted=voted.pk, closing=closing.pk)


@pytest.mark.prove("faults")
def test_f8_no_vote_that_was_acknowledged_is_lost_when_the_database_stops_at_once(bench, proof):
    scene = make_scene(make_world())
    tellers, what_stands = tellers_of(scene, port=bench.free_port())
    *voters, closer = tellers
    connection.close()
    with own_database() as database:
        bench.address = database.address
        bench.front(tellers[0].port)
        enough = Event()
        threads = [Thread(target=teller.ask_until, args=[enough]) for teller in voters]
        for thread in threads:
            thread.start()

        def count(*statuses):
            return sum(answer[0] in statuses for teller in voters for answer in list(teller.answers))

        try:
            until(lambda: count(200) > 20, what="votes are taken down")
            threads.append(Thread(target=closer.ask_until, args=[enough]))
            threads[-1].start()
            database.stop_at_once()
            until(lambda: count(503) > 20, what="people are asked to come back")
            before = count(200)
            database.start()
            until(lambda: count(200) > before + 20, what="votes are taken down again")
        finally:
            enough.set()
            for thread in threads:
                thread.join()
        stands = json.loads(bench.run(what_stands))

    answers = [answer for teller in tellers for answer in teller.answers]
    stored = {tuple(vote) for vote in stands["votes"]}
    lost = [vote for teller in voters for vote in teller.kept if vote not in stored]
    proof.figure("acknowledged", count(200))
    proof.figure("refused_meanwhile", count(503))
    proof.figure("lost", len(lost))
    assert lost == []
    assert {status for teller in voters for status, _, _ in teller.answers} == {200, 503}
    assert {status for status, _, _ in closer.answers} <= {200, 409, 503}
    assert all(wait for status, wait, _ in answers if status == 503)
    assert stands["closed"] in (["open", 0], ["closed", 1])
    assert stands["broken"] == []
