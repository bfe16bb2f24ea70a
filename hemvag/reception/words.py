"""A plan's days in words: a day where there is one, else how long after or before an arrival that nobody knows."""

import datetime as dt
from typing import Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hemvag.lib import date_words
from hemvag.reception import schedule
from hemvag.reception.schedule import Facts, Standing
from hemvag.reception.template import PROPOSAL, Task

STATES: Final = {
    schedule.OPEN: gettext_lazy("Kan göras nu"),
    schedule.GIVEN: gettext_lazy("Lämnad"),
    schedule.DONE: gettext_lazy("Klar"),
    schedule.NOT_NEEDED: gettext_lazy("Behövs inte"),
    schedule.IF_NEEDED: gettext_lazy("Bara om det behövs"),
    schedule.BLOCKED: gettext_lazy("Väntar"),
}
SIGNS: Final = {
    schedule.OPEN: "now",
    schedule.GIVEN: "send",
    schedule.DONE: "done",
    schedule.NOT_NEEDED: "done",
    schedule.IF_NEEDED: "info",
    schedule.BLOCKED: "lock",
}
"""The icon of each state: never colour alone."""
PHASES: Final = {
    "B": gettext_lazy("Före ankomsten"),
    "0": gettext_lazy("Dagen för ankomst"),
    "72h": gettext_lazy("Första tre dygnen"),
    "W": gettext_lazy("Första veckan"),
    "M": gettext_lazy("Första månaderna"),
    "Y": gettext_lazy("Sedan"),
}

COLUMNS: Final = {
    "B": gettext_lazy("Före"),
    "0": gettext_lazy("Dagen"),
    "72h": gettext_lazy("Tre dygn"),
    "W": gettext_lazy("Veckan"),
    "M": gettext_lazy("Månader"),
    "Y": gettext_lazy("År"),
}
"""The same, short enough to stand over a column."""

GRADES: Final = {"H": gettext_lazy("läst vid källan"), "M": gettext_lazy("läst i utdrag eller i andra hand")}
"""How surely the ground of a task is known; what is graded L is a proposal and says that instead."""


def language() -> str:
    """Return the reader's language, as the templates of plans have it."""
    return (get_language() or "sv")[:2]


def day(on: dt.date, today: dt.date) -> str:
    """Return a day ("torsdag 14 maj")."""
    return date_words.day(on, today=today, language=language())


def state(standing: Standing) -> str:
    """Return how a task stands. A clock of the law that still runs in the case is not stopped by a tick in the plan."""
    if standing.item.state in schedule.OVER and standing.clock:
        return _("Klar här, men tiden går i ärendet")
    return str(STATES[standing.state])


def due(standing: Standing, facts: Facts) -> str:
    """Return by when a task is to be done, or when it was. An arrival that is not known gives no day, and a likely one
    says so."""
    if standing.clock and standing.clock.strict:
        return _("senast %(day)s enligt lagen") % {"day": day(standing.clock.strict, facts.today)}
    if standing.again:
        return _("nästa gång %(day)s") % {"day": day(standing.again, facts.today)}
    if standing.item.state in schedule.OVER:
        return day(standing.item.since, facts.today) if standing.item.since else ""
    if standing.day:
        said = day(standing.day, facts.today)
        return said if standing.is_sure else _("troligen %(day)s") % {"day": said}
    when = standing.task.when
    if when.counted_from == "arrival":
        return after_arrival(when.latest.days)
    return _("räknas från beslutet")


def after_arrival(days: int) -> str:
    """Return how far a day lies from the arrival."""
    if days == 0:
        return _("dagen för ankomst")
    if days > 0:
        return ngettext("%(days)d dag efter ankomsten", "%(days)d dagar efter ankomsten", days) % {"days": days}
    return ngettext("%(days)d dag före ankomsten", "%(days)d dagar före ankomsten", -days) % {"days": -days}


def title(task: Task) -> str:
    """Return what a task is called, with its code."""
    return f"{task.code} {task.title.said_in(language())}"


def proposal() -> str:
    """Return what stands beside a task that is only this program's own proposal."""
    return PROPOSAL.said_in(language())


def read_where(task: Task) -> str:
    """Return where a task was read and how surely; a proposal says only that it is one."""
    if task.is_proposal:
        return proposal()
    return f"{task.source} · {GRADES[task.confidence]}"
