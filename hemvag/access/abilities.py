"""What a worker may do, where, and on which day. No ability that is not granted here exists."""

import datetime as dt
import enum
import functools
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hemvag.lib import clock
from hemvag.staff.models import Worker


class Ability(enum.StrEnum):
    """One thing a role may let a worker do."""

    CONTACT_TAKE = "contact.take"  # take calls on the support line and read its contacts
    REPORT_REGISTER = "report.register"  # enter a concern report
    CHILD_IDENTIFY = "child.identify"  # see who a child's dossier is about, to tell two reports from one child
    CASE_ASSIGN = "case.assign"  # give a case to a worker or pass it to another unit
    CASE_UNIT = "case.unit"  # open every child's dossier of the unit
    CASE_WORK = "case.work"  # have children's cases of one's own
    CASE_LEAD = "case.lead"  # see who is late and why
    SUPPORT_WORK = "support.work"  # have adults' cases of one's own
    SUPPORT_LEAD = "support.lead"  # open every adult's dossier of the unit, give its cases out, see who is late
    AGREEMENT_READ = "agreement.read"  # read what an agreement has opened to oneself or to one's unit
    GLASS_BREAK = "glass.break"  # open a child's dossier outside one's own work, for a while, told to its lead
    GLASS_REVIEW = "glass.review"  # be told of broken glass in one's unit, and say whether it was justified
    EXCHANGE_TELL = "exchange.tell"  # tell others from a dossier that one may open, and see what became of it
    EXCHANGE_RECEIVE = "exchange.receive"  # open and answer what others send to the unit
    LEDGER_READ = "ledger.read"  # read the ledger of disclosures, never content
    DOSSIER_EXPORT = "dossier.export"  # take a dossier that one may open out, for the archive or the person it is about
    PERSON_SEARCH = "person.search"  # search by name, number or case number
    COUNTS_READ = "counts.read"  # see numbers, never names
    LOAD_READ = "load.read"  # see how much each unit and district carries, in numbers, never names
    RESOURCE_FIND = "resource.find"  # find what the town can offer beyond ordinary social services
    RESOURCE_KEEP = "resource.keep"  # enter resources, say how ready they are
    READINESS_WORK = "readiness.work"  # decide level and reinforcement, follow the horizon, hold exercises
    PICTURE_WORK = "picture.work"  # say how many there are, from counts, never from names
    LOG_REVIEW = "log.review"  # review the openings drawn from the read log, never one's own
    LOG_READ = "log.read"  # read the read log, never content
    LAW_POSITION = "law.position"  # say what the municipality holds of what the law leaves open
    ARCHIVE_KEEP = "archive.keep"  # see what is due to be erased or handed to the archive, never content
    STAFF_MANAGE = "staff.manage"  # manage workers, see no case


@dataclass(frozen=True, kw_only=True)
class Role:
    """A named bundle of abilities, some within the unit, some within the whole committee."""

    code: str
    sv: str
    en: str
    unit: frozenset[Ability]
    authority: frozenset[Ability]


class UnknownAbility(ValueError):
    """A role in the roles file names an ability that does not exist."""


@functools.cache
def roles() -> Mapping[str, Role]:
    """Return the roles by code, from HEMVAG_ROLES or the file shipped. Raises UnknownAbility, naming file and role."""
    own: str = settings.HEMVAG_ROLES
    path = Path(own) if own else Path(str(resources.files("hemvag.access") / "roles.toml"))
    read = {}
    for code, row in tomllib.loads(path.read_text()).items():
        try:
            reach = {scope: frozenset(map(Ability, row.get(scope, []))) for scope in ("unit", "authority")}
        except ValueError as error:
            raise UnknownAbility(f"{path}: [{code}]: {error}") from error
        read[code] = Role(code=code, sv=row["sv"], en=row["en"], **reach)
    return read


@dataclass(frozen=True)
class Grants:
    """A worker's abilities on one day: ability to the units, and to the committees, that it reaches."""

    by_unit: Mapping[Ability, frozenset[UUID]] = field(default_factory=dict)
    by_authority: Mapping[Ability, frozenset[UUID]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    """The names of the units that the worker belongs to, for the page's frame."""
    town: str = ""
    """The name of the municipality that they belong to."""

    def has(self, ability: Ability) -> bool:
        """Say whether the worker has the ability anywhere."""
        return ability in self.by_unit or ability in self.by_authority

    def units(self, ability: Ability) -> frozenset[UUID]:
        """Return the units in which the worker has the ability."""
        return self.by_unit.get(ability, frozenset())

    def authorities(self, ability: Ability) -> frozenset[UUID]:
        """Return the committees throughout which the worker has the ability."""
        return self.by_authority.get(ability, frozenset())


def granted(worker: Worker, at: dt.datetime) -> Grants:
    """Return what `worker` may do at `at`. Within a request the middleware has asked once already."""
    known = getattr(worker, "grants_of_request", None)
    return known if isinstance(known, Grants) else ask(worker, at)


def ask(worker: Worker, at: dt.datetime) -> Grants:
    """Read the worker's memberships of that day. One query."""
    by_unit: dict[Ability, set[UUID]] = defaultdict(set)
    by_authority: dict[Ability, set[UUID]] = defaultdict(set)
    if not worker.is_active:
        return Grants()
    day = clock.local(at).date()
    places: dict[str, None] = {}
    town = ""
    facts = ("role", "unit_id", "unit__authority_id", "unit__name", "unit__authority__municipality__name")
    for code, unit, authority, name, town in worker.memberships.on(day).values_list(*facts):  # noqa: B007
        places[name] = None
        role = roles().get(code)
        if role is None:
            continue
        for ability in role.unit:
            by_unit[ability].add(unit)
        for ability in role.authority:
            by_authority[ability].add(authority)
    return Grants(
        {ability: frozenset(units) for ability, units in by_unit.items()},
        {ability: frozenset(found) for ability, found in by_authority.items()},
        tuple(places),
        town,
    )
