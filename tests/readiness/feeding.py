"""A real server on this machine that answers as feeds do, and as feeds should not."""

import contextlib
import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "feeds"
DIALECTS = {
    "regeringen.xml": 2,
    "polisen.xml": 1,
    "krisinformation.xml": 1,
    "sverigesradio.xml": 1,
    "reliefweb.xml": 1,
    "unnews.xml": 1,
    "wordpress.xml": 1,
    "rss10.xml": 1,
    "rss091.xml": 1,
}
"""Each feed file and how many items stand in it."""


def rss(*items: str) -> bytes:
    """An RSS 2.0 feed of these items."""
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def item(number: int, **facts: str) -> str:
    """One item, numbered; `facts` change its elements, an empty one takes it out."""
    usual = {
        "title": f"Nyhet {number}",
        "link": f"https://example.org/{number}",
        "guid": f"nr-{number}",
        "description": "Ett besked.",
        "pubDate": "Mon, 04 May 2026 12:00:00 +0200",
    }
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in (usual | facts).items() if value)
    return f"<item>{inner}</item>"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>"
).encode()
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
)
SMALL = rss(item(1))
BODIES: dict[str, tuple[str, bytes]] = {
    "/html": ("text/html", b"<!doctype html><html><head><title>Hej</title></head><body><p>Hej</p></body></html>"),
    "/json": ("application/json", b'{"Entries": [{"Title": "x"}]}'),
    "/bomb": ("application/xml", BOMB),
    "/bomb16": ("application/xml", BOMB.decode().encode("utf-16")),
    "/outside": ("application/xml", OUTSIDE),
    "/broken": ("application/xml", b"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title><it"),
    "/half": ("application/xml", SMALL.replace(b"</channel></rss>", b"") + b"<item><title>Nyhet 2</title><lin"),
    "/nothing": ("application/xml", b""),
    "/noise": ("application/xml", bytes(range(256)) * 40),
    "/empty": ("application/xml", rss()),
    "/latin": ("text/xml", rss(item(1, title="Räksmörgås")).decode().replace("utf-8", "utf-8").encode("latin-1")),
    "/utf16": (
        "application/xml",
        rss(item(1, title="Räksmörgås")).decode().replace("utf-8", "utf-16").encode("utf-16"),
    ),
    "/unknown-encoding": ("application/xml", SMALL.replace(b"utf-8", b"klingon-8")),
    "/same-ids": ("application/xml", rss(*(item(n, guid="samma") for n in range(3)))),
    "/one-of-same": ("application/xml", rss(item(1, guid="samma"))),
    "/twice": ("application/xml", rss(item(1), item(1))),
    "/no-dates": ("application/xml", rss(item(1, pubDate=""), item(2, pubDate="i förrgår"))),
    "/future": ("application/xml", rss(item(1, pubDate="Mon, 04 May 2099 12:00:00 +0200"))),
    "/ancient": ("application/xml", rss(item(1, pubDate="Mon, 01 Jan 0001 00:00:00 +0000"))),
    "/no-title": ("application/xml", rss(item(1, title=""), item(2, title="", link="", description="", guid=""))),
    "/bad-links": (
        "application/xml",
        rss(
            *(
                item(n, link=link)
                for n, link in enumerate(
                    [
                        "javascript:alert(1)",
                        "http://example.org/",
                        f"https://{'x:y'}@example.org/",
                        "file:///etc/passwd",
                    ]
                )
            )
        ),
    ),
    "/person": ("application/xml", rss(item(1, title="Gäller 20200514-2381"), item(2))),
    "/many": ("application/xml", rss(*(item(n) for n in range(500)))),
    "/long": ("application/xml", rss(item(1, title="ord " * 500, description="ord " * 5000))),
    "/fine": ("application/rss+xml", rss(item(1), item(2))),
    "/two": ("application/rss+xml", rss(item(1), item(2), item(3))),
}


class Feeds(http.server.BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]] = []

    def do_GET(self) -> None:
        """Answer as the path says."""
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        special: dict[str, Callable[[], None]] = {
            "/slow": self._slow,
            "/slow-head": self._slow_head,
            "/huge": self._huge,
            "/huge-said": self._huge_said,
            "/gzip": lambda: self._send(gzip.compress(SMALL), **{"Content-Encoding": "gzip"}),
            "/gzip-bomb": lambda: self._send(gzip.compress(b" " * 50_000_000), **{"Content-Encoding": "gzip"}),
            "/gzip-lie": lambda: self._send(SMALL, **{"Content-Encoding": "gzip"}),
            "/cut-off": self._cut_off,
            "/rubbish": self._rubbish,
            "/same": self._same,
        }
        if self.path in special:
            special[self.path]()
        elif self.path.startswith("/to?"):
            self._send(b"", 302, Location=self.path.removeprefix("/to?"))
        elif self.path == "/round":
            self._send(b"", 301, Location="/round")
        elif self.path.startswith("/status/"):
            self._send(b"nej", int(self.path.rsplit("/", 1)[-1]))
        elif self.path in BODIES:
            media, body = BODIES[self.path]
            self._send(body, **{"Content-Type": media})
        elif (FOLDER / self.path.lstrip("/")).is_file():
            self._send((FOLDER / self.path.lstrip("/")).read_bytes(), **{"Content-Type": "text/xml"})
        else:
            self._send(b"", 404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def _same(self) -> None:
        """Say what was last sent, and nothing more to whoever has it."""
        if self.headers.get("If-None-Match") == '"one"' and self.headers.get("If-Modified-Since"):
            self._send(b"", 304)
        else:
            self._send(SMALL, **{"ETag": '"one"', "Last-Modified": "Mon, 04 May 2026 10:00:00 GMT"})

    def _slow(self) -> None:
        """Send a sign at a time, for ever."""
        self.send_response(200)
        self.end_headers()
        self._drip()

    def _slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip()

    def _drip(self) -> None:
        with contextlib.suppress(OSError):
            for _each in range(200):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        self.close_connection = True

    def _huge(self) -> None:
        """Send without saying how much, and never end."""
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _each in range(400):
                self.wfile.write(b"<!-- " + b"x" * 65_000 + b" -->")
        self.close_connection = True

    def _huge_said(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        self.close_connection = True

    def _cut_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"<?xml")
        self.close_connection = True

    def _rubbish(self) -> None:
        self.wfile.write(b"this is no answer\r\n\r\n")
        self.close_connection = True


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of who hung up."""


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve feeds until the end of the `with`; give the address before the path."""
    Feeds.asked = []
    with _Server(("127.0.0.1", 0), Feeds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
