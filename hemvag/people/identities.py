"""Who a dossier is about: names, birth, number, whereabouts, guardians. Sealed in the dossier, never a column."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self, cast

from django.db import transaction
from django.utils.translation import gettext as _

from hemvag.dossiers.models import Sealed
from hemvag.dossiers.opened import Opened
from hemvag.lib import person_numbers
from hemvag.people import spelling, tokens
from hemvag.people.models import TokenSet
from hemvag.staff.models import Worker

KIND: Final = "identity"
"""The kind of content under which an identity is sealed."""

YEARS_AROUND: Final = 1
"""How many years beside the known one are looked in."""

NameKind = Literal["official", "spelling", "called"]
BirthKind = Literal["exact", "approximate", "unknown"]
NumberKind = Literal["personal", "coordination", "reserve", "none"]
Whereabouts = Literal["here", "abroad", "on_the_way", "unknown"]
Protection = Literal["", "secrecy_marking", "protected_registration", "fictitious_identity"]


@dataclass(frozen=True, kw_only=True)
class Name:
    """One name a person is known by: as registered, in another spelling, or what the person is called."""

    given: str
    family: str = ""
    kind: NameKind = "official"


@dataclass(frozen=True, kw_only=True)
class Birth:
    """When the person was born. `date` is "2020-05-04" when exact, "2020" or "2020-05" when approximate, else empty."""

    kind: BirthKind = "unknown"
    date: str = ""

    @property
    def year(self) -> int | None:
        """The year of birth as far as known."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, kw_only=True)
class Number:
    """A personal number, coordination number (samordningsnummer) or reserve number; or none, with the reason.

    `value` is as `lib.person_numbers` stores it: twelve signs for the first two.
    """

    kind: NumberKind = "none"
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Someone who has custody of the child (vårdnadshavare), as far as known."""

    name: str
    relation: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person as known here. The first name is the one shown.

    `well_known` is a lead's mark that many know of the person, so that openings are reviewed more often. It lies in
    what every dossier has sealed, so that no row or column tells that a dossier is marked.
    """

    names: Sequence[Name]
    birth: Birth = field(default_factory=Birth)
    number: Number = field(default_factory=Number)
    whereabouts: Whereabouts = "unknown"
    guardians: Sequence[Guardian] = ()
    protected: Protection = ""
    languages: str = ""
    well_known: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return what is sealed."""
        return vars(self) | {
            "names": [vars(name).copy() for name in self.names],
            "birth": vars(self.birth).copy(),
            "number": vars(self.number).copy(),
            "guardians": [vars(guardian).copy() for guardian in self.guardians],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the identity that `as_data` wrote."""
        return cls(
            names=[Name(**row) for row in data["names"]],
            birth=Birth(**data["birth"]),
            number=Number(**data["number"]),
            whereabouts=cast("Whereabouts", data["whereabouts"]),
            guardians=[Guardian(**row) for row in data["guardians"]],
            protected=cast("Protection", data["protected"]),
            languages=data.get("languages", ""),
            well_known=data.get("well_known", False),
        )


def add(opened: Opened, identity: Identity, *, by: Worker | None, at: dt.datetime) -> uuid.UUID:
    """Seal the identity in its dossier and store the tokens by which it is found; return the content's id."""
    return add_many([(opened, identity)], by=by, at=at)[0]


def add_many(rows: Iterable[tuple[Opened, Identity]], *, by: Worker | None, at: dt.datetime) -> list[uuid.UUID]:
    """Do the same for many new dossiers with two statements; return the contents' ids in order."""
    known = list(rows)
    sealed = [opened.prepared(KIND, identity.as_data(), by=by, at=at) for opened, identity in known]
    with transaction.atomic():
        Sealed.objects.bulk_create(sealed, batch_size=1000)
        TokenSet.objects.bulk_create(
            [tokens.token_set(opened.dossier, traits(identity)) for opened, identity in known], batch_size=1000
        )
    return [row.id for row in sealed]


def change(opened: Opened, identity: Identity, *, version: int, by: Worker, at: dt.datetime) -> int:
    """Replace the identity that still has `version`, and its tokens; return the new version. Raises Changed."""
    with transaction.atomic():
        changed = opened.reseal(opened.one(KIND).id, identity.as_data(), version=version, by=by, at=at)
        row = tokens.token_set(opened.dossier, traits(identity))
        TokenSet.objects.filter(dossier=opened.dossier).update(
            authority=row.authority_id, tokens=row.tokens, generation=row.generation
        )
    return changed


def forget(opened: Opened) -> None:
    """Take away the tokens, so that the dossier is found no more: its identity now stands in another, or is erased."""
    TokenSet.objects.filter(dossier=opened.dossier).delete()


def remember(opened: Opened) -> None:
    """Store the tokens anew, so that the dossier is found again by the identity it holds."""
    forget(opened)
    tokens.token_set(opened.dossier, traits(current(opened))).save(force_insert=True)


def current(opened: Opened) -> Identity:
    """Return whom the opened dossier is about. Raises NothingSealed."""
    return Identity.from_data(opened.one(KIND).data)


def traits(identity: Identity) -> tokens.Traits:
    """Return what the identity is found by. An approximate year stands for the years beside it too."""
    return _traits(identity, reach=0, dates=_dates(identity)[:1])


def looked_for(identity: Identity) -> tokens.Traits:
    """Return what the identity is looked for by: years beside its own too, and day and month changed about."""
    return _traits(identity, reach=YEARS_AROUND, dates=_dates(identity))


def _traits(identity: Identity, *, reach: int, dates: Sequence[str]) -> tokens.Traits:
    year = identity.birth.year
    reach += identity.birth.kind == "approximate"
    return tokens.Traits(
        names=[spelling.words(name.given, name.family) for name in identity.names],
        years=[] if year is None else sorted(range(year - reach, year + reach + 1), key=lambda near: abs(near - year)),
        dates=dates,
        number=identity.number.value,
    )


def _dates(identity: Identity) -> list[str]:
    if identity.birth.kind != "exact":
        return []
    return [date for date in (identity.birth.date, swapped(identity.birth.date)) if date]


def swapped(date: str) -> str:
    """Return an exact date with day and month changed about, or nothing when there is no such day."""
    year, month, day = date.split("-")
    try:
        return dt.date(int(year), int(day), int(month)).isoformat()
    except ValueError:
        return ""


def display(identity: Identity) -> str:
    """Return the name as it stands in lists: "Andersson, Amina"."""
    first = identity.names[0] if identity.names else Name(given="")
    return ", ".join(part for part in (first.family, first.given) if part) or _("okänt namn")


def full_name(identity: Identity) -> str:
    """Return the name as it is said: "Amina Andersson"."""
    first = identity.names[0] if identity.names else Name(given="")
    return " ".join(part for part in (first.given, first.family) if part) or _("okänt namn")


def age(identity: Identity, day: dt.date) -> int | None:
    """Return the age in whole years on `day`; by the year alone when no more is known, None without a year."""
    if identity.birth.year is None:
        return None
    if identity.birth.kind != "exact":
        return day.year - identity.birth.year
    return person_numbers.age(dt.date.fromisoformat(identity.birth.date), day)
