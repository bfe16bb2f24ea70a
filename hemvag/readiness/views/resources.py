"""The directory: find a service, on a page of its own or beside a call, and read all that is said of one."""

import uuid

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from hemvag.access.abilities import Ability
from hemvag.access.pages import WorkerRequest, page
from hemvag.agencies.models import District, Municipality
from hemvag.lib import clock
from hemvag.readiness import entries, find, printed_list
from hemvag.readiness.content import content
from hemvag.readiness.enter import HALF_A_YEAR
from hemvag.readiness.find import Asked
from hemvag.readiness.models import Resource, Version
from hemvag.readiness.resource_forms import CheckForm, FindForm

finds = page(Ability.RESOURCE_FIND, Ability.RESOURCE_KEEP)


@finds
@never_cache
def resources(request: WorkerRequest) -> HttpResponse:
    """Show the needs, and the services that meet one or that the words fit; a script gets the panel of a call sheet.

    Free words travel in the body: whoever types a name by mistake leaves it in no address.
    """
    at = clock.now()
    districts = dict(District.objects.on(clock.local(at).date()).order_by("name").values_list("code", "name"))
    data = request.POST if request.method == "POST" else {"need": request.GET.get("need", "")}
    form = FindForm(data, districts=districts)
    is_asking = form.is_valid() and any(form.cleaned_data.values())
    asked = Asked(**form.cleaned_data) if is_asking else Asked()
    is_panel = bool(getattr(request, "htmx", False))
    known = entries.of_worker(request.worker, at, need=asked.need) if is_asking or not is_panel else []
    context = {
        "form": form,
        "asked": asked,
        "is_asking": is_asking,
        "needs": list(content().needs.values()),
        "need": content().needs.get(asked.need),
        "found": find.found(known, asked),
        "has_any": bool(known) or Version.objects.visible_to(request.worker, at).exists(),
        "languages": _spoken(known),
        "districts": districts,
        "may_keep": request.grants.has(Ability.RESOURCE_KEEP),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(
        request, "readiness/find_panel.html" if is_panel else "readiness/resources.html", context, status=status
    )


def _spoken(known: list[entries.Entry]) -> dict[str, str]:
    """Return the languages that any service speaks, in the order of the files."""
    spoken = {code for entry in known for code in entry.version.languages}
    return {code: str(name) for code, name in content().languages.items() if code in spoken}


@finds
def resource(request: WorkerRequest, resource_id: uuid.UUID) -> HttpResponse:
    """Show all that is said of a service, what is missing in it, and its versions."""
    at = clock.now()
    versions = _versions(request, resource_id)
    kept = Resource.objects.kept_by(request.worker, at).filter(id=resource_id).exists()
    today = clock.local(at).date()
    context = {
        "entry": entries.of_version(versions[0], on=today),
        "versions": versions,
        "gaps": versions[0].resource.gaps.select_related("closing", "by").order_by("due"),
        "today": today,
        "may_keep": kept,
        "check_form": CheckForm(usual=today + HALF_A_YEAR),
    }
    return render(request, "readiness/resource.html", context)


@finds
def version(request: WorkerRequest, resource_id: uuid.UUID, number: int) -> HttpResponse:
    """Show an earlier version as it was said."""
    versions = _versions(request, resource_id)
    found = next((row for row in versions if row.number == number), None)
    if found is None:
        raise Http404
    said_on = clock.local(found.at).date()
    context = {"entry": entries.of_version(found, on=said_on), "is_last": found == versions[0]}
    return render(request, "readiness/resource_version.html", context)


def _versions(request: WorkerRequest, resource_id: uuid.UUID) -> list[Version]:
    """Return the versions of a service, the last one first. Raises Http404."""
    seen = Version.objects.visible_to(request.worker, clock.now()).filter(resource=resource_id)
    rows = seen.select_related("unit__authority", "resource__keeper", "checked_by", "by").order_by("-number")
    if not rows:
        raise Http404
    return list(rows)


def municipality() -> Municipality:
    """Return the town that this installation serves."""
    return Municipality.objects.get(code=settings.HEMVAG_MUNICIPALITY)


@finds
def pdf(_request: WorkerRequest) -> HttpResponse:
    """Send the printed list, in Swedish."""
    return _file(printed_list.pdf(municipality(), at=clock.now()), "application/pdf", "pdf")


@finds
def table(_request: WorkerRequest) -> HttpResponse:
    """Send the printed list as a file that a spreadsheet opens."""
    return _file(printed_list.as_csv(municipality(), at=clock.now()), "text/csv; charset=utf-8", "csv")


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{printed_list.NAME}-{clock.today():%Y-%m-%d}.{ending}"
    how = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
