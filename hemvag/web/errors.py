"""Pages for what went wrong: plain words, nothing about a person, no look in the database.

A URLconf names them: handler400 = "hemvag.web.errors.bad_request" and so on for 403, 404 and 500;
the settings name CSRF_FAILURE_VIEW = "hemvag.web.errors.form_too_old".
"""

import sys
from collections.abc import Callable
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

HIDDEN: Final = frozenset({"csrfmiddlewaretoken", "once", "version"})
NOT_GIVEN_BACK: Final = frozenset({"password", "password1", "password2", "oldpassword", "code", "credential"})


def page(status: int) -> HttpResponse:
    """Return the page for `status`: 400, 403, 404, 409, 413, 429, 500 or 503."""
    return HttpResponse(render_to_string(f"web/errors/{status}.html"), status=status)


def _answer(status: int) -> Callable[..., HttpResponse]:
    def answer(*_request: object, **_reason: object) -> HttpResponse:
        return page(status)

    return answer


forbidden = _answer(403)
form_too_old = _answer(403)
not_found = _answer(404)
too_many = _answer(429)


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read; a body over the limit gets its own words."""
    return page(413 if isinstance(exception, RequestDataTooBig) else 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault; a database that is away or full is told apart from a mistake of ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return page(500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing was stored, and give back what was posted, so that the same can be sent again.

    What was typed comes back to the browser that sent it and stands nowhere else.
    """
    typed = [(name, value) for name, values in _posted(request) for value in values if name not in NOT_GIVEN_BACK]
    context = {
        "typed": [(name, value) for name, value in typed if name not in HIDDEN],
        "hidden": [(name, value) for name, value in typed if name in HIDDEN],
        "path": request.get_full_path(),
    }
    return HttpResponse(
        render_to_string("web/errors/503.html", context),
        status=503,
        headers={"Retry-After": "30", "Cache-Control": "no-store"},
    )


def _posted(request: HttpRequest) -> list[tuple[str, list[str]]]:
    try:
        return [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
    except (OperationalError, InterfaceError, ValueError):
        return []
