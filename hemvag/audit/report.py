"""What a check of the read log found, as lines to read."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemvag.audit.findings import Report
from hemvag.lib import clock


def told(report: Report, *, at: dt.datetime, is_compared: bool) -> Iterator[str]:
    """Give what was found, what was erased lawfully, what waits for its seal, and what could not be seen."""
    yield from report.sentences()
    if report.more:
        yield _("Och %(number)s fel till.") % {"number": report.more}
    for erasure in report.erasures:
        yield _("Gallrat enligt regel %(day)s: %(rows)s rader från före %(before)s (bunt %(batch)s).") % {
            "day": _day(erasure.at),
            "rows": erasure.rows,
            "before": _day(erasure.before),
            "batch": erasure.batch,
        }
    yield from _remarks(report)
    yield from _waiting(report, at)
    yield from _unseen(report, is_compared=is_compared)
    yield _summed(report)


def _remarks(report: Report) -> Iterator[str]:
    if report.late:
        yield _(
            "Att veta: %(number)s rader anger en tid mer än en timme före förra förseglingen. De skrevs in sent"
            " genom programmet."
        ) % {"number": report.late}
    if report.unkeyed:
        yield _(
            "Att veta: %(number)s rader har en kontrollsumma av en nyckel som inte finns i nyckelfilen."
            " Kedjan täcker dem."
        ) % {"number": report.unkeyed}


def _waiting(report: Report, at: dt.datetime) -> Iterator[str]:
    tail = report.tail
    if tail.rows:
        yield ngettext(
            "%(number)s rad väntar på försegling, den äldsta från %(at)s.",
            "%(number)s rader väntar på försegling, den äldsta från %(at)s.",
            tail.rows,
        ) % {"number": tail.rows, "at": _minute(tail.oldest)}
    if tail.is_late(at):
        yield _("Varning: det har väntat för länge. Kör jobben (hemvag jobs) eller försegla nu (hemvag audit seal).")


def _unseen(report: Report, *, is_compared: bool) -> Iterator[str]:
    if not is_compared:
        yield _(
            "Det här syns inte: att de sista buntarna har tagits bort med sina rader. Jämför med rötter som sparats"
            " utanför (--against)."
        )
        return
    yield _("%(number)s rötter utifrån jämfördes. De täcker kedjan till och med bunt %(batch)s.") % {
        "number": report.compared,
        "batch": report.reached,
    }
    if report.reached < report.batches:
        yield _("Om buntar efter den har tagits bort syns det inte.")


def _summed(report: Report) -> str:
    facts: dict[str, object] = {"rows": report.rows, "batches": report.batches, "at": _minute(report.newest)}
    if report.is_whole:
        return _("Läsloggen är hel: %(rows)s rader i %(batches)s buntar, den sista förseglad %(at)s.") % facts
    facts["faults"] = len(report.findings) + report.more
    return _("Läsloggen är inte hel: %(faults)s fel bland %(rows)s rader i %(batches)s buntar.") % facts


def _day(at: dt.datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d}" if at else "-"


def _minute(at: dt.datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H.%M}" if at else "-"
