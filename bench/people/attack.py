"""Whoever has a dump and no key: can the commonest full names be told from how tokens occur?

The attacker knows the program, its lists, and better statistics than there are: the true number of bearers of each full
name in the dump itself. Two ways are tried, with one guess for each of the commonest names:

- by number: the tokens in order of how often they occur, laid beside all that tokens stand for in order of how often
  each is expected to;
- by company: dossiers whose tokens occur together are joined, as those of one name and year do, and laid beside the
  names of a year that as many bear.

A guess is right when the token stands for the name, or when most of a crowd bear it. Chance is the same guesses
dealt at random.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DEALS: Final = 400
MANY: Final = 4
MOST: Final = 200
Set = frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one way of attack told: names placed rightly, and how many chance places (on average, and in one deal of a
    hundred)."""

    way: str
    names: int
    right: int
    chance: float
    seldom: int

    @property
    def is_better_than_chance(self) -> bool:
        """More names were placed rightly than in all but one deal of a hundred."""
        return self.right > self.seldom


def attacks(
    dump: Sequence[Mapping[int, str]], truth: Sequence[str], years: Sequence[int], most: int = 1_000
) -> list[Told]:
    """Try both ways on the token sets of a dump.

    What each token stands for ("one+other 3", empty when nothing), who each dossier is about and when born are there
    for counting what was told, and for the attacker's statistics.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    stands: dict[int, str] = {}
    for place, held in enumerate(dump):
        for token, word in held.items():
            holders[token].append(place)
            stands[token] = word.rpartition(" ")[0]
    shared = {token: frozenset(places) for token, places in holders.items() if len(places) > 1}
    in_year = [f"{name} {year}" for name, year in zip(truth, years, strict=True)]
    return [
        _by_number(holders, stands, most),
        _crowd("by company", _company(shared, len(dump)), in_year, most),
    ]


def _by_number(holders: Mapping[int, Collection[int]], stands: Mapping[int, str], most: int) -> Told:
    """Lay the tokens, in order of how often they occur, beside what they may stand for, in the order that the attacker
    expects of them: he knows how many bear each couple of names in each year, and over how many tokens it is spread."""
    chance = random.Random("by number")
    spread = Counter(stands.values())
    borne: Counter[str] = Counter()
    for token, places in holders.items():
        borne[stands[token]] += len(places)
    couples = [text for text, _count in borne.most_common() if "+" in text and " " not in text][:most]
    expected = [text for text, count in spread.items() if text for _one in range(count)]
    expected.sort(key=lambda text: (-borne[text] / spread[text], chance.random()))
    there = sorted(
        (token for token in holders if stands[token]), key=lambda token: (-len(holders[token]), chance.random())
    )
    really = [stands[token] for token in there]
    first: dict[str, str] = {}
    for guess, real in zip(expected, really, strict=True):
        first.setdefault(guess, real)
    pairs = [(couple, first[couple]) for couple in couples]
    return _dealt("by number", pairs, really, chance, len(couples))


def _dealt(way: str, pairs: Sequence[tuple[str, str]], pool: Sequence[str], chance: random.Random, names: int) -> Told:
    right = sum(guess == real for guess, real in pairs)
    dealt = []
    for _deal in range(DEALS):
        drawn = chance.sample(pool, len(pairs))
        dealt.append(sum(guess == real for (guess, _real), real in zip(pairs, drawn, strict=True)))
    return Told(way=way, names=names, right=right, chance=sum(dealt) / DEALS, seldom=sorted(dealt)[int(0.99 * DEALS)])


def _crowd(way: str, sets: Sequence[Set], truth: Sequence[str], most: int) -> Told:
    """Lay beside each of the commonest names a crowd of dossiers that is as great as its bearers are many."""
    chance = random.Random(way)
    of_size: dict[int, list[Set]] = defaultdict(list)
    for places in sorted(sets, key=lambda _places: chance.random()):
        of_size[len(places)].append(places)
    pairs = []
    for name, count in Counter(truth).most_common(most):
        if of_size[count]:
            pairs.append((name, _borne(of_size[count].pop(), truth)))
    return _dealt(way, pairs, [real for _guess, real in pairs], chance, most)


def _borne(places: Set, truth: Sequence[str]) -> str:
    """Return the name that more than half of the dossiers bear, if any."""
    name, count = Counter(truth[place] for place in places).most_common(1)[0]
    return name if 2 * count > len(places) else ""


def _company(shared: Mapping[int, Set], number: int) -> list[Set]:
    """Join dossiers that share so many tokens as two of the same name and year do, and what is joined to them."""
    together: Counter[tuple[int, int]] = Counter()
    for places in shared.values():
        ordered = sorted(places)[:MOST]
        together.update((one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :])
    leader = list(range(number))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for (one, other), count in together.items():
        if count >= MANY:
            leader[lead(one)] = lead(other)
    return _crowds([lead(place) for place in range(number)])


def _crowds(marks: Sequence[int]) -> list[Set]:
    crowds: dict[int, list[int]] = defaultdict(list)
    for place, mark in enumerate(marks):
        crowds[mark].append(place)
    return [frozenset(places) for places in crowds.values() if len(places) > 1]
