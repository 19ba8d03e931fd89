"""The one client for outgoing calls (TRUST C10). Nothing else in this code base opens an outside connection.

Built on httpcore, the layer under httpx: it takes a network backend as a public argument, so that the
connection goes to the address we judged while TLS still checks the host's name, and it knows neither
redirects nor proxies nor environment variables, so that there is nothing to switch off. The standard
library's http.client would need its socket and its buffered reader replaced to hold a total deadline.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
import queue
import re
import socket
import ssl
import threading
import time
from typing import Any, TypeAlias
import zlib

from django.conf import settings
import httpcore

from core import clock
from kpis.collector import addresses
from kpis.collector.addresses import Address, Network
from kpis.collector.own import own_addresses
from kpis.rules.refusal import Refused, quoted

MOST_BYTES = 5 * 1024 * 1024  # of one run, decoded
DEADLINE_SECONDS = 25.0  # a run ends within 30, storing included
PIECE = 64 * 1024
JSON_TYPE = "application/json"
CSV_TYPE = "text/csv"
GZIP = 16 + zlib.MAX_WBITS

Resolver: TypeAlias = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What two people registered for a source."""

    hosts: tuple[str, ...]
    networks: tuple[Network, ...]

    @classmethod
    def of(cls, *, hosts: Iterable[str], networks: Sequence[str]) -> "Allowed":
        return cls(tuple(hosts), addresses.registered_networks(networks))


class Failed(Exception):
    """The other side could not be reached or did not finish; a later try may do better."""

    def __init__(self, code: str, detail: str = "", *, wait: timedelta = timedelta(0)) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.wait = wait  # as long as the other side asked for; we decide whether to believe it


class Caller:
    """The calls of one run: they share one deadline and one cap of bytes, answers and pages together.

    `accept` is the media type agreed with the source; `headers` go to every address it calls, which the caller
    keeps on one host and port.
    """

    def __init__(
        self,
        *,
        accept: str = JSON_TYPE,
        headers: Mapping[str, str] | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        resolver: Resolver | None = None,
    ) -> None:
        self._accept = accept
        self._headers = headers or {}
        self._deadline = Deadline(deadline_seconds)
        self._resolver = resolver or _resolve
        self._bytes_left = MOST_BYTES

    def __call__(self, url: str, allowed: Allowed) -> bytes:
        """The decoded body of one GET that answered 200 with what was agreed.

        Raises `Refused` where the answer or the address breaks a rule, and `Failed` where trying again
        is sensible: away, too slow, 5xx.
        """
        ports = settings.COLLECTOR_LOOPBACK_PORTS
        target = addresses.target(url, hosts=allowed.hosts, loopback_ports=ports)
        backend = PinnedBackend(allowed.networks, self._deadline, self._resolver, ports)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(), network_backend=backend, max_connections=1, http2=False
                ) as pool,
                pool.stream("GET", target.url, headers=self._asked_of(target)) as response,
            ):
                body = self._body(response)
        except httpcore.TimeoutException as error:
            raise Failed("timeout") from error
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError):
                raise Refused("tls", quoted(error)) from error
            raise Failed("unreachable") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Failed("broken_off") from error
        self._bytes_left -= len(body)
        return body

    def _asked_of(self, target: addresses.Target) -> dict[bytes | str, bytes | str]:
        asked: dict[bytes | str, bytes | str] = {
            "Host": target.place if target.port not in {80, 443} else target.place.rpartition(":")[0],
            "Accept": self._accept,
            "Accept-Encoding": "gzip",
            "User-Agent": "govai_tracker collector",
            "Connection": "close",
        }
        for name, text in self._headers.items():
            asked[name] = text
        return asked

    def _body(self, response: httpcore.Response) -> bytes:
        headers = {name.lower(): value for name, value in response.headers}
        status = response.status
        if 300 <= status < 400:
            raise Refused("redirect", str(status))
        if status == 429 or status >= 500:
            wait = waiting_time(headers.get(b"retry-after", b"").decode("ascii", "replace"))
            raise Failed("retry" if wait else "http.status", str(status), wait=wait)
        if status != 200:
            raise Refused("http.status", str(status))
        content_type = headers.get(b"content-type", b"").decode("ascii", "replace")
        if content_type.partition(";")[0].strip().lower() != self._accept:
            raise Refused("content.type", quoted(content_type))
        encoding = headers.get(b"content-encoding", b"identity").strip().lower()
        return _read(response.iter_stream(), encoding, most=self._bytes_left)


