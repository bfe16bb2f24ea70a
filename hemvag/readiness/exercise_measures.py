"""What is measured in an exercise, in which unit, and where a goal is nought. Values come from the exercise's space, or
are entered by whoever led it; what nobody measured is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Unit = Literal["minutes", "count", "share"]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing to measure; of a share the goal is the whole, of a count the goal is `goal` when it has one."""

    code: str
    label: Any
    unit: Unit
    goal: int | None = None


MEASURES: Final[Sequence[Measure]] = (
    Measure(code="plan_minutes", label=gettext_lazy("Tid till öppnad mottagningsplan"), unit="minutes"),
    Measure(code="first_task_minutes", label=gettext_lazy("Tid till första skickade uppgiften"), unit="minutes"),
    Measure(code="accepted_minutes", label=gettext_lazy("Tid tills alla lämnade var mottagna"), unit="minutes"),
    Measure(code="protection_same_day", label=gettext_lazy("Skyddsbedömningar samma dag"), unit="share"),
    Measure(code="clocks_right", label=gettext_lazy("Klockor som började när anmälan kom"), unit="share"),
    Measure(code="beyond_need", label=gettext_lazy("Uppgifter som lämnades utöver behovet"), unit="count", goal=0),
    Measure(code="no_ground", label=gettext_lazy("Uppgifter som lämnades utan grund"), unit="count", goal=0),
    Measure(code="together", label=gettext_lazy("Barn som hölls ihop"), unit="share"),
    Measure(code="roster_minutes", label=gettext_lazy("Tid tills jourlistan svarade"), unit="minutes"),
    Measure(code="prints_right", label=gettext_lazy("Utskrifter som var rätt"), unit="share"),
)
CODES: Final = frozenset(measure.code for measure in MEASURES)
MOST: Final = 99_999


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One measure as the page shows it; `state` is "info" when it is unknown or has no goal."""

    label: str
    words: str
    state: Literal["done", "late", "info"]


def row(code: str, value: int, *, of: int | None = None) -> dict[str, Any]:
    """Return a measured value as reports keep it."""
    return {"code": code, "value": value, "of": of}


def is_row(found: object) -> bool:
    """Say whether something is a measured value as `row` makes it."""
    if not isinstance(found, dict) or set(found) != {"code", "value", "of"} or found["code"] not in CODES:
        return False
    value, of = found["value"], found["of"]
    if type(value) is not int or not 0 <= value <= MOST:
        return False
    is_share = next(one for one in MEASURES if one.code == found["code"]).unit == "share"
    return (type(of) is int and max(1, value) <= of <= MOST) if is_share else of is None


def shown(rows: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """Return every measure in its order; one without a value is unknown, never nought."""
    known = {found["code"]: found for found in rows}
    return [_shown(measure, known.get(measure.code)) for measure in MEASURES]


def missed(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the labels, with their values, of what did not reach its goal."""
    return [f"{one.label}: {one.words}" for one in shown(rows) if one.state == "late"]


def _shown(measure: Measure, found: Mapping[str, Any] | None) -> Shown:
    label = str(measure.label)
    if found is None:
        return Shown(label=label, words=_("Okänt: ingen har mätt det"), state="info")
    value, of = found["value"], found["of"]
    if measure.unit == "minutes":
        return Shown(label=label, words=_("%(minutes)d min") % {"minutes": value}, state="info")
    if measure.unit == "share":
        words = _("%(value)d av %(of)d") % {"value": value, "of": of}
        return Shown(label=label, words=words, state="done" if value == of else "late")
    return Shown(label=label, words=str(value), state="done" if value == measure.goal else "late")
