"""Listeners that nothing may reach count the connections they see: none, whatever is asked (TRUST T19, C10)."""

from collections.abc import Iterator
from itertools import cycle, product
import socket
import threading

import pytest

from kpis.collector.client import Allowed, Failed, fetch_json
from kpis.rules.refusal import Refused
from tests.kpis.conftest import send
from tests.kpis.test_addresses import embedded, spellings

OURS = ("127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.254", "0.0.0.0")
NETWORKS = ["127.0.0.0/8", "0.0.0.0/32", "::1/128", "::/128"]  # registered by mistake, all of them
HOSTS = sorted(
    {spelling for address in OURS for spelling in spellings(address)}
    | {f"[{inner}]" for address in OURS for inner in embedded(address)}
    | {"localhost", "LOCALHOST", "localhost.", "127.1", "0", "0x7f.1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"}
)
ELSEWHERE = "127.0.0.9"


class Listener:
    """Counts who connects, and says nothing to them."""

    def __init__(self, family: int, address: str, port: int = 0) -> None:
        self.connections = 0
        self.socket = socket.socket(family)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.bind((address, port))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                caller, _address = self.socket.accept()
            except OSError:  # closed
                return
            self.connections += 1
            caller.close()

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


@pytest.fixture
def listeners() -> Iterator[list[Listener]]:
    """One port of this machine, on every IPv4 address and on every IPv6 one."""
    first = Listener(socket.AF_INET, "0.0.0.0")
    found = [first, Listener(socket.AF_INET6, "::", first.port)]
    yield found
    for listener in found:
        listener.close()


def test_two_hundred_spellings_of_this_machine_reach_no_listener(settings, listeners):
    settings.COLLECTOR_LOOPBACK_PORTS = []
    port = listeners[0].port
    asked = 0
    for scheme, host in product(("https", "http"), HOSTS):
        named = [f"{form}:{port}" for form in (host, host.strip("[]"), host.rstrip("."))]
        with pytest.raises((Refused, Failed)):
            fetch_json(f"{scheme}://{host}:{port}/", Allowed.of(hosts=named, networks=NETWORKS), deadline_seconds=1)
        asked += 1

    assert asked >= 200
    assert [listener.connections for listener in listeners] == [0, 0]


def test_the_listeners_do_hear_whoever_connects(listeners):
    """Without the judging client the same spellings get through."""
    for host, listener in (("127.1", listeners[0]), ("0x7f.1", listeners[0]), ("::1", listeners[1])):
        socket.create_connection((host, listener.port), timeout=5).close()

    _until(lambda: [listener.connections for listener in listeners] == [2, 1])


def test_fifty_names_that_change_their_answer_reach_only_the_allowed_address(settings, department):
    forbidden = Listener(socket.AF_INET, ELSEWHERE, department.port)
    settings.COLLECTOR_LOOPBACK_PORTS = [department.port]
    allowed = Allowed.of(hosts=[f"cases.example:{department.port}"], networks=["127.0.0.1/32"])
    answers = cycle([["127.0.0.1"], [ELSEWHERE], ["127.0.0.1", ELSEWHERE], [ELSEWHERE, "127.0.0.1"]])
    department.sends()
    outcomes = []
    for _flip in range(50):
        try:
            fetch_json(f"http://cases.example:{department.port}/", allowed, resolver=lambda host, port: next(answers))
            outcomes.append("read")
        except Refused as refused:
            outcomes.append(refused.code)

    forbidden.close()
    assert outcomes.count("read") == department.requests == 13
    assert outcomes.count("address.network") == 37
    assert forbidden.connections == 0


def test_twenty_redirects_are_not_followed(settings, department):
    forbidden = Listener(socket.AF_INET, ELSEWHERE, department.port)
    settings.COLLECTOR_LOOPBACK_PORTS = [department.port]
    allowed = Allowed.of(hosts=[f"127.0.0.1:{department.port}"], networks=["127.0.0.0/8"])
    there = f"{ELSEWHERE}:{department.port}/"
    ways = [f"http://{there}", f"https://{there}", f"//{there}", f"http://user@{there}"]
    tried = 0
    for status, way in product((301, 302, 303, 307, 308), ways):
        department.answer = lambda handler, status=status, way=way: send(handler, b"", status=status, Location=way)
        with pytest.raises(Refused, match="redirect"):
            fetch_json(f"http://127.0.0.1:{department.port}/", allowed)
        tried += 1

    forbidden.close()
    assert tried == department.requests == 20
    assert forbidden.connections == 0


def _until(holds) -> None:
    ticks = threading.Event()
    for _tick in range(100):
        if holds():
            return
        ticks.wait(0.02)
    pytest.fail("the listeners heard nobody")
