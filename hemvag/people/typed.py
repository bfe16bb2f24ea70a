"""Read a birth and a number as people type them, from a form or a file; each fault is one plain sentence."""

import datetime as dt
import re
from typing import Final

from django.utils.translation import gettext as _

from hemvag.lib import dates, person_numbers
from hemvag.lib.dates import NotADate
from hemvag.lib.person_numbers import Future, NoSuchDate, NotANumber, PersonNumber, WrongCheckDigit
from hemvag.people.identities import Birth, NumberKind

OLDEST_YEAR: Final = 1900


class Unread(ValueError):
    """What was typed cannot be read; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def birth(text: str, *, exact: bool, today: dt.date) -> Birth:
    """Return the birth that was typed: a whole date, or for an approximate one also a year or a year and month.

    Reads dates as `lib.dates` does, but always with the year.
    Raises Unread, for a day that does not exist and for the future too.
    """
    typed = text.strip()
    if found := re.fullmatch(r"(\d{4})(?:-(?:0[1-9]|1[0-2]))?", typed, re.ASCII):
        return _approximate(typed, int(found[1]), exact=exact, today=today)
    if not re.search(r"\d{4}", typed):
        raise Unread(date_fault(NotADate("not_understood")))
    try:
        born = dates.parse_date(typed, today=today)
    except NotADate as wrong:
        raise Unread(date_fault(wrong)) from None
    if born > today:
        raise Unread(_("Datumet har inte varit än. Kontrollera året."))
    if born.year < OLDEST_YEAR:
        raise Unread(_("Året kan inte stämma. Skriv året med fyra siffror."))
    return Birth(kind="exact" if exact else "approximate", date=born.isoformat())


def _approximate(typed: str, year: int, *, exact: bool, today: dt.date) -> Birth:
    if exact:
        raise Unread(_("Skriv hela datumet, eller välj Ungefär."))
    if not OLDEST_YEAR <= year <= today.year:
        raise Unread(_("Året kan inte stämma. Skriv året med fyra siffror."))
    return Birth(kind="approximate", date=typed)


def date_fault(wrong: NotADate) -> str:
    """Return in a sentence why what was typed is no date, and how to write one."""
    match wrong.code:
        case "not_leap_year":
            return _("Den 29 februari finns inte det året. Kontrollera datumet.")
        case "no_such_date":
            return _("Det datumet finns inte. Skriv år, månad och dag: 2020-05-04.")
    return _("Skriv datumet så här: 2020-05-04 eller 4/5 2020.")


def number(text: str, *, kind: str, today: dt.date) -> PersonNumber:
    """Return the number that was typed, of the kind that was chosen. Raises Unread."""
    try:
        found = person_numbers.parse(text, today=today)
    except NotANumber as wrong:
        raise Unread(_number_fault(wrong, kind)) from None
    if kind_of(found) == kind:
        return found
    raise Unread(_other_kind(found))


def any_number(text: str, *, today: dt.date) -> PersonNumber | None:
    """Return the number, of whatever kind, or None when the text is none. Never raises."""
    try:
        return person_numbers.parse(text, today=today)
    except NotANumber:
        return None


def kind_of(found: PersonNumber) -> NumberKind:
    """Return the kind as forms offer it: an interim number stands with the reserve numbers."""
    return "reserve" if found.kind == "interim" else found.kind


def _other_kind(found: PersonNumber) -> str:
    if found.kind == "personal":
        return _("Det här är ett personnummer. Välj Personnummer.")
    if found.kind == "coordination":
        return _("Det här är ett samordningsnummer: dagen är ökad med 60. Välj Samordningsnummer.")
    return _("Det här är ett reservnummer. Välj Reservnummer.")


def _number_fault(wrong: NotANumber, kind: str) -> str:
    match wrong:
        case WrongCheckDigit():
            return _("Numret stämmer inte. Kontrollera det eller välj Inget nummer.")
        case NoSuchDate():
            return _("Numret börjar inte med ett datum som finns. Kontrollera det.")
        case Future():
            return _("Numret börjar med ett datum som inte har varit än. Kontrollera det.")
    if kind == "reserve":
        return _("Ett reservnummer är åtta siffror, två eller tre bokstäver och en eller två siffror.")
    return _("Skriv tolv siffror, till exempel 20200504-2383, eller välj Inget nummer.")
