"""Give a caller a return code, and open a contact again by one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.pages import WorkerRequest
from hemvag.lib import clock
from hemvag.line import code as digits
from hemvag.line import facts, return_code
from hemvag.line.content import content
from hemvag.line.forms import CodeForm
from hemvag.line.models import Contact
from hemvag.line.views.call import take
from hemvag.line.views.opening import contact_for


@take
def code(request: WorkerRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Offer a code and take it read back. The code stands in the page alone until then, and nowhere afterwards."""
    at = clock.now()
    held, _opened = contact_for(request, contact_id, at=at)
    offered, wrong, typed = "", "", ""
    act = request.POST.get("act", "")
    try:
        if act == "offer":
            offered = return_code.offer(contact_id, by=request.worker, at=at)
        elif act == "read_back":
            typed, shown = request.POST.get("typed", ""), request.POST.get("offered", "")
            offered = shown if digits.check(shown) else ""
            return_code.read_back(contact_id, offered=offered, typed=typed, by=request.worker, at=at)
            offered = ""
    except facts.CodeReplaced as fact:
        offered, wrong = "", fact.sentence
    except digits.NotDigits:
        wrong = _("Skriv bara siffror, så som den som ringer läser tillbaka dem.")
    except facts.Refused as fact:
        wrong = fact.sentence
    if act == "read_back" and not wrong and not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Koden gäller nu."))
        return redirect("line:call", contact_id)
    return _panel(request, held, offered=offered, wrong=wrong, typed=typed, done=act == "read_back" and not wrong)


def _panel(request: WorkerRequest, held: Contact, *, offered: str, wrong: str, typed: str, done: bool) -> HttpResponse:
    phrases = content().phrases
    groups = digits.groups(offered) if offered else ()
    spoken = digits.spoken(offered, get_language() or "sv") if offered else ()
    context = {
        "contact": held,
        "offered": offered,
        "groups": [(group, " ".join(words)) for group, words in zip(groups, spoken, strict=True)],
        "living": held.return_codes.living(clock.now()).first(),
        "reading": phrases["code_reading"].text,
        "lost": phrases["code_lost"].text,
        "wrong": wrong,
        "typed": typed,
        "done": done,
    }
    name = "line/code_panel.html" if request.htmx else "line/code.html"  # type: ignore[attr-defined]
    return render(request, name, context, status=422 if wrong and not request.htmx else 200)  # type: ignore[attr-defined]


@take
def enter(request: WorkerRequest) -> HttpResponse:
    """Take a typed code; a wrong one counts once, whatever slips were tried for it."""
    at = clock.now()
    if request.method != "POST":
        return _entry(request, CodeForm(initial={"call": uuid.uuid4()}))
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            found = return_code.enter(
                form.cleaned_data["typed"], call=form.cleaned_data["call"], by=request.worker, at=at
            )
        except facts.Refused as fact:
            form.add_error("typed", fact.sentence)
            if isinstance(fact, facts.NoSuchCode):
                form.add_error("typed", _tries(fact.left))
        except digits.NotDigits:
            form.add_error("typed", _("Skriv bara siffror, eller siffror som ord."))
        else:
            return redirect("line:call", found.id)
    return _entry(request, form, status=422)


def _entry(request: WorkerRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "question": content().phrases["code_question"].text}
    return render(request, "line/enter.html", context, status=status)


def _tries(left: int) -> str:
    if left == 0:
        return _("Det var det sista försöket i det här samtalet.")
    if left == 1:
        return _("Ett försök är kvar i det här samtalet.")
    return _("%(left)d försök är kvar i det här samtalet.") % {"left": left}
