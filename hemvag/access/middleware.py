"""Deny by default: before a view runs, someone must be signed in and the view must be a page."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from hemvag.access import abilities, pages
from hemvag.lib import clock
from hemvag.staff.models import Worker


class DenyByDefault:
    """Let only signed-in workers through, and only to views marked with `access.pages.page`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer in the view's place when the visitor may not come in."""
        if pages.is_open(view):
            return None
        if not isinstance(request.user, Worker):
            if request.headers.get("Accept", "").startswith("application/json"):
                return HttpResponse(status=401)
            return redirect_to_login(request.get_full_path())
        if not hasattr(view, "is_page_for"):
            raise Http404
        known = cast("pages.WorkerRequest", request)
        known.worker = request.user
        known.grants = abilities.ask(known.worker, clock.now())
        known.worker.grants_of_request = known.grants  # type: ignore[attr-defined]
        return None


class WorkersLanguage:
    """Show each page in the language the worker chose; the cookie's or Swedish before sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for this request only."""
        language = request.user.language if isinstance(request.user, Worker) else request.COOKIES.get("language", "sv")
        with translation.override(language if language in {"sv", "en"} else "sv"):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "sv")
        return response
