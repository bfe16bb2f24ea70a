"""Lay a hundred thousand children's cases, sealed as the verbs seal them: a key each, wrapped; identity, reports, notes
and reasons under it; blind tokens, steps, decisions, journal and read log in the open.

Of every hundred cases six wait for their preliminary assessment (a third of those with nobody), six are under
investigation, and the rest are closed. Three years of reports; the newest wait.
"""

import datetime as dt
import hashlib
import multiprocessing
import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench import rows
from bench.rows import Row, row
from bench.town import Town
from hemvag.audit import log, writer
from hemvag.audit.models import Act, Entry, Purpose
from hemvag.concerns.models import Channel, ConcernReport, Decision, DecisionKind, Step, StepKind
from hemvag.dossiers.keys import keyring
from hemvag.dossiers.models import Assignment, Compartment, Dossier, JournalEntry, Sealed, WrappedKey
from hemvag.dossiers.opened import Opened
from hemvag.people import identities, tokens
from hemvag.people.identities import Birth, Guardian, Identity, Name, Number
from hemvag.staff.models import Worker
from hemvag.vault import box

CHUNK = 2_500
PROCESSES = 2
WAITING, INVESTIGATED = 6, 6
LEAST_WAITING = 700
UNASSIGNED = 3
SPAN = dt.timedelta(days=3 * 365)
_GIVEN = (
    "Amina Noor Elsa Alice Maja Vera Sara Leyla Hodan Zahra Alma Saga Ebba Ines Lova Ella Astrid Freja Yusuf Adam "
    "Omar Hugo Noah Elias Ali Liam Oskar Viggo Ibrahim Mohammed Abdi Leo Nils Sam Karim Jonathan Amir Isak Malte Axel"
)
_FAMILIES = (
    "Andersson Öberg Ahmed Hassan Lindqvist Nilsson Warsame Ali Berg Åkesson Haddad Jönsson Ek Nur Sandström Khalil "
    "Persson Wallin Farah Lund Hussein Ström Abdullahi Björk Sjögren Mahmoud Holm Yusuf Dahl Rahimi Fransson Osman"
)
GIVEN, FAMILIES = _GIVEN.split(), _FAMILIES.split()
PROVISION = "20 kap. 2 § SoL (2025:400)"
SENTENCE = "Barnet har varit borta från skolan i flera veckor och ingen har kunnat nå hemmet på telefon. "


@dataclass(frozen=True)
class Waiting:
    """A case whose preliminary assessment waits, with the worker who has it (none: the unit's lead gives it out)."""

    dossier: uuid.UUID
    step: uuid.UUID
    worker: uuid.UUID | None


@dataclass
class Laid:
    """What was laid: the waiting ones, and each worker's cases."""

    waiting: list[Waiting] = field(default_factory=list)
    of_worker: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    unassigned: dict[uuid.UUID, int] = field(default_factory=lambda: defaultdict(int))


def lay(address: dict[str, Any], town: Town, number: int, now: dt.datetime, told: Callable[[int], None]) -> Laid:
    """Lay `number` cases over the address of a role that may switch triggers off; `told` hears how many are laid."""
    chunks = [(address, town, start, min(start + CHUNK, number), number, now) for start in range(0, number, CHUNK)]
    laid = Laid()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        for start, part in enumerate(pool.imap_unordered(_chunk, chunks)):
            laid.waiting += part.waiting
            for worker, dossiers in part.of_worker.items():
                laid.of_worker[worker] += dossiers
            for unit, count in part.unassigned.items():
                laid.unassigned[unit] += count
            told(min((start + 1) * CHUNK, number))
    return laid


def _chunk(given: tuple[dict[str, Any], Town, int, int, int, dt.datetime]) -> Laid:
    address, town, start, end, number, now = given
    chance, laid = random.Random(start), Laid()
    stack = [row for place in range(start, end) for row in _Case(town, place, number, now, chance).rows(laid)]
    with psycopg.connect(**address) as connection:
        connection.execute("SET session_replication_role = replica")
        rows.lay(connection, stack)
    return laid


