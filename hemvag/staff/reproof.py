"""Show once more that it is you, before a dangerous act: nothing that was typed is lost, and none of it is stored."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from hemvag.lib import clock
from hemvag.staff import forms, municipal, sign_in
from hemvag.staff.models import Worker

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]

FRESH: Final = 5 * 60
"""For how many seconds a proof lasts."""
PREFIX: Final = "reproof"


def reproved(view: View[R, P]) -> View[R, P]:
    """Ask for a second factor once more unless the worker has shown one within the last five minutes.

    It stands under `@page(…)` and over `@once`. A form that was sent when the proof had grown old comes back as hidden
    fields of the page that asks, and is acted on when the proof is right. A demo and an exercise ask nothing.
    """

    @wraps(view)
    def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if settings.HEMVAG_KIND != "real" or is_fresh(request):
            return view(request, *args, **kwargs)
        form = _sent(request)
        if form is None or not form.is_valid():
            return _ask(request, form)
        form.save()
        if request.POST.get(f"{PREFIX}-method") == "POST":
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(request.get_full_path())

    return cast("View[R, P]", guarded)


def is_fresh(request: HttpRequest) -> bool:
    """Say whether this session has shown a second factor within the last minutes."""
    records = get_authentication_records(request, cast("Worker", request.user))
    newest = max((record.get("at", 0) for record in records if record.get("method") in sign_in.STRONG), default=0)
    return bool(clock.now().timestamp() - newest < FRESH)


def _sent(request: HttpRequest) -> Any:
    """Return the form in which the worker answers, or None when she has not been asked yet."""
    if f"{PREFIX}-method" not in request.POST:
        return None
    by_key = request.POST.get(f"{PREFIX}-credential")
    return (forms.KeyAgain if by_key else forms.CodeAgain)(user=request.user, data=request.POST, prefix=PREFIX)


@never_cache
def _ask(request: HttpRequest, form: Any) -> HttpResponse:
    """Show the page that asks, with what was typed in hidden fields."""
    worker = cast("Worker", request.user)
    has_key = Authenticator.objects.filter(user_id=worker.pk, type=Authenticator.Type.WEBAUTHN).exists()
    method = request.POST.get(f"{PREFIX}-method", request.method)
    context = {
        "form": forms.CodeAgain(user=worker, prefix=PREFIX) if form is None or _is_key(form) else form,
        "fault": _is_key(form),
        "kept": list(_kept(request)) if method == "POST" else [],
        "method": method,
        "municipal": municipal.again_url(worker, request.get_full_path()),
        "key_data": {"request_options": auth.begin_authentication(worker)} if has_key else None,
    }
    return render(request, "staff/reproof.html", context, status=200 if form is None else 422)


def _is_key(form: Any) -> bool:
    return isinstance(form, forms.KeyAgain)


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{PREFIX}-"):
            yield from ((name, str(value)) for value in values)
