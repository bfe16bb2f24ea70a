"""Identity numbers: valid and invalid vectors, the century, coordination, interim and reserve numbers, and age."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.lib import person_numbers
from hemvag.lib.person_numbers import Future, NoSuchDate, NotANumber, WrongCheckDigit, WrongForm, parse

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "kind", "value", "birth"),
    [
        ("19090527+1474", "personal", "190905271474", "1909-05-27"),
        ("090527+1474", "personal", "190905271474", "1909-05-27"),
        ("261201+9808", "personal", "192612019808", "1926-12-01"),
        ("261201-9808", "personal", "192612019808", "1926-12-01"),
        ("20000229-2399", "personal", "200002292399", "2000-02-29"),
        ("000229-2399", "personal", "200002292399", "2000-02-29"),
        ("0002292399", "personal", "200002292399", "2000-02-29"),
        (" 2000 0229 2399 ", "personal", "200002292399", "2000-02-29"),
        ("20000229–2399", "personal", "200002292399", "2000-02-29"),
        ("191212121212", "personal", "191212121212", "1912-12-12"),
        ("701063-2391", "coordination", "197010632391", "1970-10-03"),
        ("98240301AA06", "reserve", "98240301AA06", None),
        ("98240301-aab1", "reserve", "98240301AAB1", None),
    ],
)
def test_numbers_that_hold(typed: str, kind: str, value: str, birth: str | None) -> None:
    found = parse(typed, today=TODAY)
    assert (found.kind, found.value) == (kind, value)
    assert found.birth == (dt.date.fromisoformat(birth) if birth else None)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("20150916-0006", WrongForm),
        ("701063-2392", WrongCheckDigit),
        ("20000229-2398", WrongCheckDigit),
        ("20010229-2397", NoSuchDate),
        ("20011301-2394", NoSuchDate),
        ("701099-2391", NoSuchDate),
        ("20300101-2383", Future),
        ("", WrongForm),
        ("9905", WrongForm),
        ("19990101-238", WrongForm),
        ("21000101-2380", WrongForm),
        ("98240301IO06", WrongForm),
        ("٢٠٠٠٠٢٢٩٢٣٩٩", WrongForm),
        ("amina", WrongForm),
    ],
)
def test_numbers_that_do_not_hold(typed: str, why: type[NotANumber]) -> None:
    if why is Future:
        typed = person_numbers.test_number(dt.date(2030, 1, 1), 0)
    with pytest.raises(NotANumber) as refused:
        parse(typed, today=TODAY)
    assert type(refused.value) is why
    assert not typed or typed not in str(refused.value)


@pytest.mark.parametrize("letter", "TRSUWXJKLMN")
def test_an_interim_number_counts_its_letter_as_one(letter: str) -> None:
    digits = person_numbers.test_number(dt.date(1999, 1, 2), 0)
    body = digits[2:8] + "1" + digits[9:11]
    check = next(c for c in "0123456789" if _holds(f"19{body}{c}"))
    found = parse(f"19{digits[2:8]}-{letter.lower()}{digits[9:11]}{check}", today=TODAY)
    assert found.kind == "interim"
    assert found.value == f"19{digits[2:8]}{letter}{digits[9:11]}{check}"


def _holds(typed: str) -> bool:
    try:
        parse(typed, today=TODAY)
    except NotANumber:
        return False
    return True


@given(st.dates(dt.date(1890, 1, 1), TODAY), st.sampled_from([0, 1]))
def test_numbers_of_the_test_series_hold_in_every_form(birth: dt.date, n: int) -> None:
    number = person_numbers.test_number(birth, n)
    found = parse(number, today=TODAY)
    assert (found.value, found.birth, found.kind) == (number, birth, "personal")
    if birth.year > TODAY.year - 199:
        assert parse(found.written(TODAY), today=TODAY).value == number


@pytest.mark.parametrize(
    "official", ["189001019802", "189012319803", "199109272386", "199109272394", "201812312385", "201912312392"]
)
def test_the_test_series_is_the_official_one(official: str) -> None:
    birth = dt.datetime.strptime(official[:8], "%Y%m%d").date()  # noqa: DTZ007
    assert official in {person_numbers.test_number(birth, n) for n in (0, 1)}


def test_the_test_series_has_two_a_day() -> None:
    with pytest.raises(ValueError, match="two numbers a day"):
        person_numbers.test_number(dt.date(2020, 5, 4), 2)


@given(st.dates(dt.date(1930, 1, 1), TODAY), st.integers(2, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_never_the_same_number(birth: dt.date, place: int, digit: str) -> None:
    number = person_numbers.test_number(birth, 0)
    changed = number[:place] + digit + number[place + 1 :]
    if changed != number:
        assert not _holds(changed)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        ("2020-05-04", "2026-05-03", 5),
        ("2020-05-04", "2026-05-04", 6),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2026-11-23", "2026-11-23", 0),
    ],
)
def test_age_in_whole_years(birth: str, on: str, years: int) -> None:
    assert person_numbers.age(dt.date.fromisoformat(birth), dt.date.fromisoformat(on)) == years


def test_a_number_is_written_with_plus_from_the_hundredth_year() -> None:
    found = parse("190905271474", today=TODAY)
    assert found.written(dt.date(2008, 12, 31)) == "090527-1474"
    assert found.written(dt.date(2009, 1, 1)) == "090527+1474"
    assert found.age(TODAY) == 117
    assert parse("98240301AA06", today=TODAY).age(TODAY) is None
