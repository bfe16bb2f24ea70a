"""A double click acts once: the second sending of a form gets the first one's answer."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from hemvag.lib import clock
from hemvag.web.models import Once

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


def once(view: View[R, P]) -> View[R, P]:
    """Let a POST with the field of `{% once %}` act once, in one transaction with what the view writes.

    The same token sent again, even at the same moment, redirects to where the first one led. An answer that is no
    redirect (a form shown again with its errors) stores nothing at all, and the token may be used again. A POST
    without a token is refused, since nothing else would stop a double click.
    """

    @wraps(view)
    def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        token, worker = _token(request), cast("uuid.UUID", request.user.pk)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    Once.objects.create(token=token, worker=worker, at=clock.now(), location="")
            except IntegrityError:
                return HttpResponseRedirect(_first_answer(token, worker))
            response = view(request, *args, **kwargs)
            location = response.headers.get("Location")
            if location is None:
                transaction.set_rollback(True)
            else:
                Once.objects.filter(token=token).update(location=location)
        return response

    return cast("View[R, P]", guarded)


def forget(*, before: dt.datetime) -> int:
    """Delete the tokens used before a moment, and return how many."""
    return Once.objects.filter(at__lt=before).delete()[0]


def _token(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        raise SuspiciousOperation("a form without its once field") from None


def _first_answer(token: uuid.UUID, worker: uuid.UUID) -> str:
    location = Once.objects.filter(token=token, worker=worker).values_list("location", flat=True).first()
    if location is None:
        raise SuspiciousOperation("a once field of somebody else's form")
    return location
