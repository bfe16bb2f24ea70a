"""What can be said of a service: the facts of a version that a keeper writes, and how they must hold together."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from hemvag.agencies.models import District, Unit
from hemvag.readiness.content import content
from hemvag.readiness.facts import Wrong
from hemvag.readiness.models import Paper, Resource, Secrecy, Version


@dataclass(frozen=True, kw_only=True)
class Said:
    """The facts of one version. None is unknown. The owner is a unit of the town or else an outside organisation."""

    name: str
    needs: tuple[str, ...]
    contact: str
    unit: Unit | None = None
    organisation: str = ""
    for_whom: str = ""
    from_age: int | None = None
    to_age: int | None = None
    languages: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    hours: str = ""
    out_of_hours: str = ""
    free: int | None = None
    total: int | None = None
    said_on: dt.date | None = None
    lead_days: int | None = None
    how: str = ""
    ground: str = ""
    secrecy: str = Secrecy.UNKNOWN
    agreement_purpose: str = ""
    agreement_area: str = ""
    agreement_from: dt.date | None = None
    agreement_to: dt.date | None = None
    grade: int | None = None
    grade_reason: str = ""
    trained: int | None = None
    exercised_on: dt.date | None = None
    substitute: str = ""
    paper: str = Paper.YES
    ended_on: dt.date | None = None


FIELDS = tuple(field.name for field in dataclasses.fields(Said))
LISTS = frozenset({"needs", "languages", "districts"})


def of(version: Version) -> Said:
    """Return what a version says."""
    facts: dict[str, Any] = {name: getattr(version, name) for name in FIELDS}
    return Said(**facts | {name: tuple(facts[name]) for name in LISTS})


def as_columns(said: Said) -> dict[str, object]:
    """Return the facts as a version keeps them."""
    return {name: list(getattr(said, name)) if name in LISTS else getattr(said, name) for name in FIELDS}


def check(said: Said, resource: Resource, *, on: dt.date) -> None:
    """Raise `Wrong` with the first field that cannot be so; codes that stood there before are let be."""
    _check_owner(said, resource)
    known = content()
    before = resource.versions.order_by("-number").first()
    districts = set(
        District.objects.on(on).filter(municipality=resource.municipality_id).values_list("code", flat=True)
    )
    for name, codes in (("needs", set(known.needs)), ("languages", set(known.languages)), ("districts", districts)):
        kept = set(getattr(before, name)) if before else set()
        if set(getattr(said, name)) - codes - kept:
            raise Wrong(name)
    _check_numbers(said)


def _check_owner(said: Said, resource: Resource) -> None:
    if not said.name or not said.needs or not said.contact:
        raise Wrong("name" if not said.name else "needs" if not said.needs else "contact")
    if (said.unit is None) == (not said.organisation):
        raise Wrong("organisation")
    if said.unit is not None and said.unit.authority.municipality_id != resource.municipality_id:
        raise Wrong("unit")


def _check_numbers(said: Said) -> None:
    if (said.free is None) != (said.said_on is None):
        raise Wrong("said_on")
    if said.free is not None and said.total is not None and said.free > said.total:
        raise Wrong("free")
    if said.from_age is not None and said.to_age is not None and said.from_age > said.to_age:
        raise Wrong("to_age")
    if said.agreement_from and said.agreement_to and said.agreement_from > said.agreement_to:
        raise Wrong("agreement_to")
    if said.grade is not None and not 0 <= said.grade <= 4:
        raise Wrong("grade")
    if said.grade == 4 and said.exercised_on is None:
        raise Wrong("exercised_on")
