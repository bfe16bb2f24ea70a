"""What every page of the staff door shows around its content: the town, the worker, and the rooms she may enter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import Ability, Grants
from hemvag.agencies.models import Municipality
from hemvag.staff import municipal
from hemvag.web.components import Frame, Room

ROOMS = [
    ("today", _("I dag"), "today", ()),
    ("line:list", _("Stödtelefonen"), "phone", (Ability.CONTACT_TAKE,)),
    ("concerns:register", _("Ny orosanmälan"), "report", (Ability.REPORT_REGISTER,)),
    ("concerns:unit", _("Enheten"), "unit", (Ability.CASE_LEAD, Ability.CASE_ASSIGN)),
    ("support:unit", _("Stöd till vuxna"), "people", (Ability.SUPPORT_WORK, Ability.SUPPORT_LEAD)),
    ("support:shared", _("Delat med medgivande"), "lock", (Ability.AGREEMENT_READ,)),
    ("people:search", _("Sök"), "search", (Ability.PERSON_SEARCH,)),
    ("people:glass", _("Nödöppna"), "key", (Ability.GLASS_BREAK,)),
    ("exchange:inbox", _("Kuvert"), "return", (Ability.EXCHANGE_RECEIVE,)),
    ("exchange:ledger", _("Utlämnat"), "send", (Ability.LEDGER_READ,)),
    ("counsel:may_i_tell", _("Får jag berätta?"), "law", ()),
    ("access:workers", _("Medarbetare"), "people", (Ability.STAFF_MANAGE,)),
    ("access:changes", _("Behörigheter"), "key", (Ability.LOG_READ, Ability.STAFF_MANAGE)),
    ("counts:counts", _("Antal"), "numbers", (Ability.COUNTS_READ,)),
    ("counts:load", _("Belastning"), "numbers", (Ability.LOAD_READ,)),
    ("picture:picture", _("Hur många?"), "numbers", (Ability.PICTURE_WORK,)),
    ("readiness:level", _("Beredskap"), "leaf", (Ability.READINESS_WORK,)),
    ("readiness:horizon", _("Omvärlden"), "eye", (Ability.READINESS_WORK,)),
    ("readiness:resources", _("Verksamheter"), "case", (Ability.RESOURCE_FIND, Ability.RESOURCE_KEEP)),
    ("readiness:reinforcements", _("Förstärkning"), "people", (Ability.READINESS_WORK,)),
    ("readiness:exercises", _("Övningar"), "calendar", (Ability.READINESS_WORK,)),
    ("oversight:reviews", _("Logguppföljning"), "eye", (Ability.LOG_REVIEW,)),
    ("oversight:log", _("Läsloggen"), "log", (Ability.LOG_READ,)),
    ("oversight:outcomes", _("Granskningarna"), "eye", (Ability.LOG_READ,)),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's facts; for a signed-out visitor only the town's name and whether this is the demo.

    That this is an exercise says the page itself, error pages too: `web.templatetags`.
    """
    demo = settings.HEMVAG_KIND == "demo"
    grants: Grants | None = getattr(request, "grants", None)
    if grants is None:
        signed_out = Frame(town=town_name(), demo=demo, language_url=reverse("language")).context()
        return signed_out | {"municipal_url": municipal.login_url()}
    return Frame(
        town=grants.town or town_name(),
        demo=demo,
        worker_name=request.worker.name,  # type: ignore[attr-defined]
        unit_name=", ".join(grants.places),
        navigation=[
            Room(label=str(label), url=reverse(name), icon=icon, current=request.path == reverse(name))
            for name, label, icon, abilities in ROOMS
            if not abilities or any(grants.has(ability) for ability in abilities)
        ],
        new_contact_url=reverse("line:new") if grants.has(Ability.CONTACT_TAKE) else "",
        search_url=reverse("people:search") if grants.has(Ability.PERSON_SEARCH) else "",
        exercise_url=_exercise_url(grants),
        account_url=reverse("preferences"),
        shortcuts=request.worker.shortcuts,  # type: ignore[attr-defined]
        sign_out_url=reverse("sign_out"),
        language_url=reverse("language"),
    ).context()


def _exercise_url(grants: Grants) -> str:
    """Return the address of the page of whoever leads the exercise, which is there only in an exercise's space."""
    leads = settings.HEMVAG_KIND == "exercise" and grants.has(Ability.READINESS_WORK)
    return reverse("exercise:board") if leads else ""


def town_name() -> str:
    """Return the name of the municipality that this installation serves."""
    row = Municipality.objects.filter(code=settings.HEMVAG_MUNICIPALITY).values_list("name", flat=True).first()
    return row or ""
