"""No personal data in logs, and nothing of the request on an error page."""

import ast
import io
import logging
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from hemvag.config.logs import Facts
from hemvag.web import errors
from tests.rules.source import Fault, python_files, shown, tree

SECRET = "Ämne Östlund 201201019999"


def logged(*args: object, error: BaseException | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Facts())
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Not found: %s", args, info)
    handler.handle(record)
    return stream.getvalue()


def test_what_a_message_was_filled_with_is_not_written() -> None:
    line = logged(SECRET)
    assert "django.request: Not found: %s" in line
    assert "Östlund" not in line


def test_of_an_error_only_its_kind_and_places_are_written() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        line = logged("x", error=error)
    assert "ValueError at test_logs.py:" in line
    assert "Östlund" not in line


def test_every_handler_writes_facts_only() -> None:
    """No handler mails, and none formats in another way; a query with its parameters is never logged."""
    handlers = settings.LOGGING["handlers"]
    assert {handler["formatter"] for handler in handlers.values()} == {"facts"}
    assert {handler["class"] for handler in handlers.values()} == {"logging.StreamHandler"}
    assert settings.LOGGING["formatters"]["facts"] == {"()": "hemvag.config.logs.Facts"}
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "CRITICAL"
    assert settings.DEBUG is False
    assert settings.ADMINS == []


def filled(path: str, module: ast.Module) -> list[Fault]:
    """Return the calls to a log that carry more than codes: a text put together, or a person."""
    faults = []
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in {"debug", "info", "warning", "error", "exception", "critical"}:
            continue
        if "log" not in ast.unparse(node.func.value).lower():
            continue
        if node.args and not isinstance(node.args[0], ast.Constant):
            faults.append(Fault(path, node.lineno, "the event of a log line is a fixed word"))
        if any(keyword.arg in PERSONAL for keyword in node.keywords):
            faults.append(Fault(path, node.lineno, "a log line carries no person"))
    return faults


PERSONAL = frozenset(
    {"name", "names", "email", "number", "identity", "child", "reporter", "text", "note", "data", "content"}
)


@pytest.mark.parametrize("bad", ['log.info(f"saw {name}")', "logger.warning(name)", 'log.error("x", identity=i)'])
def test_a_log_line_with_a_person_is_seen(bad: str) -> None:
    assert filled("x", ast.parse(bad))


def test_no_log_line_carries_a_person() -> None:
    assert filled("x", ast.parse('log.info("migrated", count=3)\nmessages.info(request, name)')) == []
    faults = [fault for path in python_files("hemvag") for fault in filled(path, tree(path))]
    assert not faults, shown(faults)


def answers() -> list[HttpResponse]:
    request = RequestFactory().post(f"/contacts/?q={SECRET}", {"name": SECRET}, headers={"user-agent": SECRET})
    try:
        int(SECRET)
    except ValueError:
        assert sys.exc_info()[0] is ValueError
        failed = errors.server_error(request)
    refused = [errors.bad_request(request, ValueError(SECRET)), errors.not_found(request, ValueError(SECRET))]
    return [
        failed,
        *refused,
        errors.forbidden(request, ValueError(SECRET)),
        errors.form_too_old(request, reason=SECRET),
    ]


def test_an_error_page_says_nothing_of_what_was_asked() -> None:
    pages = answers()
    assert [page.status_code for page in pages] == [500, 400, 404, 403, 403]
    for page in pages:
        text = page.content.decode()
        assert "<h1" in text
        assert "Östlund" not in text
        assert "201201019999" not in text
        assert "Traceback" not in text
