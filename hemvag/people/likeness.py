"""How like two identities are, and why: pure comparison, of what only a machine may hold side by side."""

import enum
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from hemvag.people import spelling
from hemvag.people.identities import Birth, Identity, Name, swapped
from hemvag.people.spelling import Word

SUGGESTED_FROM: Final = 60
"""Per cent of likeness from which two are suggested to be one."""


SHOWN_FROM: Final = 50
"""Per cent of likeness from which a search shows it: one name and the day of birth are enough."""


class Reason(enum.StrEnum):
    """Why two are alike, or how they differ; the page says it in words."""

    SAME_NUMBER = "same_number"
    OTHER_NUMBER = "other_number"
    SAME_NAME = "same_name"
    SAME_NAME_OTHER_SPELLING = "same_name_other_spelling"
    SIMILAR_NAME = "similar_name"
    PART_OF_NAME = "part_of_name"
    SAME_BIRTH_DATE = "same_birth_date"
    BIRTH_DATE_SWAPPED = "birth_date_swapped"
    SAME_BIRTH_YEAR = "same_birth_year"
    BIRTH_YEAR_CLOSE = "birth_year_close"
    BIRTH_OTHER = "birth_other"
    BIRTH_UNKNOWN = "birth_unknown"
    SAME_GUARDIAN = "same_guardian"


@dataclass(frozen=True)
class Likeness:
    """Per cent, and the reasons. It leaves a comparison as one number, so that no content can come along."""

    score: int
    reasons: tuple[Reason, ...]

    def as_number(self) -> float:
        """Return the score with one bit for each reason below it; greater when more alike."""
        order = list(Reason)
        bits = sum(1 << order.index(reason) for reason in self.reasons)
        return float((self.score << len(order)) + bits)

    @classmethod
    def from_number(cls, number: float) -> "Likeness":
        """Return what `as_number` wrote."""
        order = list(Reason)
        bits = int(number)
        return cls(bits >> len(order), tuple(reason for place, reason in enumerate(order) if bits >> place & 1))


def likeness(one: Identity, other: Identity) -> Likeness:
    """Say how like two identities are. The same number decides; different ones of the same kind rule it out."""
    return likeness_to(one)(other)


def likeness_to(one: Identity) -> Callable[[Identity], Likeness]:
    """Return the likeness to `one`, whose names are read once for all that it is compared with."""
    return functools.partial(_likeness, one, _read(one.names))


def _likeness(one: Identity, read: Sequence[Sequence[Word]], other: Identity) -> Likeness:
    names, name_reason = _names(read, _read(other.names))
    birth, birth_reason = _birth(one.birth, other.birth)
    guardian = _guardians(one, other)
    reasons = [name_reason, birth_reason, Reason.SAME_GUARDIAN if guardian else None]
    if one.number.value and one.number.value == other.number.value:
        return _stated(100, [Reason.SAME_NUMBER, *reasons])
    score = 65 * names + 35 * birth + (6 if guardian else 0)
    if names < 0.7:
        score = min(score, SUGGESTED_FROM - 12 + 10 * names)
        if name_reason and birth_reason == Reason.SAME_BIRTH_DATE:
            score = max(score, SHOWN_FROM)
    if one.number.value and other.number.value and one.number.kind == other.number.kind:
        return _stated(min(score, SUGGESTED_FROM - 10), [Reason.OTHER_NUMBER, *reasons])
    return _stated(min(score, 99), reasons)


def _stated(score: float, reasons: Sequence[Reason | None]) -> Likeness:
    return Likeness(max(0, min(100, round(score))), tuple(reason for reason in Reason if reason in reasons))


def _read(names: Sequence[Name]) -> list[list[Word]]:
    return [spelling.words(name.given, name.family) for name in names]


def _names(ones: Sequence[Sequence[Word]], others: Sequence[Sequence[Word]]) -> tuple[float, Reason | None]:
    """Return the best likeness (0 to 1) of any name of the one with any of the other."""
    best, same, part = 0.0, False, False
    for mine, theirs in product(ones, others):
        found = _paired(mine, theirs)
        written = {word.written for word in mine} == {word.written for word in theirs}
        best = max(best, _together(found, abs(len(mine) - len(theirs))))
        same = same or (bool(mine) and written)
        part = part or max(found, default=0.0) >= 0.95
    if best < 0.7:
        return best, Reason.PART_OF_NAME if part else None
    if best < 0.95:
        return best, Reason.SIMILAR_NAME
    return best, Reason.SAME_NAME if same else Reason.SAME_NAME_OTHER_SPELLING


def _together(found: Sequence[float], over: int) -> float:
    """Say how like two names are whose words are so like in pairs, when one has `over` words more; a word that finds no
    like pulls all down, less when two others do."""
    if not found:
        return 0.0
    worst = min(found)
    if sum(one >= 0.95 for one in found) >= 2:
        worst = max(worst, 0.7)
    single = 0.85 if len(found) == 1 and over else 0.985 ** min(over, 2)
    return single * (sum(found) / len(found)) * (worst if worst < 0.75 else 1.0)


def _paired(mine: Sequence[Word], theirs: Sequence[Word]) -> list[float]:
    """Pair the words, in any order, of the shorter name with the other's; return how like each pair is."""
    fewer, more = sorted((list(mine), list(theirs)), key=len)
    left, found = list(more), []
    for word in sorted(fewer, key=lambda word: -len(word.written)):
        like = [word_likeness(word, other) for other in left]
        found.append(max(like))
        del left[like.index(max(like))]
    return found


def word_likeness(one: Word, other: Word) -> float:
    """Return 0 to 1. Spelling rules come first: two different known names are never alike, however near in letters."""
    if one.written == other.written:
        return 1.0
    if one.family and one.family == other.family:
        return 0.97
    if one.family and other.family:
        return 0.4
    if one.forms & other.forms:
        return 0.97
    near = max(
        (JaroWinkler.similarity(mine, theirs) + OSA.normalized_similarity(mine, theirs)) / 2
        for mine in one.forms
        for theirs in other.forms
    )
    return max(near, 0.85) if one.keys & other.keys and near > 0.75 else min(near, 0.9) * 0.95


def _birth(one: Birth, other: Birth) -> tuple[float, Reason]:
    """Return the likeness (0 to 1) of two births as far as they are known; unknown speaks neither for nor against."""
    if one.year is None or other.year is None:
        return 0.55, Reason.BIRTH_UNKNOWN
    if one.kind == other.kind == "exact":
        if one.date == other.date:
            return 1.0, Reason.SAME_BIRTH_DATE
        if swapped(one.date) == other.date:
            return 0.9, Reason.BIRTH_DATE_SWAPPED
        return _years(one.year, other.year, same=0.6)
    if one.date.startswith(other.date) or other.date.startswith(one.date):
        return 0.85, Reason.SAME_BIRTH_YEAR
    return _years(one.year, other.year, same=0.8)


def _years(one: int, other: int, *, same: float) -> tuple[float, Reason]:
    if one == other:
        return same, Reason.SAME_BIRTH_YEAR
    if abs(one - other) == 1:
        return same - 0.15, Reason.BIRTH_YEAR_CLOSE
    return max(0.0, 0.3 - 0.1 * abs(one - other)), Reason.BIRTH_OTHER


def _guardians(one: Identity, other: Identity) -> bool:
    if not one.guardians or not other.guardians:
        return False
    mine, theirs = ([spelling.words(guardian.name) for guardian in who.guardians] for who in (one, other))
    return any(_together(_paired(*pair), abs(len(pair[0]) - len(pair[1]))) >= 0.85 for pair in product(mine, theirs))