def fetch_json(
    url: str, allowed: Allowed, *, deadline_seconds: float = DEADLINE_SECONDS, resolver: Resolver | None = None
) -> bytes:
    """One call for JSON, as `Caller` makes it."""
    return Caller(deadline_seconds=deadline_seconds, resolver=resolver)(url, allowed)


def waiting_time(text: str) -> timedelta:
    """What a `Retry-After` header asks for: seconds, or an instant (RFC 9110, 10.2.3). Nothing if it says neither."""
    if re.fullmatch(r"[0-9]{1,9}", text.strip(), re.ASCII):
        return timedelta(seconds=int(text))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    return max(timedelta(0), until - clock.now()) if until.tzinfo else timedelta(0)


def _read(pieces: Iterable[bytes], encoding: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The whole body, inflated piece by piece under the cap: a bomb is cut after 5 MB, never unpacked."""
    if encoding not in {b"identity", b"gzip"}:
        raise Refused("content.encoding", quoted(encoding.decode("ascii", "replace")))
    inflate = zlib.decompressobj(GZIP) if encoding == b"gzip" else None
    body = bytearray()
    for piece in pieces:
        try:
            body += inflate.decompress(piece, most + 1 - len(body)) if inflate else piece
        except zlib.error as error:
            raise Refused("content.encoding") from error
        if len(body) > most:
            raise Refused("size", f"> {MOST_BYTES}")
    if inflate and not inflate.eof:
        raise Failed("broken_off")
    return bytes(body)


class Deadline:
    """One total for name, connection, TLS and body: a drip of one byte a second does not extend it."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, error: type[Exception] = httpcore.ReadTimeout) -> float:
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            raise error("deadline")
        return seconds


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves once, judges every address, connects to a judged one."""

    def __init__(
        self, networks: Sequence[Network], deadline: Deadline, resolver: Resolver, loopback_ports: Sequence[int]
    ) -> None:
        self._networks = networks
        self._deadline = deadline
        self._resolver = resolver
        self._loopback_ports = loopback_ports
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        refused: httpcore.ConnectError | None = None
        for address in self._judged(host, port):
            try:
                stream = self._sockets.connect_tcp(str(address), port, self._deadline.left(httpcore.ConnectTimeout))
            except httpcore.ConnectError as error:
                refused = error
            else:
                return DeadlineStream(stream, self._deadline)
        raise refused or httpcore.ConnectError("no address")

    def _judged(self, host: str, port: int) -> list[Address]:
        """All of the host's addresses; one that is forbidden refuses the host."""
        own = own_addresses()
        return [
            addresses.judge(found, port=port, networks=self._networks, own=own, loopback_ports=self._loopback_ports)
            for found in _within(self._deadline, self._resolver, host, port)
        ]


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every step gets what is left of the one deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(min(max_bytes, PIECE), self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(httpcore.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _within(deadline: Deadline, resolver: Resolver, host: str, port: int) -> list[str]:
    """Resolve inside the deadline. The resolver itself cannot be interrupted, so it gets a thread to hang in."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except OSError as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left(httpcore.ConnectTimeout))
    except queue.Empty:
        raise httpcore.ConnectTimeout("name") from None
    if isinstance(found, OSError) or not found:
        raise Failed("unresolved", quoted(host))
    return found
