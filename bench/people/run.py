"""Ask the labelled questions three ways among the crowd, and say what was found, how soon, and where it failed."""

import contextlib
import datetime as dt
import random
import sys
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from tqdm import tqdm

from bench import lay as laying
from bench import table
from bench.people import lay, trigram, variants
from bench.people.lay import Plain
from bench.people.variants import Asked
from bench.town import Town
from hemvag.access import abilities
from hemvag.dossiers.models import Sight
from hemvag.lib import clock
from hemvag.people import matching, search

SEED = 20261125
TEN = 10
RECALL, FIRST = 0.98, 0.95
HUNDREDS = 200


@dataclass
class Way:
    """One way of looking, and what it found: for each question, the places in order; and milliseconds."""

    name: str
    found: list[tuple[Asked, list[int]]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def recall(self, kind: str = "") -> float:
        """The share of questions whose answer is among the first ten."""
        return _share([asked.meant in places[:TEN] for asked, places in self._of(kind)])

    def first(self, kind: str = "") -> float:
        """The share of answered questions whose first answer is the right one."""
        return _share([places[0] == asked.meant for asked, places in self._of(kind) if places])

    def _of(self, kind: str) -> Iterable[tuple[Asked, list[int]]]:
        return ((asked, places) for asked, places in self.found if kind in {"", asked.kind})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many are laid and planted, and how many questions the two other ways are asked."""

    size: int
    planted: int
    beside: int
    tune: bool = False
    told: int = 0


def run(address: dict[str, Any], plan: Plan) -> int:
    """Lay, ask and print; return 0 when the goals are met, else 1."""
    planted, near, questions = variants.labelled(plan.planted, random.Random(SEED))
    made, known = lay.everything(address, [*planted, *near], plan.size)
    asked = [one for one in questions if one.held_out != plan.tune]
    random.Random(SEED).shuffle(asked)
    some = asked[: plan.beside]
    ours, plainly, jaro = Way("Hemväg, sealed"), Way("trigrams, plain text"), Way("Jaro-Winkler, plain text")
    before = table.busy()
    _ask_both(made, asked, some, (ours, plainly), known)
    texts = [one.text for one in known]
    jaro.found = [(one, _jaro(one, known, texts)) for one in tqdm(some, desc="Jaro-Winkler", file=sys.stderr)]
    half = "the half that was tuned on" if plan.tune else "the half held out"
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {plan.size:,} people, {plan.planted:,} planted;")
    print(f"{half} of {len(questions):,} questions: {len(asked):,} to Hemväg, {len(some):,} of them to the others;")
    print(f"{table.machine(laying.version(address))}; load average before {before}\n")
    _print([ours, plainly, jaro], some)
    _misses(ours, planted, plan.told)
    met = ours.recall() >= RECALL and ours.first() >= FIRST
    print(f"\nGoals (recall at ten {RECALL}, first answer right {FIRST}): {'met' if met else 'not met'}.")
    return 0 if met else 1


def _ask_both(
    made: Town, asked: Sequence[Asked], some: Sequence[Asked], ways: tuple[Way, Way], known: Sequence[Plain]
) -> None:
    """Ask by turns, so that a machine that is slower for a while is slower for both. What the registrar may is known
    before, as within a request."""
    ours, plainly = ways
    made.registrars[0].grants_of_request = abilities.ask(made.registrars[0], clock.now())  # type: ignore[attr-defined]
    places = {lay.dossier_id(place): place for place in range(len(known))}
    too = {id(one) for one in some}
    with contextlib.ExitStack() as stack:
        connection: psycopg.Connection | None = None
        if some:
            connection = stack.enter_context(trigram.plaintext(known))
        for one in tqdm(asked, desc="asking", file=sys.stderr):
            found, took = find(made, one, places)
            ours.found.append((one, found))
            if connection is None or id(one) in too:
                ours.took.append(took)
            if connection is not None and id(one) in too:
                found, took = trigram.ask(connection, lay.plain(one.identity))
                plainly.found.append((one, found))
                plainly.took.append(took)


def find(made: Town, one: Asked, places: dict[uuid.UUID, int]) -> tuple[list[int], float]:
    """Return the places of those that a registrar's search finds, in order, and the milliseconds it took."""
    began = time.perf_counter()
    found = matching.find(
        one.identity,
        authority=made.authority.id,
        by=made.registrars[0],
        at=clock.now(),
        least=search.LEAST,
        sight=Sight.IDENTITY,
    )
    return [places[hit.dossier_id] for hit in found], 1000 * (time.perf_counter() - began)


def _jaro(one: Asked, known: Sequence[Plain], texts: Sequence[str]) -> list[int]:
    """Compare the name with everybody's; of the likest two hundred those with the same date come first."""
    asked = lay.plain(one.identity)
    likest = process.extract(asked.text, texts, scorer=JaroWinkler.similarity, processor=None, limit=HUNDREDS)
    ranked = sorted((-(0.65 * like + 0.35 * (known[place].born == asked.born)), place) for _text, like, place in likest)
    return [place for _like, place in ranked[:TEN]]


def _print(ways: Sequence[Way], some: Sequence[Asked]) -> None:
    print("| | recall at ten | first right | p50 ms | p95 ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for way in ways:
        if way.found:
            p50, p95 = (f"{_part(way.took, part):.0f}" if way.took else "" for part in (0.5, 0.95))
            print(f"| {way.name} | {way.recall():.3f} | {way.first():.3f} | {p50} | {p95} |")
    if some:
        chosen = {id(one) for one in some}
        same = Way("Hemväg, the same questions", [row for row in ways[0].found if id(row[0]) in chosen])
        print(f"| {same.name} | {same.recall():.3f} | {same.first():.3f} | | |")
    print("\n| kind | questions | " + " | ".join(f"{way.name}: recall, first" for way in ways if way.found) + " |")
    print("| --- | ---: |" + " ---: |" * len([way for way in ways if way.found]))
    for kind in variants.KINDS:
        count = sum(1 for asked, _places in ways[0].found if asked.kind == kind)
        cells = " | ".join(f"{way.recall(kind):.3f}, {way.first(kind):.3f}" for way in ways if way.found)
        print(f"| {kind} | {count} | {cells} |")


def _misses(ours: Way, planted: Sequence[Any], told: int) -> None:
    missed = [(asked, places) for asked, places in ours.found if not places or places[0] != asked.meant]
    for asked, places in missed[:told]:
        child = planted[asked.meant]
        where = places.index(asked.meant) if asked.meant in places else None
        print(
            asked.kind,
            child.written,
            child.born,
            "asked:",
            asked.identity.names[0].given,
            asked.identity.birth.date,
            where,
            len(places),
        )


def _part(took: Sequence[float], part: float) -> float:
    return sorted(took)[min(len(took) - 1, int(part * len(took)))]


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
