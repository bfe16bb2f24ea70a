"""Promise to ring, ring, and say how it went."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.pages import WorkerRequest
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock
from hemvag.line import call_back, facts
from hemvag.line.forms import CallBackForm
from hemvag.line.today import between
from hemvag.line.views.call import take
from hemvag.line.views.opening import contact_for
from hemvag.web.once import once


@take
@once
def promise(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Show what was promised, or take a new promise."""
    at = clock.now()
    held, opened = contact_for(request, contact_id, at=at)
    form = CallBackForm(request.POST if request.method == "POST" else None, at=at, initial={"day": _("i dag")})
    if form.is_bound and form.is_valid():
        try:
            call_back.promise(
                contact_id, form.promise(), due_from=form.due_from, due_to=form.due_to, by=request.worker, at=at
            )
        except facts.Refused as fact:
            form.add_error(None, fact.sentence)
        else:
            if not request.htmx:  # type: ignore[attr-defined]
                messages.success(request, _("Löftet finns i I dag, för dig och dina kollegor."))
            return redirect("line:call_back", contact_id)
    waiting = held.call_backs.waiting().first()
    context = {
        "contact": held,
        "reference": opened.dossier.reference,
        "form": form,
        "waiting": waiting,
        "asked": call_back.what_was_asked(waiting, opened) if waiting else None,
        "when": between(waiting.due_from, waiting.due_to, at) if waiting else "",
        "tries": list(waiting.tries.select_related("by").order_by("at")) if waiting else [],
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "line/call_back_panel.html", context)
    return render(request, "line/call_back.html", context, status=422 if form.errors else 200)


@require_POST
@take
@once
def went(request: WorkerRequest, call_back_id: uuid.UUID) -> HttpResponse:
    """Take down how the ringing went: reached, no answer, or not needed."""
    at, how = clock.now(), request.POST.get("how", "")
    try:
        if how == "reached":
            held = call_back.reach(call_back_id, by=request.worker, at=at)
            return redirect("line:call", held.id)
        if how == "tried":
            call_back.tried(call_back_id, by=request.worker, at=at)
            messages.success(request, _("Försöket är noterat. Numret finns kvar."))
        elif how == "give_up":
            call_back.give_up(call_back_id, by=request.worker, at=at)
            messages.success(request, _("Ingen ringer upp längre. Numret är raderat."))
        else:
            raise Http404
    except Dossier.DoesNotExist:
        raise Http404 from None
    except facts.Refused as fact:
        messages.warning(request, fact.sentence)
    return redirect("line:list")
