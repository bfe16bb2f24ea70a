"""A small town for tests: two committees' worth of units and one worker for each part to play."""

import datetime as dt
from dataclasses import dataclass, field

from hemvag.agencies.models import Authority, Catchment, District, Municipality, SupportLine, Unit
from hemvag.staff.models import Membership, Worker

START = dt.date(2017, 5, 1)
HOURS = {str(day): ["08:00", "16:00"] for day in range(5)}


@dataclass
class Town:
    """The units and workers that tests speak of. Workers by the part they play."""

    municipality: Municipality
    authority: Authority
    other_authority: Authority
    line: Unit
    reception: Unit
    children: Unit
    other_children: Unit
    adults: Unit
    protected_desk: Unit
    on_call: Unit
    district: District
    other_district: District
    workers: dict[str, Worker] = field(default_factory=dict)


PARTS = {
    "counsellor": ("counsellor", "line"),
    "other_counsellor": ("counsellor", "line"),
    "registrar": ("registrar", "reception"),
    "social_worker": ("social_worker", "children"),
    "colleague": ("social_worker", "children"),
    "unit_lead": ("unit_lead", "children"),
    "other_lead": ("unit_lead", "other_children"),
    "other_worker": ("social_worker", "other_children"),
    "support_worker": ("support_worker", "adults"),
    "support_colleague": ("support_worker", "adults"),
    "support_lead": ("support_lead", "adults"),
    "on_call": ("on_call", "on_call"),
    "protected_desk": ("protected_desk", "protected_desk"),
    "coordinator": ("coordinator", "reception"),
    "privacy_officer": ("privacy_officer", "reception"),
    "lawyer": ("lawyer", "reception"),
    "archivist": ("archivist", "reception"),
    "administrator": ("administrator", "reception"),
}


def build() -> Town:
    """Store the town and return it."""
    municipality = Municipality.objects.create(code="malmo", name="Malmö", number="1280")
    authority, other_authority = (
        Authority.objects.create(municipality=municipality, code=code, name=name, kind=kind, valid_from=START)
        for code, name, kind in [
            ("social", "Arbetsmarknads- och socialnämnden", Authority.Kind.SOCIAL),
            ("city", "Stadskontoret", Authority.Kind.CITY_OFFICE),
        ]
    )
    units = {
        kind: Unit.objects.create(authority=authority, code=kind, name=name, kind=unit_kind, valid_from=START)
        for kind, name, unit_kind in [
            ("line", "Stödtelefonen", Unit.Kind.LINE),
            ("reception", "Mottagningen", Unit.Kind.RECEPTION),
            ("children", "Barn och unga Innerstaden", Unit.Kind.CHILDREN),
            ("other_children", "Barn och unga Söder", Unit.Kind.CHILDREN),
            ("adults", "Stöd till vuxna", Unit.Kind.ADULTS),
            ("protected_desk", "Skyddade uppgifter", Unit.Kind.PROTECTED_DESK),
            ("on_call", "Socialjouren", Unit.Kind.ON_CALL),
        ]
    }
    districts = [
        District.objects.create(municipality=municipality, code=code, name=name, valid_from=START)
        for code, name in [("innerstaden", "Innerstaden"), ("soder", "Söder")]
    ]
    for unit, district in zip(("children", "other_children"), districts, strict=True):
        Catchment.objects.create(unit=units[unit], district=district, valid_from=START)
    SupportLine.objects.create(unit=units["line"], number="040-34 05 50", hours=HOURS, valid_from=START)
    town = Town(municipality, authority, other_authority, district=districts[0], other_district=districts[1], **units)
    for part, (role, unit) in PARTS.items():
        worker = Worker(email=f"{part}@example.test", name=part.replace("_", " ").title(), pseudonym="Kim")
        worker.set_unusable_password()
        worker.save(force_insert=True)
        Membership.objects.create(worker=worker, unit=units[unit], role=role, valid_from=START)
        town.workers[part] = worker
    return town
