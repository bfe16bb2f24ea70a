"""The call sheet: begin a contact, write it, save it as it is written, and close it."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock
from hemvag.lib.text import NotText
from hemvag.line import codes, contact, facts
from hemvag.line.content import content
from hemvag.line.views import sheet
from hemvag.line.views.opening import contact_for
from hemvag.web import changed, drafts
from hemvag.web.once import once

GO = {
    "code": "line:code",
    "call_back": "line:call_back",
    "gate": "line:gate",
    "help": "line:hand_over",
    "close": "line:close",
}
"""Where the sheet's other buttons lead, after it has been saved."""

RESOURCES: Final = "/readiness/resources/"
"""Where a higher room lists what the town can offer. Nothing of the call goes with the question."""

take = page(Ability.CONTACT_TAKE)


@take
@once
def new(request: WorkerRequest) -> HttpResponse:
    """Show what to have at hand before a call, and begin the contact when asked to; the clock starts with it."""
    if request.method == "POST":
        begun = contact.start(by=request.worker, at=clock.now())
        return redirect("line:call", begun.id)
    known = content()
    ready = next(phase for phase in known.phases if phase.code == "ready")
    context = {"phase": ready, "numbers": known.numbers.values(), "pseudonym": request.worker.pseudonym}
    return render(request, "line/new.html", context)


@take
@once
def call(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Show the call sheet, and save it without scripts; what was typed comes back whatever stands in the way."""
    at = clock.now()
    if request.method != "POST":
        return _show(request, contact_id)
    typed = sent(request.POST)
    try:
        _save(request, contact_id, typed)
    except Dossier.DoesNotExist:
        raise Http404 from None
    except facts.SavedElsewhere as other:
        merged = typed | {contact.NOTES: changed.both(other.fields[contact.NOTES], typed[contact.NOTES])}
        return _show(request, contact_id, merged | {"version": other.version}, other=other)
    except (facts.Refused, NotText, codes.NoSuchChoice) as fault:
        return _show(request, contact_id, typed, wrong=_sentence(fault))
    go = GO.get(request.POST.get("go", ""))
    if go is None:
        messages.success(request, _("Sparat kl. %(time)s.") % {"time": f"{clock.local(at):%H.%M}"})
    return redirect(go or "line:call", contact_id)


def sent(data: QueryDict) -> dict[str, Any]:
    """Return the sheet's fields as they were sent."""
    found: dict[str, Any] = {name: data.get(name, "") for name in (*codes.ONE, contact.NOTES)}
    version = data.get("version", "")
    found["version"] = int(version) if version.isdecimal() and len(version) < 10 else 0
    return found | {name: data.getlist(name) for name in codes.SEVERAL}


def _save(request: WorkerRequest, contact_id: uuid.UUID, typed: dict[str, Any]) -> None:
    """Save, also upon a version saved meanwhile that holds nothing which is not sent here too."""
    try:
        contact.save_draft(contact_id, version=typed["version"], fields=typed, by=request.worker, at=clock.now())
    except facts.SavedElsewhere as other:
        notes = changed.both(other.fields[contact.NOTES], typed[contact.NOTES]) == typed[contact.NOTES]
        if not notes or any(other.fields[name] not in ("", [], typed[name]) for name in codes.FIELDS):
            raise
        contact.save_draft(contact_id, version=other.version, fields=typed, by=request.worker, at=clock.now())


def _sentence(fault: Exception) -> str:
    if isinstance(fault, facts.Refused):
        return fault.sentence
    if isinstance(fault, codes.NoSuchChoice):
        field = content().fields[fault.field].name.in_language(get_language() or "sv")
        return _("För många val, eller ett val som inte finns, under %(field)s.") % {"field": field}
    return _("Texten innehåller ett tecken som inte går att spara. Ta bort det som klistrats in sist.")


def _show(
    request: WorkerRequest,
    contact_id: uuid.UUID,
    typed: dict[str, Any] | None = None,
    *,
    wrong: str = "",
    other: facts.SavedElsewhere | None = None,
) -> HttpResponse:
    at = clock.now()
    held, opened = contact_for(request, contact_id, at=at)
    may_find = request.grants.has(Ability.RESOURCE_FIND)
    context = sheet.context(held, opened, at, typed=typed) | {"wrong": wrong, "other": other}
    context["resources_url"] = RESOURCES if may_find else ""
    if held.closed_at is not None and typed is None:
        return render(request, "line/closed.html", context)
    return render(request, "line/call.html", context, status=422 if wrong else 409 if other else 200)


@require_POST
@take
def draft(request: WorkerRequest, contact_id: uuid.UUID) -> JsonResponse:
    """Save the sheet as it is written; 409 with what is kept when another page has saved meanwhile."""
    at = clock.now()
    try:
        found = drafts.read(request)
        kept = contact.save_draft(
            contact_id, version=found.version, fields=found.fields, by=request.worker, at=at, tab=found.tab
        )
    except Dossier.DoesNotExist:
        raise Http404 from None
    except facts.SavedElsewhere as other:
        return drafts.elsewhere(version=other.version, fields=other.fields, tab=other.tab, at=other.at)
    except (drafts.Unreadable, facts.Refused, NotText, codes.NoSuchChoice):
        return drafts.refused()
    return drafts.saved(version=kept.version, at=at)


@take
@once
def close(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Ask only what is missing, and close the contact."""
    at = clock.now()
    held, opened = contact_for(request, contact_id, at=at)
    if held.closed_at is not None:
        return redirect("line:call", contact_id)
    answers = {name: value for name, value in sent(request.POST).items() if name in codes.FIELDS}
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            contact.close(contact_id, by=request.worker, at=at, answers=answers)
        except facts.StillMissing as fact:
            wrong = fact.fields
        except codes.NoSuchChoice as fact:
            wrong = (fact.field,)
        else:
            messages.success(request, _("Samtalet är avslutat. Ta en stund innan nästa, gärna med en kollega."))
            return redirect("line:list")
    asked = codes.missing(held)
    values = codes.of(held) | ({name: answers[name] for name in asked} if request.method == "POST" else {})
    context = {
        "contact": held,
        "reference": opened.dossier.reference,
        "asked": [group for group in sheet.groups(values) if group.code in asked],
        "wrong": wrong,
    }
    return render(request, "line/close.html", context, status=422 if wrong else 200)
