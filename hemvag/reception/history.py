"""What was changed and decided of a plan: what, when, by whom and why."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hemvag.dossiers.opened import Opened
from hemvag.reception import change, resting
from hemvag.reception.overview import Naming
from hemvag.reception.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Event:
    """One change or decision. `is_hidden` says that the reason is about a child whose dossier the reader may not
    open."""

    at: dt.datetime
    said: str
    by_name: str
    text: str = ""
    is_hidden: bool = False


def of(found: Plan, opened: Opened, known: Mapping[uuid.UUID, Opened], *, naming: Naming) -> Sequence[Event]:
    """Return every change and decision, the newest first. `known` are the children whose dossiers the reader has
    opened."""
    changed = [_changed(row, found, known, naming) for row in found.changes]
    decided = [
        Event(at=one.at, said=str(one.step.label), by_name=one.by_name, text=one.text)
        for one in resting.history(opened)
    ]
    return sorted([*changed, *decided], key=lambda event: event.at, reverse=True)


def _changed(row: Mapping[str, Any], found: Plan, known: Mapping[uuid.UUID, Opened], naming: Naming) -> Event:
    at, by_name = dt.datetime.fromisoformat(row["at"]), row["by_name"]
    if row["step"] == change.KNOWN:
        return Event(at=at, said=_("Det som är känt ändrades"), by_name=by_name)
    if row["step"] == change.TEMPLATE:
        return Event(at=at, said=_("Mallen byttes"), by_name=by_name, text=row["text"])
    number, comes = row["what"]
    child = next(one for one in found.children if one.number == int(number))
    said = _("%(name)s är med i planen") if comes == "comes" else _("%(name)s kommer inte")
    is_hidden = bool(row["text"]) and child.dossier not in known
    text = "" if is_hidden else row["text"]
    return Event(at=at, said=said % {"name": naming(child)}, by_name=by_name, text=text, is_hidden=is_hidden)
