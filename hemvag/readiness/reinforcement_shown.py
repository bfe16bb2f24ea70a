"""What the pages of reinforcement say: before and after in words and as a drawing, and what each method assumes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hemvag.counts.words import say
from hemvag.disclosure import Held, exact
from hemvag.readiness.basis import Basis, Ends
from hemvag.readiness.consequence import Consequence, Proposed, Row
from hemvag.readiness.methods import Span

WIDTH: Final = 400
STEP: Final = 52


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One district of the drawing, in its own measure: how far its bars reach, and where a range begins."""

    y: int
    label: str
    words: str
    before: tuple[float, float] | None
    after: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The bars, and where ρ is 1."""

    height: int
    base: int
    one: float
    bars: Sequence[Bar]


@dataclass(frozen=True, kw_only=True)
class Method:
    """What one method proposes: each division as a line of words."""

    splits: Sequence[str]
    number: int
    is_stable: bool
    left_out: str


def mark(basis: Basis, split: Sequence[int]) -> str:
    """Return a mark of everything that was shown: another one means that something has changed."""
    whole = json.dumps([basis.kept(), list(split)], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _number(value: float, digits: int) -> str:
    """Return a number rounded: Django itself would cut it."""
    return number_format(round(value, digits), digits)


def ends(kept: Ends) -> str:
    """Return a counted number in words."""
    if kept is None:
        return _("okänt")
    low, high = kept
    return say(exact(low) if low == high else Held(low, high))


def ratio(span: Span | None) -> str:
    """Return ρ in words: a number, a range where what it is reckoned from is held back, or unknown."""
    if span is None:
        return _("okänt")
    low, high = (_number(end, 2) for end in span)
    return low if low == high else f"{low}–{high}"


def rows(found: Consequence) -> list[dict[str, Any]]:
    """Return the districts' rows, in words."""
    return [
        {
            "name": row.place.name,
            "cases": [ends(row.place.cases[kind]) for kind in row.place.cases],
            "late": ends(row.place.late),
            "reports": ends(row.place.reports),
            "staff": _("okänt") if row.place.staff is None else _number(row.place.staff, 1),
            "before": ratio(row.before),
            "posts": row.posts,
            "after": ratio(row.after),
        }
        for row in found.rows
    ]


def method(proposed: Proposed, names: Sequence[str]) -> Method:
    """Return what a method proposes."""
    terms = {"reports": _("anmälningar"), "late": _("försenade"), "estimate": _("den egna uppskattningen")}
    terms["last"] = _("förra fördelningen")
    left = [terms.get(name, name) for name in proposed.left_out]
    return Method(
        splits=[", ".join(f"{name} {n}" for name, n in zip(names, one, strict=True)) for one in proposed.splits],
        number=proposed.number,
        is_stable=proposed.is_stable,
        left_out=", ".join(left),
    )


def highest(found: Consequence) -> list[tuple[str, str]]:
    """Return the highest ρ after each division that can be compared."""
    words = {"own": _("Ert förslag"), "load": _("Metod A"), "need": _("Metod B"), "equal": _("Lika många till alla")}
    return [(words[code], _("okänt") if top is None else _number(top, 2)) for code, top in found.highest]


def lines(found: Consequence) -> list[dict[str, str]]:
    """Return how the support line does with each number of seats, in words."""
    told = []
    for seats, line in found.lines:
        if line is None:
            told.append({"seats": str(seats), "waits": _("hinner aldrig i kapp"), "mean": "–", "within": "–"})
            continue
        facts = {"waits": _number(line.waits * 100, 1), "within": _number(line.within * 100, 0)}
        told.append(
            {
                "seats": str(seats),
                "waits": _("%(waits)s procent") % facts,
                "mean": _("%(minutes)s minuter") % {"minutes": _number(line.mean_wait, 1)},
                "within": _("%(within)s procent") % facts,
            }
        )
    return told


def draw(found: Sequence[Row]) -> Drawing:
    """Return the drawing of before and after."""
    tops = [span[1] for row in found for span in (row.before, row.after) if span]
    most = max([1.2, *tops])

    def x(value: float) -> float:
        return round(value / most * WIDTH, 1)

    bars = [
        Bar(
            y=STEP * i + 16,
            label=row.place.name,
            words=f"{ratio(row.before)} → {ratio(row.after)}",
            before=(x(row.before[0]), x(row.before[1])) if row.before else None,
            after=(x(row.after[0]), x(row.after[1])) if row.after else None,
        )
        for i, row in enumerate(found)
    ]
    base = STEP * len(found) + 8
    return Drawing(height=base + 18, base=base, one=x(1), bars=bars)
