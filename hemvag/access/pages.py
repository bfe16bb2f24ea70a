"""Which views are pages, and what each asks of the worker. A view that is neither marked nor named as open answers
nobody."""

from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponseBase

from hemvag.access.abilities import Ability, Grants
from hemvag.staff.models import Worker

P = ParamSpec("P")
View = Callable[Concatenate["WorkerRequest", P], HttpResponseBase]

OPEN_PREFIXES: Final = ("allauth.", "django.views.static.")
OPEN_VIEWS: Final = frozenset(
    {
        *("hemvag.staff.municipal.login", "hemvag.staff.municipal.callback", "hemvag.doors.staff.account.language"),
        *("hemvag.config.demo.views.choose", "hemvag.config.demo.views.enter"),
    }
)
"""The only views a signed-out visitor reaches: sign-in, the health check, and the demo's own sign-in."""


class WorkerRequest(HttpRequest):
    """A request whose worker is known and whose abilities have been asked for."""

    worker: Worker
    grants: Grants


def page(*abilities: Ability) -> Callable[[View[P]], View[P]]:
    """Mark a view as a page for workers who have at least one of `abilities` (any signed-in worker when none is named).

    A worker without them gets 404, the same as for what does not exist.
    """

    def mark(view: View[P]) -> View[P]:
        def guarded(request: WorkerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if abilities and not any(request.grants.has(ability) for ability in abilities):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.__name__, guarded.__doc__, guarded.__module__ = view.__name__, view.__doc__, view.__module__
        guarded.__dict__.update(view.__dict__)
        guarded.is_page_for = abilities  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return mark


def is_open(view: Callable[..., Any]) -> bool:
    """Say whether a signed-out visitor may reach the view."""
    name = f"{view.__module__}.{getattr(view, '__name__', type(view).__name__)}"
    return name in OPEN_VIEWS or name.startswith(OPEN_PREFIXES)
