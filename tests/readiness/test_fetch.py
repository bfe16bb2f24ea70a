"""Fetching and reading feeds: every dialect, whatever can be wrong with one, and no way into the town's network."""

import datetime as dt
import http.server
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings

from hemvag.lib import clock
from hemvag.readiness.horizon import fetch, read, words
from hemvag.readiness.horizon.read import Entry
from hemvag.readiness.horizon.refused import Refused
from tests.readiness import feeding

AT = dt.datetime(2026, 5, 6, 10, 0, tzinfo=clock.STOCKHOLM)


@pytest.fixture
def address() -> Iterator[str]:
    with feeding.serving() as found, override_settings(HORIZON_LOOPBACK=True):
        yield found


def got(address: str, path: str) -> list[Entry]:
    answer = fetch.fetch(f"{address}/{path}")
    assert answer.body is not None
    return read.entries(answer.body, url="https://example.se/feed/", media=answer.media, at=AT)


def why(address: str, path: str) -> str:
    with pytest.raises(Refused) as refused:
        got(address, path)
    return refused.value.code


@pytest.mark.parametrize("name", feeding.DIALECTS)
def test_each_dialect_is_read(address: str, name: str) -> None:
    found = got(address, name)
    assert len(found) == feeding.DIALECTS[name]
    for one in found:
        assert one.title
        assert not any(sign in one.title + one.summary for sign in "<>")
        assert one.link.startswith("https://")
        assert one.day or name == "rss091.xml"


def test_texts_are_plain_and_say_what_a_reader_would_see(address: str) -> None:
    [relief] = got(address, "reliefweb.xml")
    expected = "Country: Syrian Arab Republic Source: Invented Agency Please refer to the attached file."
    assert relief.summary == expected
    [radio] = got(address, "sverigesradio.xml")
    assert (radio.title, radio.summary) == (
        "UD: familjer kan komma hem i är",
        "Departementet bekräftar att arbetet pågår.",
    )
    government, second = got(address, "regeringen.xml")
    assert government.summary.endswith("Ingen dag är bestämd.")
    assert second.link == "https://example.se/artiklar/2026/05/stod-till-kommuner/"
    assert got(address, "rss10.xml")[0].summary == "Ett besked."
    assert [one.title for one in got(address, "polisen.xml")] == ["Ny samverkan med kommuner & regioner"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("html", "html"),
        ("json", "json"),
        ("bomb", "entities"),
        ("bomb16", "entities"),
        ("outside", "entities"),
        ("broken", "broken"),
        ("nothing", "unreadable"),
        ("noise", "unreadable"),
        ("huge", "large"),
        ("huge-said", "large"),
        ("gzip-bomb", "large"),
        ("gzip-lie", "broken_answer"),
        ("cut-off", "broken_answer"),
        ("rubbish", "broken_answer"),
        ("round", "redirects"),
        ("status/404", "status"),
        ("status/500", "status"),
        ("status/204", "status"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason_in_plain_words(address: str, path: str, code: str) -> None:
    assert why(address, path) == code
    assert words.failure(code, 404) != words.failure("not-a-code", None)


def test_a_redirect_that_goes_round_is_followed_four_times_and_no_more(address: str) -> None:
    assert why(address, "round") == "redirects"
    assert len(feeding.Feeds.asked) == 1 + fetch.REDIRECTS == 5


@pytest.mark.parametrize("path", ["slow", "slow-head"])
def test_who_speaks_slowly_for_ever_is_cut_off(address: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.4)
    assert why(address, path) == "slow"


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SILENCE", 0.2)
    with socket.socket() as silent, override_settings(HORIZON_LOOPBACK=True):
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert why(f"http://127.0.0.1:{silent.getsockname()[1]}", "x") == "slow"


def test_nobody_there_is_said_as_such() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with override_settings(HORIZON_LOOPBACK=True):
        assert why(f"http://127.0.0.1:{port}", "x") == "down"


@pytest.mark.parametrize("path", ["latin", "utf16"])
def test_an_encoding_that_is_wrong_or_odd_is_read_all_the_same(address: str, path: str) -> None:
    assert [one.title for one in got(address, path)] == ["Räksmörgås"]
    assert len(got(address, "unknown-encoding")) == 1


def test_what_is_broken_in_part_gives_what_can_be_read(address: str) -> None:
    assert "Nyhet 1" in [one.title for one in got(address, "half")]
    assert got(address, "empty") == []
    assert len(got(address, "gzip")) == 1


def test_ids_that_are_the_same_for_all_lose_nothing(address: str) -> None:
    assert len({one.key for one in got(address, "same-ids")}) == 3
    assert len({one.key for one in got(address, "twice")}) == 1


def test_days_that_are_missing_strange_or_have_not_come_are_none(address: str) -> None:
    for path in ("no-dates", "future", "ancient"):
        assert {one.day for one in got(address, path)} == {None}
    assert got(address, "fine")[0].day == dt.date(2026, 5, 4)


def test_links_are_https_or_none_and_nothing_is_longer_than_its_column(address: str) -> None:
    assert {one.link for one in got(address, "bad-links")} == {""}
    [long] = got(address, "long")
    assert len(long.title) <= 300
    assert long.title.endswith("…")
    assert len(long.summary) <= 600
    assert len(got(address, "many")) == read.MOST
    assert [one.title for one in got(address, "no-title")] == ["Ett besked."]


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>Ett</p><p>två</p>", "Ett två"),
        ("&lt;b&gt;fet&lt;/b&gt;", "fet"),
        ("a<script>alert(1)</script>b", "a b"),
        ("3 &lt; 5 & 7 > 6", "3 < 5 & 7 > 6"),
        ("\u202egnirts\u202c \u200bx\x00y", "gnirts x y"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_text_is_what_a_reader_would_see(markup: str, seen: str) -> None:
    assert read.plain(markup, 100) == seen


def test_nothing_is_sent_again_that_has_not_changed(address: str) -> None:
    first = fetch.fetch(f"{address}/same")
    again = fetch.fetch(f"{address}/same", etag=first.etag, modified=first.modified)
    assert (first.etag, again.body) == ('"one"', None)
    _path, headers = feeding.Feeds.asked[-1]
    assert headers["if-modified-since"] == "Mon, 04 May 2026 10:00:00 GMT"
    assert headers["user-agent"] == "Hemvag"
    assert "cookie" not in headers


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
        .not_valid_after(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "both.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with http.server.HTTPServer(("127.0.0.1", 0), feeding.Feeds) as server:
        server.handle_error = lambda *_given: None  # type: ignore[method-assign]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.handle_request, daemon=True)
        thread.start()
        with override_settings(HORIZON_LOOPBACK=True):
            assert why(f"https://127.0.0.1:{server.server_port}", "fine") == "certificate"
        thread.join(5)
