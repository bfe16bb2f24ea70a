"""What travels between a page and the server while someone writes: read with limits, answered in one shape.

The page (`draft.js`) sends `{"version": n, "tab": "…", "fields": {…}, "take_over": bool}` to the form's draft address.
"""

import base64
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, JsonResponse, QueryDict

Fields = dict[str, str | list[str]]

MOST_FIELDS: Final = 200
LONGEST_TEXT: Final = 250_000
MOST_CHOICES: Final = 100
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
TAB: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


class Unreadable(ValueError):
    """What was sent is no draft; nothing of it is in the message."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One sending of a page's fields. `version` is the one the page last saw; a server keeping another answers 409
    unless `take_over`."""

    version: int
    tab: str
    fields: Fields
    take_over: bool


def read(request: HttpRequest) -> Draft:
    """Return the draft in a request's body. Raises `Unreadable`; Django itself refuses a body over its limit (413)."""
    return parse(request.body)


def parse(body: bytes) -> Draft:
    """Return the draft in a JSON text. Raises `Unreadable`."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("no JSON") from None
    if not isinstance(sent, dict):
        raise Unreadable("no object")
    version, tab, fields = sent.get("version"), sent.get("tab"), sent.get("fields")
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version < 2**31:
        raise Unreadable("no version")
    if not isinstance(tab, str) or not TAB.fullmatch(tab):
        raise Unreadable("no tab")
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Unreadable("no fields")
    return Draft(version, tab, {_name(name): _value(value) for name, value in fields.items()}, _flag(sent))


def as_sent(fields: Mapping[str, Any]) -> QueryDict:
    """Return kept fields as their form would have sent them: a box without a cross sends nothing."""
    typed = QueryDict(mutable=True)
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        if values:
            typed.setlist(name, values)
    return typed


def saved(*, version: int, at: dt.datetime) -> JsonResponse:
    """Answer a draft that is kept now: its new version, and when."""
    return _answer({"version": version, "saved_at": at.isoformat()})


def elsewhere(*, version: int, fields: Mapping[str, Any], tab: str, at: dt.datetime) -> JsonResponse:
    """Answer 409: another tab has written since. The page shows what is kept and may take over."""
    return _answer({"version": version, "fields": dict(fields), "tab": tab, "saved_at": at.isoformat()}, status=409)


def refused() -> JsonResponse:
    """Answer 400: what was sent is no draft. The page keeps it and says so."""
    return _answer({}, status=400)


def key(secrets: Iterable[bytes]) -> JsonResponse:
    """Answer the 32 bytes that seal what has not reached the server, and then those that did so before and still open
    it; the browser never stores them."""
    present, *former = secrets
    if any(len(secret) != 32 for secret in (present, *former)):
        raise ValueError("a draft key has 32 bytes")
    return _answer({"key": _encoded(present), "former": [_encoded(secret) for secret in former]})


def _encoded(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _answer(facts: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(facts, status=status, headers={"Cache-Control": "no-store"})


def _flag(sent: dict[str, Any]) -> bool:
    return sent.get("take_over") is True


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise Unreadable("a field's name")
    return name


def _value(value: Any) -> str | list[str]:
    if isinstance(value, list):
        if len(value) > MOST_CHOICES:
            raise Unreadable("too many choices")
        return [_text(one) for one in value]
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Unreadable("a field's text")
    # JSON may hold half a character, which no encoding can keep.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
