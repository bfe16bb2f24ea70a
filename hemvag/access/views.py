"""The administrator's pages: who works here, in which roles, and how they get in. No page here leads to a case."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemvag.access import giving
from hemvag.access.abilities import Ability
from hemvag.access.forms import AwayForm, EnterForm, LastDayForm, RoleForm, role_names
from hemvag.access.pages import WorkerRequest, page
from hemvag.lib import clock
from hemvag.staff import sessions, workers
from hemvag.staff.models import Absence, Membership, Worker
from hemvag.staff.reproof import reproved
from hemvag.web.once import once

DAY = dt.timedelta(days=1)
FAULTS: Final[Mapping[type[Exception], Callable[[], str]]] = {
    giving.YourOwn: lambda: _("Ingen ändrar sin egen behörighet. Be en annan administratör."),
    giving.NotYours: lambda: _("Medarbetaren hör också till en annan nämnd. Dess administratör behöver göra det."),
    giving.AlreadyGiven: lambda: _("Den rollen finns redan de dagarna, eller väntar på att bekräftas."),
    giving.WrongDays: lambda: _("Den sista dagen kommer före den första."),
    giving.NoSuchRole: lambda: _("Rollen finns inte längre."),
    giving.SecondPerson: lambda: _("Den som har föreslagit det, eller som det gäller, kan inte bekräfta det."),
    giving.AlreadyAnswered: lambda: _("Någon annan har redan svarat."),
    workers.HasLeft: lambda: _("Medarbetaren har slutat."),
    workers.WrongDays: lambda: _("Den sista dagen kommer före den första."),
}


def fault(fact: Exception) -> str:
    """Return the sentence that says what is wrong."""
    return FAULTS[type(fact)]()


@page(Ability.STAFF_MANAGE)
def listed(request: WorkerRequest) -> HttpResponse:
    """Show who works here, and what waits for a second person."""
    at = clock.now()
    names, found = role_names(), giving.sees(request.worker, at)
    rows = [(one, [(names.get(row.role, row.role), row.unit) for row in one.memberships_now]) for one in found]  # type: ignore[attr-defined]
    context = {
        "here": [row for row in rows if row[0].left_at is None],
        "left": [row for row in rows if row[0].left_at is not None],
        "waiting": giving.waiting_for(request.worker, at),
        "roles": names,
    }
    return render(request, "access/workers.html", context)


@page(Ability.STAFF_MANAGE)
@once
def enter(request: WorkerRequest) -> HttpResponse:
    """Enter a worker; a role and a link come next. Who is here already is shown instead."""
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = workers.enter(**form.cleaned_data, by=request.worker, at=clock.now())
        except workers.AlreadyHere:
            known = Worker.objects.get(email__iexact=form.cleaned_data["email"])
            messages.info(request, _("%s finns redan. Ge en roll här.") % known.name)
            return redirect("access:give", known.id)
        messages.success(request, _("%s är inlagd. Ge en roll, och gör sedan en länk.") % made.name)
        return redirect("access:give", made.id)
    return _shown(request, "access/enter.html", {"form": form})


@page(Ability.STAFF_MANAGE)
def worker(request: WorkerRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Show a worker: her roles, what waits, her absences and how many sessions she has."""
    at = clock.now()
    one = _seen(request, worker_id, at)
    names = role_names()
    held = one.memberships.select_related("unit").order_by("-valid_from")
    context = {
        "one": one,
        "held": [(row, names.get(row.role, row.role), _last(row)) for row in held],
        "waiting": [(row, names.get(row.role, row.role)) for row in giving.waiting_about(one)],
        "sessions": sessions.running(one),
        "away": Absence.objects.filter(worker=one, last_day__gte=clock.local(at).date()).order_by("first_day"),
        "is_mine": giving.manages(request.worker, one, at) and one.pk != request.worker.pk,
        "is_self": one.pk == request.worker.pk,
        "may_give": {unit.id for unit in giving.units_for(request.worker, at)},
        "today": clock.local(at).date(),
    }
    return render(request, "access/worker.html", context)


