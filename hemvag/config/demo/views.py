"""The demo's sign-in: one button a role, for invented workers, from this computer only."""

import ipaddress
import uuid

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hemvag.access.abilities import roles
from hemvag.lib import clock
from hemvag.staff.models import Membership, Worker


def choose(request: HttpRequest, template: str = "demo/choose.html") -> HttpResponse:
    """Show one button for each role that an invented worker has."""
    _refuse_others(request)
    rows = Membership.objects.on(clock.today()).select_related("worker", "unit").order_by("unit__name", "worker__name")
    chosen: dict[tuple[str, uuid.UUID], Membership] = {}
    for row in rows:
        chosen.setdefault((row.role, row.unit_id), row)
    order = list(roles())
    buttons = sorted(chosen.values(), key=lambda row: (order.index(row.role), row.unit.name))
    context = {"buttons": [(row, roles()[row.role]) for row in buttons], "next": request.GET.get("next", "/")}
    return render(request, template, context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the chosen invented worker."""
    _refuse_others(request)
    worker = Worker.objects.filter(email=request.POST.get("worker", ""), left_at=None).first()
    if worker is None:
        raise Http404
    logout(request)
    login(request, worker, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "/")
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if is_here else "/")


def _refuse_others(request: HttpRequest) -> None:
    if not ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback:  # noqa: S104
        raise Http404
