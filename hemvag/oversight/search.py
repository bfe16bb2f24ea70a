"""Search the read log for who may read it: by worker, reference, act, purpose and days, page by page. Never by name."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from hemvag.access.abilities import Ability, granted
from hemvag.audit import log
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.dossiers.models import Dossier
from hemvag.oversight.found import starts
from hemvag.staff.models import Worker

PAGE: Final = 50
SPAN: Final = dt.timedelta(days=30)
LONGEST: Final = dt.timedelta(days=366)
LISTED: Final = 3
MOST_TAKEN_OUT: Final = 50_000


class NotTheReader(PermissionError):
    """The worker may not read the log."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for. Empty fields ask for everything; `since` and `until` are whole days, both included."""

    since: dt.date
    until: dt.date
    worker: uuid.UUID | None = None
    reference: str = ""
    act: str = ""
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the log as it is shown. Dossiers of other committees are counted and not named."""

    entry: Entry
    worker: str
    references: Sequence[str]
    others: int

    @property
    def more(self) -> int:
        """How many dossiers stand behind those that a list has room for."""
        return len(self.references[LISTED:]) + self.others


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of lines, the newest first, and where the next page begins, if there is one."""

    lines: Sequence[Line]
    after: str


def readers_workers(reader: Worker, at: dt.datetime) -> QuerySet[Worker]:
    """Return the workers of the committees whose log `reader` reads, those who have left too."""
    committees = granted(reader, at).authorities(Ability.LOG_READ)
    return Worker.objects.filter(memberships__unit__authority__in=committees).distinct().order_by("name", "id")


def search(wanted: Wanted, *, after: str = "", by: Worker, at: dt.datetime) -> Found:
    """Return a page of the log, and log that it was searched. Raises NotTheReader.

    The same few queries however long the log is: a page begins where the last one ended, and is not counted.
    """
    rows, dossier = _rows(wanted, by, at)
    _write(Act.SEARCHED, dossier, by=by, at=at)
    page = list(_beyond(rows, after)[: PAGE + 1])
    lines = _lines(page[:PAGE], by, at)
    return Found(lines=lines, after=_place(page[PAGE - 1]) if len(page) > PAGE else "")


def take_out(wanted: Wanted, *, by: Worker, at: dt.datetime) -> Iterator[Line]:
    """Log that the lines are taken out, and give them, at most MOST_TAKEN_OUT. Raises NotTheReader before the first."""
    rows, dossier = _rows(wanted, by, at)
    _write(Act.EXPORTED, dossier, by=by, at=at)
    return _batches(rows, by, at)


def _batches(rows: QuerySet[Entry], by: Worker, at: dt.datetime) -> Iterator[Line]:
    after, left = "", MOST_TAKEN_OUT
    while left > 0:
        some = list(_beyond(rows, after)[: min(1000, left)])
        if not some:
            return
        yield from _lines(some, by, at)
        after, left = _place(some[-1]), left - len(some)


def _write(act: Act, dossier: uuid.UUID | None, *, by: Worker, at: dt.datetime) -> None:
    log.write(act, worker=by.id, dossiers=[dossier] if dossier else [], purpose=Purpose.LOG_REVIEW, at=at)


def _rows(wanted: Wanted, by: Worker, at: dt.datetime) -> tuple[QuerySet[Entry], uuid.UUID | None]:
    """Return the lines that are wanted, and the dossier asked for by its reference."""
    committees = granted(by, at).authorities(Ability.LOG_READ)
    if not committees:
        raise NotTheReader
    rows = Entry.objects.filter(at__gte=starts(wanted.since), at__lt=starts(wanted.until + dt.timedelta(days=1)))
    known = set(readers_workers(by, at).values_list("id", flat=True))
    dossier = None
    if wanted.reference:
        ours = Dossier.objects.filter(reference=wanted.reference, authority__in=committees)
        dossier = ours.values_list("id", flat=True).first()
        if dossier is None:
            return Entry.objects.none(), None
        rows = rows.filter(dossiers__contains=[dossier])
    elif wanted.worker:
        rows = rows.filter(worker=wanted.worker) if wanted.worker in known else Entry.objects.none()
    else:
        rows = rows.filter(Q(worker__in=known) | Q(worker=None))
    if wanted.reference and wanted.worker:
        rows = rows.filter(worker=wanted.worker)
    for name in ("act", "purpose"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    return rows.order_by("-at", "-id"), dossier


def _beyond(rows: QuerySet[Entry], after: str) -> QuerySet[Entry]:
    """Return the lines older than the place `after`; all of them when it is no place."""
    moment, _mark, number = after.partition("_")
    try:
        at, entry = dt.datetime.fromisoformat(moment), uuid.UUID(number)
    except ValueError:
        return rows
    if at.utcoffset() is None:
        return rows
    return rows.filter(Q(at__lt=at) | Q(id__lt=entry), at__lte=at)


def _place(entry: Entry) -> str:
    return f"{entry.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{entry.id}"


def _lines(entries: Sequence[Entry], by: Worker, at: dt.datetime) -> list[Line]:
    names = dict(Worker.objects.filter(id__in={row.worker for row in entries}).values_list("id", "name"))
    ids = {dossier for row in entries for dossier in row.dossiers}
    committees = granted(by, at).authorities(Ability.LOG_READ)
    known: Mapping[uuid.UUID, str] = dict(
        Dossier.objects.filter(id__in=ids, authority__in=committees).values_list("id", "reference")
    )
    return [
        Line(
            entry=row,
            worker=names.get(row.worker, "") if row.worker else "",
            references=_known(row.dossiers, known),
            others=sum(dossier not in known for dossier in row.dossiers),
        )
        for row in entries
    ]


def _known(dossiers: Collection[uuid.UUID], known: Mapping[uuid.UUID, str]) -> list[str]:
    return [known[dossier] for dossier in dossiers if dossier in known]
