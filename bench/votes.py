"""Sixteen members vote at once over HTTP: on one round, and spread over fifty (SPEED)."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
import http.client
import json
import time

from django.utils import timezone

from accounts.models import Department, Person, Posting, User
from bench.measure import Figure
from bench.serve import Server, Servers
from bench.world import session_of
from funding import installation
from funding.models import Body, FundingPolicy, FundingRequest, RequestVersion, RollSeat, Round, Seat, VotingRule
from projects.models import Project

MEMBERS = 16
ROUNDS = 50
TURNS = 3
WARM_UP = 1.0
CSRF = "b" * 32
MOTION = "c" * 64


@dataclass(frozen=True, slots=True)
class Committee:
    """The members who vote, and rounds that stay open for them."""

    members: Sequence[User]
    rounds: Sequence[Round]


def figures(servers: Servers, seconds: float) -> Iterator[Figure]:
    """Milliseconds for each vote accepted. Goals are those of SPEED: 0.6x and 1.2x the bare view's votes a second."""
    committee = _seated()
    one, fifty = committee.rounds[:1], committee.rounds
    work = [(servers.bare, "/vote/{}/", one), (servers.ours, ADDRESS, one), (servers.ours, ADDRESS, fifty)]
    sessions = [session_of(member) for member in committee.members]  # signing in is not what is measured
    counts = [0, 0, 0]
    with ThreadPoolExecutor(MEMBERS) as pool:
        for server, address, rounds in work:
            _cast(pool, server, address, rounds, sessions, WARM_UP)
        for _turn in range(TURNS):
            for index, (server, address, rounds) in enumerate(work):
                counts[index] += _cast(pool, server, address, rounds, sessions, seconds / TURNS)
    bare, ours, spread = (seconds * 1_000 / count for count in counts)
    rates = [count / seconds for count in counts]
    yield Figure("votes, one round", 1, bare, ours, goal=1 / 0.6, note=_said(rates[1], rates[0]))
    yield Figure("votes, fifty rounds", ROUNDS, bare, spread, goal=1 / 1.2, note=_said(rates[2], rates[0]))


ADDRESS = "/api/v1/rounds/{}/vote/"


def _said(ours: float, bare: float) -> str:
    return f"{ours:.0f} votes/s, {ours / bare:.2f}x the bare view's {bare:.0f}"


def _cast(
    pool: ThreadPoolExecutor,
    server: Server,
    address: str,
    rounds: Sequence[Round],
    sessions: Sequence[str],
    seconds: float,
) -> int:
    """Votes answered within so many seconds. Anything but an acceptance ends the bench."""
    until = time.monotonic() + seconds
    works = [
        _voter(server, address, rounds[number:] or rounds, cookie, until) for number, cookie in enumerate(sessions)
    ]
    return sum(done.result() for done in [pool.submit(work) for work in works])


def _voter(server: Server, address: str, rounds: Sequence[Round], session: str, until: float) -> Callable[[], int]:
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Host": f"127.0.0.1:{server.port}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/json",
    }
    body = json.dumps({"choice": "for", "motion_digest": MOTION})

    def vote() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        accepted = 0
        while True:
            round_ = rounds[accepted % len(rounds)]
            connection.request("POST", address.format(round_.pk), body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status not in (200, 201):
                raise RuntimeError(f"A vote was answered {response.status}: {answer[:200]!r}")
            if time.monotonic() > until:
                connection.close()
                return accepted
            accepted += 1

    return vote


def _seated() -> Committee:
    """A working group of sixteen with fifty rounds, each on the request of a project of its own."""
    policy = installation.install()
    body = Body.objects.get(code=installation.WORKING_GROUP)
    home = Department.objects.create(code="WG", safe_code="WG", name_en="Working group", kind=Department.Kind.BUREAU)
    members = [_member(number, home) for number in range(MEMBERS)]
    seats = installation.make_seats(body, [member.person for member in members])
    rule = VotingRule.objects.get(body=body)
    projects = Project.objects.filter(status=Project.Status.REGISTERED).order_by("pk")[:ROUNDS]
    return Committee(members, [_open(project, policy, rule, seats, members) for project in projects])


def _member(number: int, home: Department) -> User:
    person = Person.objects.create(name_en=f"Member {number}")
    Posting.objects.create(person=person, department=home, starts_on=date(2020, 1, 1))
    return User.objects.create(username=f"voter{number}", email=f"voter{number}@example.test", person=person)


def _open(
    project: Project, policy: FundingPolicy, rule: VotingRule, seats: Sequence[Seat], members: Sequence[User]
) -> Round:
    now = timezone.now()
    asked = {"own_amount": "1200000.00", "assessed_amount": "1200000.00"}
    request = FundingRequest.objects.create(
        reference=f"FR-2026-{project.pk:04d}",
        project=project,
        department_id=project.department_id,
        title_en="Bench",
        applicant=project.lead,
        lead=project.lead,
        status="deciding",
        policy=policy,
        tier="working_group",
        submitted_version=1,
        first_submitted_at=now,
        holder_since=now,
        **asked,
    )
    version = RequestVersion.objects.create(
        request=request,
        number=1,
        content="{}",
        digest="a" * 64,
        own_amount=asked["own_amount"],
        submitted_by=project.lead,
        submitted_at=now,
    )
    round_ = Round.objects.create(
        body_id=rule.body_id,
        request=request,
        request_version=version,
        number=1,
        motion_kind=Round.MotionKind.APPROVE,
        motion_amount=asked["own_amount"],
        motion_digest=MOTION,
        rule=rule,
        opened_by=members[0].person,
        opened_at=now,
    )
    RollSeat.objects.bulk_create(
        RollSeat(round=round_, seat=seat, number=seat.number, duty=seat.duty, holder=member.person)
        for seat, member in zip(seats, members, strict=True)
    )
    return round_
