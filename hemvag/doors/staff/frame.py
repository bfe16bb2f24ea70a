"""What every page of the staff door shows around its content: the town, the worker, and the rooms she may enter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, Grants
from hemvag.agencies.models import Municipality

ROOMS = [
    ("today", "I dag", ()),
    ("line:list", "Stödtelefonen", (Ability.CONTACT_TAKE,)),
    ("concerns:register", "Ny orosanmälan", (Ability.REPORT_REGISTER,)),
    ("concerns:unit", "Enheten", (Ability.CASE_LEAD, Ability.CASE_ASSIGN)),
    ("people:search", "Sök person", (Ability.PERSON_SEARCH,)),
    ("counts:counts", "Antal", (Ability.COUNTS_READ,)),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's facts; for a signed-out visitor only the town's name and whether this is the demo."""
    facts: dict[str, Any] = {"demo": settings.HEMVAG_IS_DEMO, "town_name": town_name()}
    grants: Grants | None = getattr(request, "grants", None)
    if grants is None:
        return facts
    facts["worker"] = request.worker  # type: ignore[attr-defined]
    facts["places"] = grants.places
    facts["may_take_contacts"] = grants.has(Ability.CONTACT_TAKE)
    facts["may_search"] = grants.has(Ability.PERSON_SEARCH)
    facts["navigation"] = [
        {"label": _(label), "url": reverse(name), "current": request.path == reverse(name)}
        for name, label, abilities in ROOMS
        if not abilities or any(grants.has(ability) for ability in abilities)
    ]
    return facts


def town_name() -> str:
    """Return the name of the municipality that this installation serves."""
    row = Municipality.objects.filter(code=settings.HEMVAG_MUNICIPALITY).values_list("name", flat=True).first()
    return row or ""
