"""The addresses of this installation itself, which no source may ever name (TRUST 2, rule 4)."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
import socket
from urllib.parse import urlsplit

from django.conf import settings

from kpis.collector.addresses import Address


@lru_cache(maxsize=1)
def own_addresses() -> frozenset[Address]:
    """Database, broker, cache, web server and this machine; a name that does not resolve adds nothing."""
    return frozenset(address for host in set(_hosts()) for address in _addresses(host))


def _hosts() -> Iterator[str]:
    for database in settings.DATABASES.values():
        yield str(database.get("HOST") or "")
    for url in (settings.REDIS_URL, settings.CACHES["default"].get("LOCATION", ""), settings.SITE_URL):
        yield urlsplit(str(url)).hostname or ""
    yield from settings.ALLOWED_HOSTS
    yield socket.gethostname()


def _addresses(host: str) -> Iterator[Address]:
    if not host or "/" in host or host.startswith((".", "*")):
        return  # a socket's path or a pattern
    try:
        entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return
    for entry in entries:
        yield ip_address(str(entry[4][0]).partition("%")[0])
