"""Choose a language, and sign out: small acts about oneself, the same in the demo and in life."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.pages import WorkerRequest, page
from hemvag.staff import municipal, workers
from hemvag.staff.models import Worker


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show Hemväg in Swedish or English from now on; open to visitors, who get a cookie that says no more than that."""
    chosen = "en" if request.POST.get("language") == "en" else "sv"
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    response = redirect(target if safe else "/")
    if isinstance(request.user, Worker):
        workers.choose_language(request.user, chosen)
    response.set_cookie("language", chosen, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@page()
def preferences(request: WorkerRequest) -> HttpResponse:
    """Let the worker choose language and whether single letters act as keys."""
    if request.method == "POST":
        workers.choose_shortcuts(request.worker, on=request.POST.get("shortcuts") == "on")
        messages.success(request, _("Sparat."))
        return redirect("preferences")
    return render(request, "staff/preferences.html", {"municipal_url": municipal.login_url()})


@require_POST
@page()
def sign_out(request: WorkerRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("home")
