"""No feed leads into the municipality's own network: not by its address, its name, or a redirect."""

import ipaddress
import socket
from collections.abc import Iterator

import pytest
from django.test import override_settings

from hemvag.config import settings
from hemvag.readiness.horizon import addresses, fetch
from hemvag.readiness.horizon.refused import Refused
from tests.readiness import feeding


@pytest.fixture
def address() -> Iterator[str]:
    with feeding.serving() as found, override_settings(HORIZON_LOOPBACK=True):
        yield found


@pytest.mark.parametrize(
    "number",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.1",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("fd12::1", "ff02::1", "fec0::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1"),
        *("2001:0:1::1", "2001:db8::1"),
    ],
)
def test_addresses_inside_are_known(number: str) -> None:
    assert not addresses.is_public(number)


def test_addresses_of_the_open_internet_are_known() -> None:
    assert addresses.is_public("193.10.255.99")
    assert addresses.is_public("2a00:801:f0:106::80")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.se/feed", "address"),
        ("ftp://example.se/feed", "address"),
        ("file:///etc/passwd", "address"),
        (f"https://{'user:secret'}@example.se/", "address"),
        ("https://example.se:8443/", "address"),
        ("https:///feed", "address"),
        ("https://[::1", "address"),
        ("https://ex ample.se/", "lookup"),
        ("feed", "address"),
        ("", "address"),
        ("https://10.0.0.1/feed", "inside"),
        ("https://127.0.0.1/feed", "inside"),
        ("https://[::1]/feed", "inside"),
        ("https://[::ffff:192.168.0.1]/", "inside"),
        ("https://localhost/feed", "inside"),
        ("https://127.1/feed", "inside"),
        ("https://2130706433/feed", "inside"),
        ("https://0x7f.0.0.1/feed", "inside"),
    ],
)
def test_only_https_and_nothing_inside_is_fetched(url: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        fetch.fetch(url)
    assert refused.value.code == code


def answering(numbers: list[str]) -> object:
    """Return what stands in for the resolver."""
    family = {4: socket.AF_INET, 6: socket.AF_INET6}
    rows = [(family[ipaddress.ip_address(n).version], socket.SOCK_STREAM, 6, "", (n, 443)) for n in numbers]
    return lambda *_asked, **_facts: rows


def test_a_name_that_answers_with_an_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when only one of several lies inside: whoever owns the name chooses the order."""
    for numbers in (["10.0.0.7"], ["193.10.255.99", "10.0.0.7"], ["::ffff:10.0.0.7"]):
        monkeypatch.setattr(socket, "getaddrinfo", answering(numbers))
        with pytest.raises(Refused, match="inside"):
            fetch.fetch("https://feeds.example.se/")


def test_what_was_looked_at_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is asked for once: its second answer could be another."""
    asked: list[object] = []
    met: list[object] = []
    rows = answering(["193.10.255.99"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_facts: (asked.append(given), rows())[1])  # type: ignore[operator]

    def connect(number: object, timeout: float) -> None:
        met.append(number)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Refused, match="down"):
        fetch.fetch("https://feeds.example.se/")
    assert len(asked) == 1
    assert met == [("193.10.255.99", 443)]


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("http://10.0.0.1/", "address"),
        ("https://10.0.0.1/", "inside"),
        ("https://169.254.169.254/latest/meta-data/", "inside"),
        ("https://localhost/", "inside"),
        ("file:///etc/passwd", "address"),
        ("gopher://127.0.0.1/", "address"),
    ],
)
def test_each_step_of_a_redirect_is_looked_at_again(address: str, where: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        fetch.fetch(f"{address}/to?{where}")


def test_a_redirect_that_stays_in_order_is_followed(address: str) -> None:
    assert fetch.fetch(f"{address}/to?/fine").url == f"{address}/fine"


def test_loopback_is_for_tests_alone(address: str) -> None:
    with override_settings(HORIZON_LOOPBACK=False), pytest.raises(Refused, match="address"):
        fetch.fetch(f"{address}/fine")
    assert settings.HORIZON_LOOPBACK is False
