"""The pinned client against servers that misbehave (TRUST 4.6, F14, F16). Deadlines are short on purpose."""

import gzip
import socket
import time

from django.core.checks import run_checks
import pytest

from kpis.collector.client import MOST_BYTES, Allowed, Failed, fetch_json
from kpis.rules.refusal import Refused
from tests.kpis.conftest import send, send_json


def fetch(fake, *, deadline_seconds=5.0, host="127.0.0.1", resolver=None):
    allowed = Allowed.of(hosts=[f"{host}:{fake.port}"], networks=["127.0.0.0/8"])
    url = f"http://{host}:{fake.port}/readings.json"
    return fetch_json(url, allowed, deadline_seconds=deadline_seconds, resolver=resolver)


def test_it_reads_json(department):
    department.sends({"a": "1"})

    assert fetch(department) == b'{"readings": [{"a": "1"}]}'


def test_it_reads_gzip(department):
    department.answer = lambda handler: send(handler, gzip.compress(b"{}"), Content_Encoding="gzip")

    assert fetch(department) == b"{}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(department, forbidden, status):
    department.answer = lambda handler: send(
        handler, b"", status=status, Location=f"http://127.0.0.1:{forbidden.port}/"
    )

    with pytest.raises(Refused, match="redirect"):
        fetch(department)

    assert forbidden.requests == 0


def test_a_login_page_is_refused(department):
    department.answer = lambda handler: send(handler, b"<html>", Content_Type="text/html")

    with pytest.raises(Refused, match=r"content\.type"):
        fetch(department)


def test_a_gzip_bomb_is_cut(department):
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    department.answer = lambda handler: send(handler, bomb, Content_Encoding="gzip")

    with pytest.raises(Refused, match="size"):
        fetch(department)


def test_endless_chunks_are_cut(department):
    sent = 0

    def pour(handler):
        nonlocal sent
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        piece = b"x" * 65_536
        while sent < 50 * 1024 * 1024:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            sent += len(piece)

    department.answer = pour

    with pytest.raises(Refused, match="size"):
        fetch(department)

    assert sent < 5 * MOST_BYTES


def test_a_drip_does_not_stretch_the_deadline(department):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    department.answer = drip
    started = time.monotonic()

    with pytest.raises(Failed, match="timeout"):
        fetch(department, deadline_seconds=0.5)

    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_times_out(department):
    department.answer = lambda handler: time.sleep(1)

    with pytest.raises(Failed, match="timeout"):
        fetch(department, deadline_seconds=0.2)


def test_a_resolver_that_hangs_times_out(department):
    with pytest.raises(Failed, match="timeout"):
        fetch(department, host="cases.example", resolver=lambda host, port: time.sleep(1), deadline_seconds=0.2)


def test_a_body_that_stops_early_is_a_failure(department):
    department.answer = lambda handler: send(handler, b"{", Content_Length="100")

    with pytest.raises(Failed, match="broken_off"):
        fetch(department)


@pytest.mark.parametrize(
    ("status", "error"), [(404, Refused), (401, Refused), (500, Failed), (503, Failed), (429, Failed)]
)
def test_an_error_of_the_source_is_refused_or_tried_again(department, status, error):
    department.answer = lambda handler: send(handler, b"{}", status=status)

    with pytest.raises(error, match=r"http\.status"):
        fetch(department)


def test_nobody_listening_is_a_failure(settings, free_port, department):
    settings.COLLECTOR_LOOPBACK_PORTS = [free_port]
    allowed = Allowed.of(hosts=[f"127.0.0.1:{free_port}"], networks=["127.0.0.0/8"])

    with pytest.raises(Failed, match="unreachable"):
        fetch_json(f"http://127.0.0.1:{free_port}/", allowed, deadline_seconds=2)


@pytest.mark.parametrize(
    "addresses",
    [["169.254.169.254"], ["127.0.0.1", "169.254.169.254"], ["127.0.0.1", "10.0.0.1"], ["::ffff:169.254.169.254"]],
)
def test_one_address_that_is_not_allowed_refuses_the_host(department, addresses):
    """CO-18, and CO-03 where a name changes its answer."""
    with pytest.raises(Refused, match="address"):
        fetch(department, host="cases.example", resolver=lambda host, port: addresses)

    assert department.requests == 0


def test_the_name_is_asked_once_and_the_judged_address_is_called(department):
    """A resolver that flips after the first answer has no second chance (rebinding)."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    department.answer = lambda handler: send_json(handler, {"host": handler.headers["Host"]})

    body = fetch(department, host="cases.example", resolver=lambda host, port: next(answers))

    assert body == b'{"host": "cases.example:%d"}' % department.port
    assert next(answers) == ["169.254.169.254"]


def test_a_name_that_does_not_exist_is_a_failure(department):
    def unknown(host, port):
        raise socket.gaierror("no such name")

    with pytest.raises(Failed, match="unresolved"):
        fetch(department, host="cases.example", resolver=unknown)


def test_loopback_ports_that_are_not_named_are_never_reached(settings, department, forbidden):
    settings.COLLECTOR_LOOPBACK_PORTS = [department.port]
    allowed = Allowed.of(hosts=[f"127.0.0.1:{forbidden.port}"], networks=["127.0.0.0/8"])
    for scheme in ("http", "https"):
        with pytest.raises(Refused, match="address"):
            fetch_json(f"{scheme}://127.0.0.1:{forbidden.port}/", allowed)


def test_environment_proxies_are_not_used(department, forbidden, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{forbidden.port}")
    department.sends()

    assert fetch(department) == b'{"readings": []}'


def test_a_certificate_nobody_trusts_is_refused(settings, tmp_path):
    from tests.kpis.tls import self_signed_server

    with self_signed_server(tmp_path) as port:
        settings.COLLECTOR_LOOPBACK_PORTS = [port]
        allowed = Allowed.of(hosts=[f"127.0.0.1:{port}"], networks=["127.0.0.0/8"])

        with pytest.raises(Refused, match="tls"):
            fetch_json(f"https://127.0.0.1:{port}/", allowed, deadline_seconds=5)


def test_a_deployment_with_loopback_for_the_collector_fails_its_check(settings):
    settings.COLLECTOR_LOOPBACK_PORTS = [8099]
    assert "kpis.E001" in {message.id for message in run_checks(include_deployment_checks=True, tags=["security"])}

    settings.COLLECTOR_LOOPBACK_PORTS = []
    assert "kpis.E001" not in {message.id for message in run_checks(include_deployment_checks=True, tags=["security"])}
