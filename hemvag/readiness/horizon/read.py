"""Read a feed of any dialect into plain text: no markup, no image, no script, and https links only."""

import calendar
import datetime as dt
import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import feedparser

from hemvag.lib import clock
from hemvag.readiness.horizon.refused import Refused

MOST: Final = 200
"""Pieces of one fetching at most, the first ones."""
TITLE, SUMMARY, LINK = 300, 600, 1000
EARLIEST: Final = 1990
_JOINERS: Final = "\u200c\u200d"
_SILENT: Final = frozenset({"script", "style", "head", "title", "noscript"})
_ODD: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What a parser of strangers' text may stumble over; each is a feed that cannot be read, and nothing worse."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One piece of news. `key` is the digest it is stored by, `keys` all by which it may be known already."""

    key: str
    keys: frozenset[str]
    title: str
    summary: str
    link: str
    day: dt.date | None


def entries(body: bytes, *, url: str, media: str, at: dt.datetime) -> list[Entry]:
    """Return the pieces of a feed in its order. Raises Refused ("entities", "json", "html", "broken", "unreadable").

    A feed that is broken in part gives what can be read of it. Without a day, or with one that has not come yet, a
    piece has none.
    """
    if b"<!entity" in body.replace(b"\0", b"").lower():
        raise Refused("entities")
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers={"content-type": media}, resolve_relative_uris=False, sanitize_html=True
        )
    except _ODD:
        raise Refused("unreadable") from None
    rows = [dict(row.items()) for row in parsed.entries[:MOST]]
    if not rows:
        _say_why_empty(body, is_feed=bool(parsed.get("version")), is_broken=bool(parsed.get("bozo")))
    pieces = {(_text(row, "id"), _text(row, "link") or _text(row, "title")) for row in rows}
    bearers = Counter(name for name, _link_or_title in pieces)
    found = [_entry(row, url, at, is_shared=bearers[_text(row, "id")] > 1) for row in rows]
    return [one for one in found if one is not None]


def plain(markup: str, most: int) -> str:
    """Return what a reader would see of the text, on one line, at most so many characters."""
    text = _seen(_seen(markup))  # some feeds pack markup twice
    text = "".join(
        sign if sign.isprintable() or sign in _JOINERS else " " for sign in unicodedata.normalize("NFC", text)
    )
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,.;:–-") + "…"


def _say_why_empty(body: bytes, *, is_feed: bool, is_broken: bool) -> None:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000].lower()
    if is_feed and not is_broken:
        return
    if start[:1] in {b"{", b"["}:
        raise Refused("json")
    if not is_feed and (b"<html" in start or start.startswith(b"<!doctype html")):
        raise Refused("html")
    raise Refused("broken" if is_feed or start.startswith(b"<") else "unreadable")


def _entry(row: Mapping[str, Any], url: str, at: dt.datetime, *, is_shared: bool) -> Entry | None:
    link = _link(_text(row, "link"), url)
    summary = plain(_text(row, "summary") or _content(row), SUMMARY)
    title = plain(_text(row, "title"), TITLE) or plain(summary, 120) or link[:TITLE]
    name = _text(row, "id") or link or title
    if not name or not title:
        return None
    alone, both = _digest(name), _digest(f"{name}\n{link or title}")
    keys = {both} if is_shared else {alone, both}
    key = both if is_shared else alone
    return Entry(key=key, keys=frozenset(keys), title=title, summary=summary, link=link, day=_day(row, at))


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _content(row: Mapping[str, Any]) -> str:
    parts: Sequence[Mapping[str, Any]] = row.get("content") or ()
    return next((_text(part, "value") for part in parts), "")


def _link(link: str, url: str) -> str:
    """Return the link when it is https, also when it stands relative to the feed; else none."""
    try:
        whole = urljoin(url, link.strip()) if link.strip() else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_fit = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
    return whole if is_fit and len(whole) <= LINK and whole.isprintable() else ""


def _day(row: Mapping[str, Any], at: dt.datetime) -> dt.date | None:
    given = row.get("published_parsed") or row.get("updated_parsed")
    if not given:
        return None
    try:
        day = clock.local(dt.datetime.fromtimestamp(calendar.timegm(given), dt.UTC)).date()
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return day if day.year >= EARLIEST and day <= clock.local(at).date() else None


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.silent += tag in _SILENT
        self.seen.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        self.seen.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.seen.append(data)


def _seen(markup: str) -> str:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.seen)
