"""May I tell?, the rules of a day, one rule, and the open questions with the city's positions."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.counsel import position, shown
from hemvag.counsel.forms import STEPS, ChoiceForm, DayForm, PositionForm, RulesForm
from hemvag.counsel.shown import ShownQuestion
from hemvag.law import listing
from hemvag.law.listing import Listed
from hemvag.lib import clock
from hemvag.web.once import once


@page()
def may_i_tell(request: WorkerRequest) -> HttpResponse:
    """Walk through the question in four choices, each an address of its own, and answer it."""
    asked = {
        "sender": request.GET.get("sender", ""),
        "receiver": request.GET.get("receiver", ""),
        "subject": request.GET.get("subject", ""),
        "situation": request.GET.get("situation", ""),
    }
    made: dict[str, str] = {}
    for number, (step, (_label, kind)) in enumerate(STEPS.items(), 1):
        if asked[step] not in dict(shown.choices(kind)):
            tried = request.GET.get("step") == step or bool(asked[step])
            form = ChoiceForm(step, made, request.GET if tried else None)
            return _step(request, form, step=step, number=number, made=made)
        made[step] = asked[step]
    day = DayForm(request.GET) if "on" in request.GET else DayForm()
    on = (day.cleaned_data["on"] if day.is_bound and day.is_valid() else None) or clock.today()
    context = {"answer": shown.ask(**made, on=on), "made": made, "day": day, "choices": _choices(made)}
    return render(request, "counsel/answer.html", context, status=422 if day.errors else 200)


@page()
def rules_of_a_day(request: WorkerRequest) -> HttpResponse:
    """List the rules in force on a day, those asked for, family by family, to be read or printed."""
    form = RulesForm(request.GET) if request.GET else RulesForm()
    wanted: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on: dt.date = wanted.get("on") or clock.today()
    found = [one for one in listing.rules_on(on) if _is_wanted(one, wanted)]
    positions = shown.held([one.rule for one in found])
    groups = [
        (shown.family(family), [shown.rule(one.rule, positions) for one in rows])
        for family, rows in groupby(found, key=lambda one: one.family)
    ]
    context = {"form": form, "on": on, "groups": groups, "count": len(found)}
    return render(request, "counsel/rules.html", context, status=422 if form.errors else 200)


@page()
def rule(request: WorkerRequest, rule_id: str) -> HttpResponse:
    """Show one rule with all that is known of it, and how it stood before and after."""
    try:
        one, story = listing.find(rule_id), listing.story(rule_id)
    except listing.UnknownRule:
        raise Http404 from None
    positions = shown.held([one.rule])
    context = {
        "rule": shown.rule(one.rule, positions),
        "family": shown.family(one.family),
        "story": [shown.rule(each, {}) for each in story if each.id != rule_id],
    }
    return render(request, "counsel/rule.html", context)


@page()
def questions(request: WorkerRequest) -> HttpResponse:
    """List what is not known of the law, with what the city holds."""
    return render(request, "counsel/questions.html", {"questions": shown.questions()})


@page()
def question(request: WorkerRequest, key: str) -> HttpResponse:
    """Show one open question with its rules and positions, and to the lawyer where to take one."""
    return _shown(request, _asked(key), PositionForm() if request.grants.has(Ability.LAW_POSITION) else None)


@page(Ability.LAW_POSITION)
@once
def take_position(request: WorkerRequest, key: str) -> HttpResponse:
    """Take a position on an open question, which then shows wherever its rules do."""
    asked, form = _asked(key), PositionForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _shown(request, asked, form)
    position.take(question=key, text=form.cleaned_data["text"], by=request.worker, at=clock.now())
    messages.success(request, _("Ställningstagandet är sparat och visas där reglerna visas."))
    return redirect("counsel:question", key)


def _asked(key: str) -> ShownQuestion:
    for one in shown.questions():
        if one.key == key:
            return one
    raise Http404


def _shown(request: WorkerRequest, asked: ShownQuestion, form: PositionForm | None) -> HttpResponse:
    status = 422 if form and form.errors else 200
    return render(request, "counsel/question.html", {"question": asked, "form": form}, status=status)


def _step(request: WorkerRequest, form: ChoiceForm, *, step: str, number: int, made: dict[str, str]) -> HttpResponse:
    context = {"form": form, "step": step, "number": number, "most": len(STEPS), "choices": _choices(made)}
    return render(request, "counsel/may_i_tell.html", context, status=422 if form.errors else 200)


def _choices(made: dict[str, str]) -> list[dict[str, Any]]:
    """The choices made so far, each with the choices before it: from there it is made again."""
    found = []
    for number, (step, code) in enumerate(made.items()):
        label, kind = STEPS[step]
        before = list(made.items())[:number]
        found.append({"label": label, "words": dict(shown.choices(kind))[code], "before": before})
    return found


def _is_wanted(one: Listed, wanted: dict[str, Any]) -> bool:
    if wanted.get("family") and one.family != wanted["family"]:
        return False
    if wanted.get("confidence") and one.rule.confidence != wanted["confidence"]:
        return False
    said = f"{one.rule.id} {one.rule.row} {one.rule.provision} {one.rule.text.sv} {one.rule.text.en}".casefold()
    return all(word in said for word in wanted.get("words", "").casefold().split())
