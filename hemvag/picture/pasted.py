"""Read counts that were pasted or uploaded. What is wrong is told with line and column, never by what stood there."""

import re
from typing import Final, NoReturn

from django.utils.translation import gettext as _

from hemvag.estimate import Lists, faults, reading

MOST: Final = 99_999
"""Persons in a cell at most: more would not be a municipality's, and may be a date of birth."""
LONGEST: Final = 60
_NUMBER = re.compile(r"\d{6}(?:\d\d)?\s*[-+]?\s*[\dTRSUWXJKLMN]\d{3}|\d{6,}", re.ASCII)
_TWO_NAMES = re.compile(r"[A-ZÅÄÖÉ][a-zåäöéèüáø]+(?:[ -][A-ZÅÄÖÉ][a-zåäöéèüáø]+)+")
_OF_PERSONS: Final = ("namn", "name", "personn", "pnr", "född", "födelse", "birth", "adress", "address", "telefon")
_ANTAL = re.compile(r"(?im)\bantal(\s*)$")


class Wrong(ValueError):
    """The table cannot be read; the text is a sentence that says where and what to do."""


def read(text: str) -> Lists:
    """Return the lists of a text. Raises `Wrong`."""
    first, mark, rest = text.partition("\n")
    text = _ANTAL.sub(r"count\1", first, count=1) + mark + rest
    try:
        _look_for_persons(text)
        lists = reading.lists(text)
    except faults.BadCell as fault:
        raise Wrong(_at(fault.line, fault.column) + _of_cell(fault)) from None
    except faults.BadTable as fault:
        raise Wrong(
            _("Rad %(line)d går inte att läsa. Första raden ger listornas namn och slutar med count. ")
            % {"line": fault.line}
            + _("Varje rad därefter har lika många kolumner: 0 eller 1 för varje lista, och ett antal.")
        ) from None
    except faults.NotCountable as fault:
        raise Wrong(_of_whole(fault)) from None
    if (lists.counts > MOST).any():
        raise Wrong(_("Ett antal är större än %(most)d. Det kan inte vara personer i en kommun.") % {"most": MOST})
    return lists


def _look_for_persons(text: str) -> None:
    """Refuse what looks like a name or a number of a person, before anything else is looked at."""
    heading: list[str] = []
    for line, cells in reading.split(text):
        for place, cell in enumerate(cells, start=1):
            column = heading[place - 1] if 0 < place <= len(heading) else str(place)
            if _NUMBER.search(cell):
                _refuse(line, column if heading else str(place), _("Det ser ut som ett personnummer eller ett datum."))
            if not heading and (len(cell) > LONGEST or _is_of_persons(cell)):
                _refuse(line, str(place), _("Det ser ut som ett namn på en person eller en uppgift om någon."))
            if heading and any(sign.isalpha() for sign in cell):
                _refuse(line, column, _("Det ser ut som ett namn."))
        heading = heading or cells


def _is_of_persons(cell: str) -> bool:
    plain = cell.casefold()
    return bool(_TWO_NAMES.fullmatch(cell)) or any(word in plain for word in _OF_PERSONS)


def _refuse(line: int, column: str, words: str) -> NoReturn:
    raise Wrong(
        _at(line, column)
        + words
        + " "
        + _("Här får bara antal stå. Kalla en lista vid vem som för den, till exempel polisen.")
    )


def _at(line: int, column: str) -> str:
    return _("Rad %(line)d, kolumn %(column)s: ") % {"line": line, "column": column}


def _of_cell(fault: faults.BadCell) -> str:
    if isinstance(fault, faults.GivenTwice):
        return _("samma kombination av listor står redan på rad %(first)d. Lägg ihop dem eller ta bort en.") % {
            "first": fault.first
        }
    if isinstance(fault, faults.UnknownCounted):
        return _("de som inte står på någon lista är de som ska uppskattas. Ta bort raden.")
    if isinstance(fault, faults.NotZeroOrOne):
        return _("skriv 1 för dem som står på listan och 0 för dem som inte gör det.")
    return _("skriv ett helt antal personer, 0 eller mer.")


def _of_whole(fault: faults.NotCountable) -> str:
    if isinstance(fault, faults.OneList):
        return _("Minst två listor behövs, och helst fyra: det är överlappen som säger något.")
    if isinstance(fault, faults.TooManyLists):
        return _("Det är %(given)d listor, och högst %(most)d går att räkna med. Slå ihop några.") % {
            "given": fault.given,
            "most": fault.most,
        }
    if isinstance(fault, faults.SameName):
        return _("Två listor heter likadant. Ge dem olika namn.")
    return _("Ingen står på någon lista.")
