"""Swedish identity numbers: personnummer, samordningsnummer, interim and reserve numbers, read and checked."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from stdnum import luhn

Kind = Literal["personal", "coordination", "interim", "reserve"]

_INTERIM = "TRSUWXJKLMN"
_LETTERS = "ABCDEFGHJKLMNPRSTUXYZ"
_RESERVE = re.compile(rf"\d{{8}}(?:[{_LETTERS}]{{2}}\d{{2}}|[{_LETTERS}]{{3}}\d)", re.ASCII)
_NUMBER = re.compile(rf"(1[89]|20)?(\d{{6}})([-+]?)([\d{_INTERIM}]\d\d)(\d)", re.ASCII)
_BLANKS = re.compile(r"[\s\u2010-\u2015\u2212]")
_COORDINATION_DAY = 60


class NotANumber(ValueError):
    """What was typed is no identity number; the class says why. The number itself is never in the message."""


class WrongForm(NotANumber):
    """Too few or too many signs, or signs that do not belong."""


class NoSuchDate(NotANumber):
    """The first digits are no date."""


class WrongCheckDigit(NotANumber):
    """The last digit does not fit the others: something was mistyped."""


class Future(NotANumber):
    """The birth date has not come yet."""


@dataclass(frozen=True)
class PersonNumber:
    """A number that holds. `value` has 12 signs; `birth` is None for a reserve number, which need not tell it."""

    kind: Kind
    value: str
    birth: dt.date | None

    def written(self, on: dt.date) -> str:
        """The number as people write it: `YYMMDD-NNNN`, with + from the year of the 100th birthday (FOLK 18 §)."""
        if self.birth is None:
            return self.value
        sign = "+" if on.year - self.birth.year >= 100 else "-"
        return f"{self.value[2:8]}{sign}{self.value[8:]}"

    def age(self, on: dt.date) -> int | None:
        """Whole years on the day, or None when the number tells no birth date."""
        return None if self.birth is None else age(self.birth, on)


def parse(typed: str, *, today: dt.date) -> PersonNumber:
    """The number that was typed, with 10 or 12 signs, with or without - or +.

    With 10 the century is the latest in which the person is born by `today`; after a + it is the latest in which the
    person turns 100 by the end of this year. Interim numbers have a letter first among the last four (it counts as 1
    in the check), reserve numbers (nationellt reservnummer) have no check digit. Raises `WrongForm`, `NoSuchDate`,
    `WrongCheckDigit` or `Future`.
    """
    signs = _BLANKS.sub(lambda found: "" if found[0].isspace() else "-", typed).upper()
    if _RESERVE.fullmatch(signs.replace("-", "")):
        return PersonNumber("reserve", signs.replace("-", ""), None)
    found = _NUMBER.fullmatch(signs)
    if found is None:
        raise WrongForm
    century, six, sign, birth_number, check = found.groups()
    if birth_number == "000":
        raise WrongForm
    if not luhn.is_valid(f"{six}{_counted(birth_number)}{check}"):
        _date(int(century or "20"), six)
        raise WrongCheckDigit
    birth = _date(int(century), six) if century else _latest(six, today, older=sign == "+")
    if birth > today:
        raise Future
    return PersonNumber(_kind(six, birth_number), f"{birth.year // 100:02}{six}{birth_number}{check}", birth)


def age(birth: dt.date, on: dt.date) -> int:
    """Whole years on the day. Born 29 February: a year ends on the 28th where there is no 29th (lag 1930:173, 1 §)."""
    had = (on.month, on.day) >= (birth.month, birth.day)
    last_of_february = (birth.month, birth.day, on.month, on.day) == (2, 29, 2, 28) and not _is_leap(on.year)
    return on.year - birth.year - (0 if had or last_of_february else 1)


def test_number(birth_date: dt.date, n: int) -> str:
    """A number, 12 digits, of the series in Skatteverket's open data "Testpersonnummer"; `n` is 0 or 1.

    Skatteverket publishes them to be used instead of a person's. Birth numbers are 980 and 981 in the oldest years and
    238 and 239 from the 1990s to the newest, as read in a copy of the set to 2019 (test data of the public project
    ActiveLogin.Identity); in which year they change was not read, and 1950 here is a choice. Two are all there is for
    a day: who needs more takes another day. Raises ValueError for another `n`.
    """
    if n not in {0, 1}:
        raise ValueError("the series has two numbers a day: n is 0 or 1")
    first = 980 if birth_date.year < 1950 else 238
    body = f"{birth_date:%y%m%d}{first + n}"
    return f"{birth_date.year // 100:02}{body}{luhn.calc_check_digit(body)}"


def _counted(birth_number: str) -> str:
    return birth_number if birth_number[0].isdigit() else f"1{birth_number[1:]}"


def _kind(six: str, birth_number: str) -> Kind:
    if not birth_number[0].isdigit():
        return "interim"
    return "coordination" if int(six[4:]) > _COORDINATION_DAY else "personal"


def _date(century: int, six: str) -> dt.date:
    day = int(six[4:])
    try:
        return dt.date(
            century * 100 + int(six[:2]),
            int(six[2:4]),
            day - _COORDINATION_DAY if day > _COORDINATION_DAY else day,
        )
    except ValueError:
        raise NoSuchDate from None


def _latest(six: str, today: dt.date, *, older: bool) -> dt.date:
    century = today.year // 100
    if older:
        return _date(century - 2 if int(six[:2]) > today.year % 100 else century - 1, six)
    return _date(century - 1 if _after(six, today) else century, six)


def _after(six: str, today: dt.date) -> bool:
    day = int(six[4:])
    day -= _COORDINATION_DAY if day > _COORDINATION_DAY else 0
    return (int(six[:2]), int(six[2:4]), day) > (today.year % 100, today.month, today.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
