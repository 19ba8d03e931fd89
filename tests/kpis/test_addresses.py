"""Which addresses the collector may call: no network, no database (TRUST T19, G17)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
import socket

import pytest

from kpis.collector.addresses import judge, registered_networks, target
from kpis.rules.refusal import Refused

EVERYTHING = (ip_network("0.0.0.0/0"), ip_network("::/0"))
FORBIDDEN_V4 = ("127.0.0.1", "127.255.255.254", "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255")
FORBIDDEN_V6 = ("::", "::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "64:ff9b:1::a00:1", "fd00:ec2::254")


def spellings(text):
    """Ways to write one IPv4 address that some resolver or library understands."""
    a, b, c, d = text.split(".")
    number = int(IPv4Address(text))
    yield text
    yield f"{text}."
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield f"0x{int(a):x}.0x{int(b):x}.0x{int(c):x}.0x{int(d):x}"
    yield f"0{int(a):o}.0{int(b):o}.0{int(c):o}.0{int(d):o}"
    yield f"{a}.{b}.{int(c) * 256 + int(d)}"
    yield f"{a}.{int(b) * 65536 + int(c) * 256 + int(d)}"
    yield f"0{a}.{b}.{c}.{d}"
    yield f"{a}.{b}.{c}.0x{int(d):x}"
    yield text.translate({ord("0") + n: ord("０") + n for n in range(10)})
    yield text.replace(".", "。")
    yield text.replace(".", "%2e")
    yield f"good.example@{text}"
    yield f"{text}#@good.example"
    yield f"{text}\\@good.example"
    yield f"[{text}]"


def embedded(text):
    """IPv6 addresses that carry an IPv4 one."""
    number = int(IPv4Address(text))
    for prefix, shift in (("::", 0), ("::ffff:0:0", 0), ("::ffff:0:0:0", 0), ("64:ff9b::", 0), ("2002::", 80)):
        yield str(IPv6Address(int(IPv6Address(prefix)) | number << shift))
    teredo = int(IPv6Address("2001::"))
    yield str(IPv6Address(teredo | number << 64))
    yield str(IPv6Address(teredo | (~number & 0xFFFF_FFFF)))
    yield str(IPv6Address(int(IPv6Address("fd00::5efe:0:0")) | number))
    yield str(IPv6Address(int(IPv6Address("fd00::200:5efe:0:0")) | number))


SPELLINGS = sorted(
    {spelling for address in FORBIDDEN_V4 for spelling in spellings(address)}
    | {f"[{inner}]" for address in FORBIDDEN_V4 for inner in embedded(address)}
    | {f"[{address}]" for address in FORBIDDEN_V6}
    | {f"[{IPv6Address(address).exploded}]" for address in FORBIDDEN_V6}
    | {
        "[fe80::1%25eth0]",
        "[::1%lo]",
        "localhost",
        "LOCALHOST",
        "[::ffff:127.0.0.1]",
        "127.1",
        "0",
        "0x7f.1",
        "①②⑦.0.0.1",
    }
)


def admitted(host):
    """As the client does it: read the URL with this very host registered, resolve numerals, judge everything."""
    try:
        found = target(
            f"https://{host}/x", hosts={f"{host}:443", host.strip("[]") + ":443", f"[{host}]:443"}, loopback_ports=()
        )
        if found.host == "localhost":
            resolved = ["127.0.0.1"]
        else:
            entries = socket.getaddrinfo(found.host, 443, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            resolved = [entry[4][0] for entry in entries]
        return [judge(text, port=443, networks=EVERYTHING, own=(), loopback_ports=()) for text in resolved]
    except Refused:
        return []


def test_there_are_two_hundred_spellings():
    assert len(SPELLINGS) >= 150
    assert len(SPELLINGS) + len([e for a in FORBIDDEN_V4 for e in embedded(a)]) >= 200


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_forbidden_address_is_called(host):
    assert admitted(host) == []


@pytest.mark.parametrize("address", sorted({e for text in FORBIDDEN_V4 for e in embedded(text)}))
def test_an_ipv6_address_that_carries_a_forbidden_one_is_refused(address):
    with pytest.raises(Refused, match=r"address\.forbidden"):
        judge(address, port=443, networks=EVERYTHING, own=(), loopback_ports=())


@pytest.mark.parametrize("address", ["10.20.0.5", "203.0.113.9", "2001:db8::1", "fd12:3456::1", "192.168.1.1"])
def test_an_ordinary_address_in_its_network_is_allowed(address):
    assert judge(address, port=443, networks=EVERYTHING, own=(), loopback_ports=()) == ip_address(address)


@pytest.mark.parametrize("address", ["10.20.1.1", "10.19.255.255", "203.0.113.9", "2001:db8::1"])
def test_an_address_outside_the_registered_networks_is_refused(address):
    with pytest.raises(Refused, match=r"address\.network"):
        judge(address, port=443, networks=(ip_network("10.20.0.0/24"),), own=(), loopback_ports=())


def test_our_own_servers_are_never_called_though_registered():
    own = {ip_address("10.20.0.7")}

    with pytest.raises(Refused, match=r"address\.forbidden"):
        judge("10.20.0.7", port=443, networks=EVERYTHING, own=own, loopback_ports=())
    with pytest.raises(Refused, match=r"address\.forbidden"):
        judge("::ffff:10.20.0.7", port=443, networks=EVERYTHING, own=own, loopback_ports=())


def test_loopback_is_for_the_ports_a_test_names():
    networks = (ip_network("127.0.0.0/8"),)

    assert judge("127.0.0.1", port=8099, networks=networks, own=(), loopback_ports=[8099])
    with pytest.raises(Refused):
        judge("127.0.0.1", port=6379, networks=networks, own=(), loopback_ports=[8099])
    with pytest.raises(Refused):
        judge("169.254.169.254", port=8099, networks=EVERYTHING, own=(), loopback_ports=[8099])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://cases.example/", "address.scheme"),
        ("file:///etc/passwd", "address.scheme"),
        ("gopher://cases.example/", "address.scheme"),
        ("//cases.example/", "address.scheme"),
        ("https://a@cases.example/", "address.userinfo"),
        ("https://a:b@cases.example/", "address.userinfo"),
        ("https://cases.example:99999/", "address.port"),
        ("https://cases.example:x/", "address.port"),
        ("https:///x", "address.host"),
        ("https://cases.example/#x", "address.host"),
        ("https://cases.example/ x", "address.host"),
        ("https://cases.example/\r\nHost: x", "address.host"),
        ("https://-cases.example/", "address.host"),
        ("https://cases..example/", "address.host"),
        ("https://案例.example/", "address.host"),
        ("https://other.example/", "address.host"),
        ("https://cases.example:444/", "address.host"),
    ],
)
def test_an_address_that_is_not_written_strictly_or_not_registered_is_refused(url, code):
    with pytest.raises(Refused) as refused:
        target(url, hosts={"cases.example:443"}, loopback_ports=())

    assert refused.value.code == code


def test_a_registered_address_is_taken_apart():
    found = target("https://cases.example/a/b?c=d", hosts={"cases.example:443"}, loopback_ports=())

    assert (found.host, found.port, found.path) == ("cases.example", 443, "/a/b?c=d")


@pytest.mark.parametrize("texts", [[], ["0.0.0.0/0"], ["::/0"], ["10.0.0.1/8"], ["everywhere"], ["10.0.0.0/7"]])
def test_networks_are_registered_exactly_and_not_too_wide(texts):
    with pytest.raises(Refused, match=r"address\.network"):
        registered_networks(texts)
