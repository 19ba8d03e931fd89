"""One POST to another system, over the collector's pinned connection (TRUST C10): the address is judged first, nothing
redirects, time and bytes are bounded, and plain http is for the loopback ports that a test names."""

from collections.abc import Mapping, Sequence
import ssl

from django.conf import settings
import httpcore

from kpis.collector import addresses
from kpis.collector.client import Deadline, Failed, PinnedBackend, Resolver, _resolve
from kpis.rules.refusal import Refused, quoted

DEADLINE_SECONDS = 10.0
MOST_ANSWER = 64 * 1024


def post(
    url: str,
    body: bytes,
    headers: Mapping[bytes | str, bytes | str],
    *,
    networks: Sequence[str],
    resolver: Resolver | None = None,
) -> int:
    """Send it; the status of an answer from 200 to 299. Raises `Failed` or `Refused` for everything else."""
    ports = settings.COLLECTOR_LOOPBACK_PORTS
    target = addresses.target(url, hosts=(addresses.place_of(url),), loopback_ports=ports)
    deadline = Deadline(DEADLINE_SECONDS)
    backend = PinnedBackend(addresses.registered_networks(networks), deadline, resolver or _resolve, ports)
    sent: dict[bytes | str, bytes | str] = {
        "Host": target.place if target.port not in {80, 443} else target.place.rpartition(":")[0],
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "govai_tracker webhooks",
        "Connection": "close",
        **headers,
    }
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(), network_backend=backend, max_connections=1, http2=False
            ) as pool,
            pool.stream("POST", target.url, headers=sent, content=body) as response,
        ):
            _drain(response)
            status = response.status
    except httpcore.TimeoutException as error:
        raise Failed("timeout") from error
    except httpcore.ConnectError as error:
        if isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError):
            raise Refused("tls", quoted(error)) from error
        raise Failed("unreachable") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Failed("broken_off") from error
    if 300 <= status < 400:
        raise Refused("redirect", str(status))
    if not 200 <= status < 300:
        raise Failed("http.status", str(status))
    return status


def _drain(response: httpcore.Response) -> None:
    """An answer says nothing that we read; what is longer than a few pages is cut off."""
    read = 0
    for piece in response.iter_stream():
        read += len(piece)
        if read > MOST_ANSWER:
            return
