"""Which addresses the collector may call: pure rules, no name is resolved here (TRUST 2, outgoing address rules).

Department hosts are on private networks, so "public only" is wrong and "any private one" is unsafe: an
address must lie in a network registered for its source, and some are never called even when registered.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
import re
from typing import TypeAlias
from urllib.parse import urlsplit

from kpis.rules.refusal import Refused, quoted

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

# Own lists: the flags of `ipaddress` changed meaning between Python releases, and answer another question.
NEVER_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # unspecified, "this network"
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "192.0.0.0/24",  # protocol assignments, metadata of one provider
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "100.100.100.200/32",  # metadata of one provider
        "168.63.129.16/32",  # platform services of one provider
    )
)
NEVER_V6 = tuple(
    IPv6Network(text)
    for text in (
        "::/128",  # unspecified
        "::1/128",  # loopback
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local, withdrawn
        "ff00::/8",  # multicast
        "64:ff9b:1::/48",  # local NAT64: where the IPv4 sits depends on the network
        "100::/64",  # discard
        "fd00:ec2::254/128",  # metadata of one provider
        "fd20:ce::254/128",  # metadata of one provider
    )
)
LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
BROADEST = {4: 8, 6: 32}

# Where an IPv6 address carries an IPv4 one: the network, and how far right the inner 32 bits sit.
EMBEDDED = (
    (IPv6Network("::/96"), 0),  # compatible
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (SIIT)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
    (IPv6Network("2001::/32"), 64),  # Teredo: its server
)
TEREDO = IPv6Network("2001::/32")
ISATAP = {0x0000_5EFE, 0x0200_5EFE}
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.ASCII)
NUMERIC_LABEL = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """A judged address of a source: what to connect to and what to ask for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """As registered: `host:port`, an IPv6 literal in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def target(url: str, *, hosts: Collection[str], loopback_ports: Collection[int]) -> Target:
    """The place a URL names, if it is spelled as strictly as we write it and registered in `hosts`.

    Plain http is only for the loopback ports that a test or the demonstration names.
    """
    if not url.isascii() or any(character <= " " or character in '\\"<>^`{|}\x7f' for character in url):
        raise Refused("address.host", quoted(url))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("address.port", quoted(url)) from None
    if parts.scheme not in {"https", "http"}:
        raise Refused("address.scheme", quoted(parts.scheme))
    if "@" in parts.netloc:
        raise Refused("address.userinfo")
    if parts.fragment or not parts.hostname:
        raise Refused("address.host", quoted(url))
    found = Target(
        scheme=parts.scheme,
        host=_host(parts.hostname, bracketed=parts.netloc.startswith("[")),
        port=port if port is not None else 443 if parts.scheme == "https" else 80,
        path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )
    if found.scheme == "http" and found.port not in loopback_ports:
        raise Refused("address.scheme", "http")
    if found.place not in hosts:
        raise Refused("address.host", quoted(found.place))
    return found


def place_of(url: str) -> str:
    """`host:port` of an address as `Target.place` writes it, before anything of it is judged; empty if it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError:
        return ""
    host = parts.hostname or ""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}" if host else ""


def _host(name: str, *, bracketed: bool) -> str:
    """A lower-case ASCII name, or an address literal in its one canonical spelling."""
    if bracketed or NUMERIC_LABEL.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            literal = ip_address(name)
        except ValueError:
            raise Refused("address.literal", quoted(name)) from None
        if str(literal) != name or "%" in name or bracketed != (literal.version == 6):
            raise Refused("address.literal", quoted(name))
        return name
    if len(name) > 253 or not HOST.fullmatch(name):
        raise Refused("address.host", quoted(name))
    return name


def judge(
    address: str,
    *,
    port: int,
    networks: Sequence[Network],
    own: Collection[Address],
    loopback_ports: Collection[int],
) -> Address:
    """The one resolved address, if the collector may connect to it; else `Refused("address.forbidden")`.

    `own` are the addresses of this installation's database, broker and web servers.
    """
    try:
        found = ip_address(address)
    except (ValueError, AddressValueError):
        raise Refused("address.forbidden", quoted(address)) from None
    if getattr(found, "scope_id", None):
        raise Refused("address.forbidden", quoted(address))
    is_test_loopback = port in loopback_ports and _in(found, LOOPBACK)
    for seen in (found, *_inner(found)):
        if not is_test_loopback and (_in(seen, NEVER_V4) or _in(seen, NEVER_V6) or seen in own):
            raise Refused("address.forbidden", quoted(address))
    if not _in(found, networks):
        raise Refused("address.network", quoted(address))
    return found


def registered_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks a source registers: exact CIDR, none as wide as half the world."""
    networks = []
    for text in texts:
        try:
            network = ip_network(text)
        except ValueError:
            raise Refused("address.network", quoted(text)) from None
        if network.prefixlen < BROADEST[network.version]:
            raise Refused("address.network", quoted(text))
        networks.append(network)
    if not networks:
        raise Refused("address.network")
    return tuple(networks)


def _inner(address: Address) -> Iterator[IPv4Address]:
    """Every IPv4 address that an IPv6 spelling carries."""
    if isinstance(address, IPv4Address):
        return
    bits = int(address)
    for network, shift in EMBEDDED:
        if address in network:
            yield IPv4Address(bits >> shift & 0xFFFF_FFFF)
    if address in TEREDO:
        yield IPv4Address(~bits & 0xFFFF_FFFF)  # its client, stored inverted
    if bits >> 32 & 0xFFFF_FFFF in ISATAP:
        yield IPv4Address(bits & 0xFFFF_FFFF)


def _in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def is_literal(host: str) -> bool:
    """Whether a judged host is an address itself, so that there is no name to resolve."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
