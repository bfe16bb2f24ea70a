"""What the plan itself can tell of a return, beside what a child's dossier holds: how many, when, where; never why."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.dossiers.opened import Opened
from hemvag.exchange import items as of_child
from hemvag.exchange.items import Item
from hemvag.lib import clock, date_words
from hemvag.people import identities
from hemvag.reception import needs
from hemvag.reception.known import Fact, Known, Sure

Rows = list[tuple[str, str]]
SAYS_WHY: Final = frozenset({of_child.REPORT, of_child.PROTECTION, of_child.DECISION})
"""Items of a dossier that say why a family is known: told from the child's own case, by a question of its own."""


def available(
    child: Opened, known: Known, together: Sequence[Opened], on: dt.date, *, task_needs: Sequence[str] = ()
) -> list[Item]:
    """Return what can be told of one child: what the plan holds of the return first, then what its dossier holds.
    `together` are the children that the same task is about. What is empty is not offered, nor what says why: reports,
    assessments and decisions only to a task that needs them."""
    found = [_item(code, rows(known, together, on)) for code, rows in MAKERS.items()]
    held = [
        item
        for item in of_child.available(child, on)
        if item.code.rpartition("-")[0] not in SAYS_WHY or is_needed(item, task_needs)
    ]
    return [item for item in found if item.rows] + held


def written(code: str, text: str) -> Item:
    """Return an item that the task needs and that no dossier holds, in the worker's own words."""
    return _item(code, [("", text.strip())])


def to_write(task_needs: Sequence[str]) -> list[str]:
    """Return the codes of those needs that somebody must write, since nothing holds them."""
    return [code for code in task_needs if code in needs.OF_PLAN and code not in MAKERS]


def is_needed(item: Item, task_needs: Sequence[str]) -> bool:
    """Say whether a task needs the item: several reports and decisions of one child share their code's beginning."""
    return item.code in task_needs or item.code.rpartition("-")[0] in task_needs


def without_names(offered: Sequence[Item], task_needs: Sequence[str]) -> list[Item]:
    """Return what may be offered where nobody may be recognised: nothing that points at somebody, and of the arrival,
    by which a family is soon known, only what the task needs."""
    return [item for item in offered if not item.identifies and (item.code != "arrival" or is_needed(item, task_needs))]


def label(code: str) -> str:
    """Return what a need is called."""
    return needs.KNOWN[code].label.said_in(_language())


def _item(code: str, rows: Rows) -> Item:
    return Item(code=code, label=label(code), rows=rows, identifies=needs.OF_PLAN[code].identifies)


def _how_many(_known: Known, together: Sequence[Opened], _on: dt.date) -> Rows:
    return [(_("Antal barn"), str(len(together)))]


def _ages(_known: Known, together: Sequence[Opened], on: dt.date) -> Rows:
    years = [identities.age(identities.current(child), on) for child in together]
    said = [_("okänd ålder") if age is None else _("%(years)s år") % {"years": age} for age in years]
    return [(_("Barnens ålder"), ", ".join(said))]


def _arrival(known: Known, _together: Sequence[Opened], on: dt.date) -> Rows:
    if not known.moment or not known.day:
        return []
    said = date_words.day(known.day, today=on, language=_language())
    if known.time:
        said = _("%(day)s kl. %(time)s") % {"day": said, "time": f"{clock.local(known.moment):%H.%M}"}
    return [(_("Ankomst"), f"{said} ({Sure(known.sure).label.lower()})")]


def _flight(known: Known, _together: Sequence[Opened], _on: dt.date) -> Rows:
    return _fact(_("Plats för ankomst"), known.place)


def _home(known: Known, _together: Sequence[Opened], _on: dt.date) -> Rows:
    return _fact(_("Var barnen bor"), known.first_night)


def _siblings(_known: Known, together: Sequence[Opened], _on: dt.date) -> Rows:
    return [(_("Syskon"), _("ska bo tillsammans"))] if len(together) > 1 else []


def _district(known: Known, _together: Sequence[Opened], _on: dt.date) -> Rows:
    return [(_("Område"), known.district)] if known.district else []


def _from_date(known: Known, _together: Sequence[Opened], on: dt.date) -> Rows:
    if not known.from_day:
        return []
    return [(_("Från"), date_words.day(known.from_day, today=on, language=_language()))]


def _fact(name: str, fact: Fact) -> Rows:
    return [(name, f"{fact.text} ({Sure(fact.sure).label.lower()})")] if fact.is_said else []


def _language() -> str:
    return (get_language() or "sv")[:2]


MAKERS: Final[Mapping[str, Callable[[Known, Sequence[Opened], dt.date], Rows]]] = {
    "how_many": _how_many,
    "ages": _ages,
    "district": _district,
    "from_date": _from_date,
    "siblings": _siblings,
    "arrival": _arrival,
    "flight": _flight,
    "home": _home,
}
"""What the plan can tell of itself, by code of `needs.OF_PLAN`. The others are written by whoever tells."""
