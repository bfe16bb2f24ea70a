"""Fetch one address, with limits on time, size and where it may lead. Nothing is stored here."""

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from hemvag.readiness.horizon import addresses
from hemvag.readiness.horizon.addresses import Place
from hemvag.readiness.horizon.refused import Refused

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of an answer at most, as it comes and when it is unpacked."""
SECONDS: Final = 20.0
"""The whole time of one address, however slowly the other side speaks."""
SILENCE: Final = 8.0
"""How long the other side may say nothing."""
REDIRECTS: Final = 4
CHUNK: Final = 64 * 1024
WANTED: Final = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9"
_LEADS_ON: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came. `body` is None when nothing has changed since last time; `url` is where the last redirect led."""

    url: str
    body: bytes | None
    media: str = ""
    etag: str = ""
    modified: str = ""


def fetch(url: str, *, etag: str = "", modified: str = "") -> Answer:
    """Return what the address answers, asked only for what has changed. Raises Refused.

    Each step of a redirect is looked at as the first one was: https, and no address within the municipality's network.
    """
    headers = {"User-Agent": "Hemvag", "Accept": WANTED, "Accept-Encoding": "identity", "Connection": "close"}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    for _step in range(REDIRECTS + 1):
        answer = _step_of(url, headers)
        if isinstance(answer, Answer):
            return answer
        url = urljoin(url, answer)
    raise Refused("redirects")


def _step_of(url: str, headers: dict[str, str]) -> Answer | str:
    """Return the answer, or the address that it leads on to."""
    place = addresses.place(url)
    number = addresses.resolve(place)
    try:
        with _asked(place, number, headers) as response:
            return _answer(url, response)
    except TimeoutError:
        raise Refused("slow") from None
    except ssl.SSLError:
        raise Refused("certificate") from None
    except (http.client.HTTPException, zlib.error, ValueError):
        raise Refused("broken_answer") from None
    except OSError:
        raise Refused("down") from None


@contextlib.contextmanager
def _asked(place: Place, number: tuple[str, int], headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    """Give the response of exactly the numeric address that was looked at; cut it off when its time is out."""
    plain = socket.create_connection(number, timeout=SILENCE)
    over = threading.Event()
    timer = threading.Timer(SECONDS, _cut, [plain, over])
    timer.daemon = True
    timer.start()
    try:
        with _spoken(place, plain) as spoken:
            kind = http.client.HTTPSConnection if place.tls else http.client.HTTPConnection
            connection = kind(place.host, place.port, timeout=SILENCE)
            connection.sock = spoken
            connection.request("GET", place.path, headers=headers)
            with connection.getresponse() as response:
                yield response
        if over.is_set():
            raise TimeoutError
    except (OSError, http.client.HTTPException):
        if over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        plain.close()


def _spoken(place: Place, plain: socket.socket) -> socket.socket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=place.host) if place.tls else plain


def _cut(plain: socket.socket, over: threading.Event) -> None:
    over.set()
    with contextlib.suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)


def _answer(url: str, response: http.client.HTTPResponse) -> Answer | str:
    location = response.headers.get("Location")
    if response.status in _LEADS_ON and location:
        return location
    if response.status == http.client.NOT_MODIFIED:
        return Answer(url=url, body=None)
    if response.status != http.client.OK:
        raise Refused("status", response.status)
    return Answer(
        url=url,
        body=_unpacked(_body(response), response.headers.get("Content-Encoding", "")),
        media=response.headers.get("Content-Type", ""),
        etag=_short(response.headers.get("ETag")),
        modified=_short(response.headers.get("Last-Modified")),
    )


def _body(response: http.client.HTTPResponse) -> bytes:
    if response.length is not None and response.length > LARGEST:
        raise Refused("large")
    whole = bytearray()
    while part := response.read(CHUNK):
        whole += part
        if len(whole) > LARGEST:
            raise Refused("large")
    if response.length:  # it said that there was more
        raise Refused("broken_answer")
    return bytes(whole)


def _unpacked(body: bytes, encoding: str) -> bytes:
    """Return the body as it was before it was packed, which some do without being asked."""
    if "gzip" not in encoding.lower() and "deflate" not in encoding.lower():
        return body
    unpacked = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(body, LARGEST + 1)
    if len(unpacked) > LARGEST:
        raise Refused("large")
    return unpacked


def _short(value: str | None) -> str:
    return value if value and len(value) <= 200 and value.isascii() and value.isprintable() else ""
