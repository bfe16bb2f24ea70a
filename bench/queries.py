"""Count what one request asks of the database: its statements on every connection, without begin, commit and such."""

import functools
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from urllib.parse import parse_qsl

from django.db import connections
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Request
from bench.place import HOST
from bench.visits import NotAsExpected

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def asked(act: Callable[[], HttpResponseBase], aliases: Sequence[str] = ("default", "log", "numbers")) -> list[str]:
    """Return the statements that `act` sends, in the order of the connections; transaction control left out."""
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in aliases]
        act()
    found = [query["sql"] for capture in captured for query in capture.captured_queries]
    return [statement for statement in found if not statement.startswith(CONTROL)]


def of_request(warm: Request, request: Request) -> list[str]:
    """Return the statements of `request`, after `warm`, one of the same kind, has filled what a process keeps."""
    send(warm)
    return asked(lambda: send(request))


@functools.cache
def _client() -> Client:
    """Return the one client, whose middleware is made once, as a server's is."""
    return Client(enforce_csrf_checks=True, SERVER_NAME=HOST, HTTP_HOST=HOST)


def send(request: Request) -> HttpResponseBase:
    """Answer a request within this process. Raises NotAsExpected for another answer than wanted."""
    client = _client()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    headers.pop("HTTP_CONTENT_TYPE", None)
    client.cookies.clear()
    client.cookies.load(headers.pop("HTTP_COOKIE", ""))
    if request.method == "POST":
        answer = client.post(request.path, dict(parse_qsl(request.body)), **headers)
    else:
        answer = client.get(request.path, **headers)
    if answer.status_code != request.status:
        raise NotAsExpected(f"{request.method} {request.path} answered {answer.status_code}.")
    return answer
