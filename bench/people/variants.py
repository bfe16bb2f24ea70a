"""How a planted child is asked for: as reports, letters and calls have it. Knows nothing of the program's rules.

The halves: a child belongs to one half by its first given name, so that no given name is both tuned on and reported on.
"""

import datetime as dt
import random
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bench.people import crowd
from bench.people.crowd import Person
from hemvag.people.identities import Birth, Identity, Name

A_CHILD = 3
CLOSE = 6
CONVENTIONS = {
    "french": [("sh", "ch"), ("oo", "ou"), ("u", "ou"), ("j", "dj"), ("w", "ou"), ("q", "k"), ("ee", "i")],
    "german": [
        ("sh", "sch"),
        ("j", "dsch"),
        ("y", "j"),
        ("kh", "ch"),
        ("z", "s"),
        ("v", "w"),
        ("ö", "oe"),
        ("ü", "ue"),
    ],
    "english": [
        ("ch", "sh"),
        ("ou", "oo"),
        ("i", "ee"),
        ("j", "y"),
        ("å", "aa"),
        ("ä", "ae"),
        ("ö", "oe"),
        ("ć", "ch"),
    ],
    "plain": [("ı", "i"), ("đ", "dj"), ("ø", "o"), ("æ", "ae"), ("'", ""), ("-", "")],
}
ADDED = {
    "ar": ("al-", "bin ", "ibn ", "bint "),
    "so": ("ina ",),
    "fa": ("al-",),
    "ku": ("al-",),
    "sv": ("von ", "af ", "de "),
}
PARTS = ("al-", "el-", "ibn ", "bin ", "von ", "af ", "de ", "abu-")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question and its answer: who is meant (the place in the planted list), how it varies, which half it is."""

    meant: int
    kind: str
    held_out: bool
    identity: Identity


@dataclass
class Told:
    """What is known of the child as it is told: names in order, and the birth."""

    names: list[str]
    birth: Birth


Change = Callable[[Person, random.Random], Told | None]


def labelled(number: int, chance: random.Random) -> tuple[list[Person], list[Person], list[Asked]]:
    """Return the planted children, those that stand beside them (twins and cousins), and three questions for each
    child."""
    planted = [_exact(crowd.person(chance)) for _ in range(number)]
    beside: list[Person] = []
    asked: list[Asked] = []
    used: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for place, child in enumerate(planted):
        for kind in _three(child, used, chance):
            told = KINDS[kind](child, chance)
            if told is None:
                raise ValueError(kind)
            if kind == "twin":
                beside.append(_twin(child, chance))
            if kind == "cousin":
                beside.append(_cousin(child, chance))
            used[kind] += 1
            identity = Identity(names=[Name(given=" ".join(told.names))], birth=told.birth)
            asked.append(Asked(meant=place, kind=kind, held_out=_held_out(child), identity=identity))
    return planted, beside, asked


def _three(child: Person, used: Counter[str], chance: random.Random) -> Sequence[str]:
    fit = [kind for kind in KINDS if KINDS[kind](child, random.Random(1)) is not None]
    return sorted(fit, key=lambda kind: (used[kind], chance.random()))[:A_CHILD]


def _held_out(child: Person) -> bool:
    return zlib.crc32(child.names[0].spellings[0].encode()) % 2 == 1


def _exact(child: Person) -> Person:
    return replace(child, birth=Birth(kind="exact", date=child.born.isoformat()))


def _twin(child: Person, chance: random.Random) -> Person:
    given = crowd.other_given(child.language, child.names[0], chance)
    return replace(child, names=(given, *child.names[1:]), written=(given.spellings[0], *child.written[1:]))


def _cousin(child: Person, chance: random.Random) -> Person:
    year = child.born.year + chance.choice([-1, 1]) * chance.randint(1, CLOSE)
    born = crowd.birthday("sv", chance).replace(year=year, day=1) + dt.timedelta(days=chance.randrange(28))
    return _exact(replace(child, born=born))


def _told(child: Person, names: Sequence[str] | None = None) -> Told:
    return Told(list(names or child.written), Birth(kind="exact", date=child.born.isoformat()))


def _spelled(child: Person, chance: random.Random) -> Told | None:
    """One of the names stands in another of its spellings; now and then each name that can."""
    can = [place for place, name in enumerate(child.names) if set(name.latin) - {child.written[place]}]
    if not can:
        return None
    changed = can if chance.random() < 0.3 else [chance.choice(can)]
    names = list(child.written)
    for place in changed:
        names[place] = chance.choice([one for one in child.names[place].latin if one != child.written[place]])
    return _told(child, names)


def _transliterated(child: Person, chance: random.Random) -> Told | None:
    """A clerk of another country wrote it down, or it stands in the script it comes from."""
    scripts = [
        (place, one) for place, name in enumerate(child.names) for one in name.spellings if one not in name.latin
    ]
    written = [
        [_converted(name, rules) for name in child.written]
        for language, rules in CONVENTIONS.items()
        if language != child.language
    ]
    changed = [names for names in written if [_bare(name) for name in names] != [_bare(name) for name in child.written]]
    changed += [names for names in written if names != list(child.written) and names not in changed]
    if scripts and (not changed or chance.random() < 0.5):
        names = list(child.written)
        for place, one in scripts:
            names[place] = one
        return _told(child, names)
    return _told(child, chance.choice(changed)) if changed else None


def _converted(name: str, rules: Sequence[tuple[str, str]]) -> str:
    """Apply at most two of the convention's habits: people are not consistent."""
    lower, used = name.lower(), 0
    for one, other in rules:
        if one in lower and used < 2:
            lower, used = lower.replace(one, other, 1), used + 1
    return lower.title()