class _Case:
    """One child's case, as far as it has come."""

    def __init__(self, town: Town, place: int, number: int, now: dt.datetime, chance: random.Random) -> None:
        self.chance = chance
        waits = max(number * WAITING // 100, min(LEAST_WAITING, number * 7 // 10))
        ahead = waits + number * INVESTIGATED // 100
        self.state = "waiting" if place < waits else "investigated" if place < ahead else "closed"
        ages = {"waiting": (0, 14), "investigated": (10, 120), "closed": (120, SPAN.days)}
        days, most = ages[self.state]
        self.received = now - dt.timedelta(days=days + (most - days) * chance.random(), minutes=90)
        unit = place % len(town.units)
        self.worker: Worker | None = chance.choice(town.workers[unit])
        if self.state == "waiting" and place // len(town.units) % UNASSIGNED == 0:
            self.worker = None
        self.lead = town.leads[unit]
        self.registrar = chance.choice(town.registrars)
        self.key = box.new_key()
        self.dossier = Dossier(
            reference=f"B{self.received:%y}-{place:06d}",
            compartment=Compartment.CHILD.value,
            authority_id=town.authority.id,
            unit_id=town.units[unit].id,
            district_id=town.districts[unit].id,
            worker=self.worker,
            opened_at=self.received,
        )
        self.opened = Opened(self.dossier, self.key)

    def rows(self, laid: Laid) -> Iterator[Row]:
        """Give every row of the case, and note in `laid` what a measure needs to find it."""
        yield rows.of(self.dossier)
        yield from self._record()
        yield from self._identity()
        text = {"text": SENTENCE * 6, "shared": str(uuid.uuid4()), "siblings": [], "contact": None}
        said = {"reporter": {"kind": "police", "name": "Bo Ek", "organisation": "Polisen", "title": "", "contact": ""}}
        content = self._sealed("report", text | said | {"other_municipality": ""}, self.registrar, self.received)
        report = uuid.uuid4()
        yield rows.of(content)
        yield row(
            ConcernReport,
            id=report,
            dossier_id=self.dossier.id,
            content_id=content.id,
            received_at=self.received,
            registered_at=self.received,
            source="police",
            channel=Channel.WRITTEN.value,
            by_id=self.registrar.id,
        )
        yield self._entry("report_received", content, self.registrar, self.received)
        yield from self._steps(report, laid)

    def _record(self) -> Iterator[Row]:
        yield row(
            WrappedKey,
            dossier_id=self.dossier.id,
            authority_id=self.dossier.authority_id,
            wrapped=keyring().wrap(self.dossier.authority_id, self.dossier.id, self.key).sealed,
            made_at=self.received,
        )
        for worker, reason in [(None, "district"), *([(self.worker.id, "assigned")] if self.worker else [])]:
            yield row(
                Assignment,
                dossier_id=self.dossier.id,
                unit_id=self.dossier.unit_id,
                worker_id=worker,
                reason=reason,
                at=self.received,
                by_id=self.lead.id,
            )
        for act in (Act.CREATED, Act.OPENED, Act.OPENED):
            facts = {"worker": self.registrar.id, "dossiers": [self.dossier.id], "purpose": Purpose.HANDLE}
            this = writer.this()
            line = log.signed(act, **facts, at=self.received, door="staff", place=(this.id, this.take()))
            yield row(Entry, **line._asdict() | {"at": self.received, "dossiers": list(line.dossiers)})

    def _identity(self) -> Iterator[Row]:
        born = dt.date(self.received.year - self.chance.randint(1, 16), self.chance.randint(1, 12), 1)
        family = self.chance.choice(FAMILIES)
        child = Identity(
            names=[Name(given=self.chance.choice(GIVEN), family=family)],
            birth=Birth(kind="exact", date=born.isoformat()),
            number=Number(kind="reserve", value=self.dossier.reference),
            whereabouts="here",
            guardians=[Guardian(name=f"Sara {family}", relation="mamma", contact="070-174 06 05")],
        )
        yield rows.of(self._sealed("identity", child.as_data(), self.registrar, self.received))
        yield rows.of(tokens.token_set(self.dossier, identities.traits(child)))

    def _steps(self, report: uuid.UUID, laid: Laid) -> Iterator[Row]:
        protection = self._step(report, StepKind.PROTECTION, self.received)
        preliminary = self._step(report, StepKind.PRELIMINARY, self.received)
        if self.worker is None:
            laid.unassigned[self.dossier.unit_id] += 1
            waiting = Waiting(self.dossier.id, preliminary["id"], None)
        else:
            laid.of_worker[self.worker.id].append(self.dossier.id)
            waiting = Waiting(self.dossier.id, preliminary["id"], self.worker.id)
            yield from self._worked(protection, preliminary, self.worker)
        if self.state == "waiting":
            laid.waiting.append(waiting)
        yield from (row(Step, **protection), row(Step, **preliminary))

    def _worked(self, protection: dict[str, Any], preliminary: dict[str, Any], worker: Worker) -> Iterator[Row]:
        at = self.received + dt.timedelta(hours=1)
        reasons = {"outcome": "no_need", "reasons": SENTENCE * 2, "assessed_at": at.isoformat()}
        content = self._sealed(StepKind.PROTECTION.value, reasons, worker, at)
        protection |= {"done_at": at, "done_by_id": worker.id, "outcome": "no_need", "content_id": content.id}
        yield from (rows.of(content), self._entry("protection_no_need", content, worker, at))
        for _number in range(self.chance.randint(0, 3)):
            note = self._sealed("note", {"text": SENTENCE * 3}, worker, at)
            yield from (rows.of(note), self._entry("note_call", note, worker, at))
        if self.state != "waiting":
            yield from self._decided(preliminary, worker)

    def _decided(self, preliminary: dict[str, Any], worker: Worker) -> Iterator[Row]:
        at = self.received + dt.timedelta(days=9)
        opens = self.state == "investigated" or self.chance.random() < 0.4
        yield from self._decision(preliminary, DecisionKind.OPEN if opens else DecisionKind.NOT_OPEN, worker, at)
        if opens:
            investigation = self._step(preliminary["report_id"], StepKind.INVESTIGATION, at)
            if self.state == "closed":
                end = at + dt.timedelta(days=100)
                yield from self._decision(investigation, DecisionKind.CLOSE_NO_MEASURE, worker, end)
            yield row(Step, **investigation)

    def _decision(self, step: dict[str, Any], kind: DecisionKind, worker: Worker, at: dt.datetime) -> Iterator[Row]:
        step |= {"done_at": at, "done_by_id": worker.id, "outcome": kind.value}
        text = {"reasons": SENTENCE * 3, "until": None, "signer": worker.name}
        content = self._sealed("decision", text, worker, at)
        yield rows.of(content)
        yield row(
            Decision,
            dossier_id=self.dossier.id,
            step_id=step["id"],
            kind=kind.value,
            decided_at=at,
            signed_at=at,
            by_id=worker.id,
            provision=PROVISION,
            content_id=content.id,
            digest=hashlib.sha256(bytes(content.content)).hexdigest(),
        )
        yield self._entry(f"decided_{kind.value}", content, worker, at)

    def _step(self, report: uuid.UUID, kind: StepKind, at: dt.datetime) -> dict[str, Any]:
        return {
            "id": uuid.uuid4(),
            "dossier_id": self.dossier.id,
            "report_id": report,
            "kind": kind.value,
            "started_at": at,
        }

    def _sealed(self, kind: str, content: dict[str, Any], by: Worker, at: dt.datetime) -> Sealed:
        return self.opened.prepared(kind, content, by=by, at=at)

    def _entry(self, step: str, note: Sealed, by: Worker, at: dt.datetime) -> Row:
        return row(
            JournalEntry,
            dossier_id=self.dossier.id,
            step=step,
            provision=PROVISION,
            at=at,
            by_id=by.id,
            note_id=note.id,
        )