@page(Ability.STAFF_MANAGE)
@reproved
@once
def give(request: WorkerRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Give a role in a unit of one's own committee, alone or with a second person."""
    at = clock.now()
    one = Worker.objects.filter(pk=worker_id, left_at=None).first()
    if one is None:
        raise Http404
    units = list(giving.units_for(request.worker, at))
    form = RoleForm(request.POST or None, units=units, today=clock.local(at).date())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {
            "unit": next(unit for unit in units if str(unit.id) == data["unit"]),
            "role": data["role"],
            "valid_from": data["valid_from"],
            "valid_to": data["valid_to"] + DAY if data["valid_to"] else None,
        }
        try:
            made = giving.give(one, **facts, by=request.worker, at=at)
        except (giving.Refused, workers.HasLeft) as fact:
            form.add_error(None, fault(fact))
        else:
            held = isinstance(made, Membership)
            messages.success(
                request, _("Rollen är given.") if held else _("Rollen gäller när någon annan har bekräftat den.")
            )
            return redirect("access:worker", one.id)
    return _shown(request, "access/give.html", {"form": form, "one": one})


@page(Ability.STAFF_MANAGE)
@reproved
@once
def end_role(request: WorkerRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Let a role end after a day."""
    at = clock.now()
    row = Membership.objects.filter(pk=membership_id, unit__in=giving.units_for(request.worker, at)).first()
    if row is None:
        raise Http404
    form = LastDayForm(request.POST or None, initial={"last": (clock.local(at).date() - DAY).isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            giving.end(row, on=form.cleaned_data["last"] + DAY, by=request.worker, at=at)
        except giving.Refused as fact:
            form.add_error(None, fault(fact))
        else:
            messages.success(request, _("Rollen är avslutad."))
            return redirect("access:worker", row.worker_id)
    context = {"form": form, "one": row.worker, "unit": row.unit, "role": role_names().get(row.role, row.role)}
    return _shown(request, "access/end_role.html", context)


@page(Ability.STAFF_MANAGE)
@once
def away(request: WorkerRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Record on which days a worker is away."""
    at = clock.now()
    one = _seen(request, worker_id, at)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workers.be_away(one, **form.cleaned_data, by=request.worker, at=at)
        except workers.WrongDays as fact:
            form.add_error("last", fault(fact))
        else:
            messages.success(request, _("Sparat."))
            return redirect("access:worker", one.id)
    return _shown(request, "access/away.html", {"form": form, "one": one})


@page(Ability.STAFF_MANAGE)
@reproved
def link(request: WorkerRequest, worker_id: uuid.UUID) -> HttpResponse:
    """Say what a link is for; on POST make one and show it, this once."""
    at = clock.now()
    one = _mine(request, worker_id, at)
    made = workers.give_link(one, by=request.worker, at=at) if request.method == "POST" else ""
    context = {"one": one, "link": request.build_absolute_uri(made) if made else ""}
    answer = render(request, "access/link.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _act(
    name: str, do: Callable[[Worker, Worker, dt.datetime], Any], said: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    """Return a page that asks in words and, on POST, does one act on a worker."""

    @page(Ability.STAFF_MANAGE)
    @reproved
    @once
    def view(request: WorkerRequest, worker_id: uuid.UUID) -> HttpResponse:
        at = clock.now()
        one = _mine(request, worker_id, at)
        if request.method == "POST":
            try:
                do(one, request.worker, at)
            except (giving.Refused, workers.HasLeft) as fact:
                messages.error(request, fault(fact))
            else:
                messages.success(request, said())
            return redirect("access:worker", one.id)
        return render(request, f"access/{name}.html", {"one": one})

    return view


leave = _act(
    "leave",
    lambda one, by, at: workers.leave(one, by=by, at=at),
    lambda: _("Avslutat. Alla inloggningar är slut."),
)
end_sessions = _act(
    "end_sessions",
    lambda one, by, at: workers.end_sessions(one, by=by, at=at),
    lambda: _("Alla inloggningar är avslutade."),
)
new_factors = _act(
    "new_factors",
    lambda one, by, at: giving.propose_new_factors(one, by=by, at=at),
    lambda: _("En annan administratör behöver bekräfta det."),
)


def _seen(request: WorkerRequest, worker_id: uuid.UUID, at: dt.datetime) -> Worker:
    """Return a worker of one's own committee or of none; anybody else is not there."""
    found = next((one for one in giving.sees(request.worker, at) if one.pk == worker_id), None)
    if found is None:
        raise Http404
    return found


def _mine(request: WorkerRequest, worker_id: uuid.UUID, at: dt.datetime) -> Worker:
    """Return a worker whose access is in one's hands alone, not oneself and not one who has left."""
    found = _seen(request, worker_id, at)
    is_mine = giving.manages(request.worker, found, at) and found.pk != request.worker.pk
    if not is_mine or found.left_at is not None:
        raise Http404
    return found


def _last(row: Membership) -> dt.date | None:
    return row.valid_to - DAY if row.valid_to else None


def _shown(request: WorkerRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
