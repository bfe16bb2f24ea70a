"""Which addresses may be fetched: https, and nowhere within the municipality's own network."""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings

from hemvag.readiness.horizon.refused import Refused

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_PROTOCOLS: Final = ipaddress.ip_network("192.0.0.0/24")
_KEPT: Final = "/%:=&?~+!$,;'@()*[]-._"
HTTPS: Final = 443


@dataclass(frozen=True)
class Place:
    """What an address asks for: whether over TLS, which host and port, and which path with its question."""

    tls: bool
    host: str
    port: int
    path: str

    @property
    def is_this_machine(self) -> bool:
        """Say whether the address names this machine, which only tests may fetch from."""
        return bool(settings.HORIZON_LOOPBACK) and self.host == "127.0.0.1"


def place(url: str) -> Place:
    """Read an address. Raises Refused ("address") unless it is https, without name and password, at the usual port."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or HTTPS
    except (ValueError, UnicodeError):
        raise Refused("address") from None
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    found = Place(parts.scheme == "https", host, port, path)
    is_plain_here = found.is_this_machine and parts.scheme in {"http", "https"}
    if not host or "@" in parts.netloc or not (is_plain_here or (found.tls and port == HTTPS)):
        raise Refused("address")
    if _literal(host) and not found.is_this_machine and not is_public(host):
        raise Refused("inside")
    return found


def resolve(found: Place) -> tuple[str, int]:
    """Return the one numeric address to connect to, asked for now. Raises Refused ("lookup" or "inside").

    When any of a name's addresses lies inside, all are refused: whoever owns the name chooses which is answered.
    """
    try:
        rows = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("lookup") from None
    numbers = [str(row[4][0]) for row in rows]
    if not numbers:
        raise Refused("lookup")
    if not found.is_this_machine and not all(is_public(number) for number in numbers):
        raise Refused("inside")
    return numbers[0], found.port


def is_public(number: str) -> bool:
    """Say whether a numeric address is one of the open internet: not private, loopback, link-local or a way to them."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in _NAT64 or ip.is_site_local:
            return False
    elif ip in _PROTOCOLS:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