def _bare(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name.lower()) if sign.isalpha() and ord(sign) < 128)


def _swapped(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    told.names = [told.names[-1], *told.names[:-1]]
    return told


def _particle(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    last = told.names[-1]
    for part in PARTS:
        if last.lower().startswith(part):
            told.names[-1] = last[len(part) :].title()
            return told
    if child.language not in ADDED:
        return None
    told.names[-1] = chance.choice(ADDED[child.language]) + last
    return told


def _called(child: Person, chance: random.Random) -> Told | None:
    if not child.names[0].called:
        return None
    return _told(child, [chance.choice(child.names[0].called), *child.written[1:]])


def _other_day(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    born, which = child.born, chance.randrange(3)
    if which == 0 and born.day <= 12 and born.day != born.month:
        wrong = born.replace(month=born.day, day=born.month)
    elif which == 1:
        wrong = born.replace(day=born.day % 28 + 1)
    else:
        wrong = born.replace(day=min(born.day, 28), month=born.month % 12 + 1)
    told.birth = Birth(kind="exact", date=wrong.isoformat())
    return told


def _no_year(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    told.birth = Birth()
    return told


def _about(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    told.birth = Birth(kind="approximate", date=str(child.born.year + chance.choice([-1, 0, 0, 1])))
    return told


def _slip(child: Person, chance: random.Random) -> Told | None:
    """One slip of a finger in one name: two letters change place, one is lost, doubled, or another."""
    names = list(child.written)
    place = chance.randrange(len(names))
    name = names[place]
    at = chance.randrange(1, max(2, len(name) - 1))
    names[place] = chance.choice(
        [
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + chance.choice("aeionrstlk") + name[at + 1 :],
        ]
    )
    return _told(child, names)


def _fewer(child: Person, chance: random.Random) -> Told | None:
    told = _maybe_spelled(child, chance)
    if len(told.names) < 3:
        return None
    del told.names[chance.choice([1, 1, len(told.names) - 1])]
    return told


def _beside(child: Person, chance: random.Random) -> Told | None:
    return _maybe_spelled(child, chance)


def _maybe_spelled(child: Person, chance: random.Random) -> Told:
    return (_spelled(child, chance) if chance.random() < 0.35 else None) or _told(child)


KINDS: dict[str, Change] = {
    "spelling": _spelled,
    "transliteration": _transliterated,
    "order": _swapped,
    "particle": _particle,
    "nickname": _called,
    "day or month": _other_day,
    "no year": _no_year,
    "about a year": _about,
    "slip": _slip,
    "fewer names": _fewer,
    "twin": _beside,
    "cousin": _beside,
}

__all__ = ["KINDS", "Asked", "labelled"]
