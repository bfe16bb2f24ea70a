"""Counts are read from CSV, and what is wrong is told with line and column."""

from pathlib import Path

import pytest

from hemvag.estimate import faults, reading
from tests.estimate.tables import DATA, table

GOOD = "A,B,C,count\n1,0,0,40\n0,1,0,30\n1,1,0,6\n"


@pytest.mark.parametrize(
    ("name", "k", "observed"),
    [
        ("uk2013_6list", 6, 2744),
        ("uk2013_5list", 5, 2744),
        ("kosovo_4list", 4, 4400),
        ("korea_palembang_3list", 3, 123),
        ("hiv_rome_4list", 4, 1896),
        ("lesbian_allegheny_4list", 4, 2185),
        ("hare_6occ", 6, 68),
        ("spina_bifida_3list_626", 3, 626),
        ("artificial_3list", 3, 96),
    ],
)
def test_every_published_table_is_read_whole(name: str, k: int, observed: int) -> None:
    lists = table(name)
    assert (lists.k, lists.observed) == (k, observed)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_marks_that_spreadsheets_write_are_read(mark: str) -> None:
    lists = reading.lists("\ufeff" + GOOD.replace(",", mark).replace("\n", "\r\n"))
    assert lists.counts.tolist() == [0, 40, 30, 6, 0, 0, 0, 0]


def test_an_unknown_counted_as_nobody_is_let_be() -> None:
    assert reading.lists(GOOD + "0,0,0,0\n").observed == 76


@pytest.mark.parametrize(
    ("row", "fault", "said"),
    [
        ("0,0,1,-4", faults.NotACount, "line 5, column count: -4 is negative"),
        ("0,0,1,2.5", faults.NotACount, "line 5, column count: 2.5 is no whole number of persons"),
        ("0,0,1,many", faults.NotACount, "line 5, column count: 'many' is no number"),
        ("0,0,1,nan", faults.NotACount, "line 5, column count: nan is no whole number of persons"),
        ("0,0,1,", faults.NotACount, "line 5, column count: '' is no number"),
        ("1,1,0,7", faults.GivenTwice, "line 5, column A: the history 110 was already given on line 4"),
        ("0,0,2,4", faults.NotZeroOrOne, "line 5, column C: '2' is neither 0 nor 1"),
        ("0,,1,4", faults.NotZeroOrOne, "line 5, column B: '' is neither 0 nor 1"),
        ("0,0,0,4", faults.UnknownCounted, "line 5, column count: those on no list"),
        ("0,0,4", faults.BadTable, "line 5: 4 columns are needed, and 3 stand there"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(row: str, fault: type[Exception], said: str) -> None:
    with pytest.raises(fault) as told:
        reading.lists(f"{GOOD}{row}\n")
    assert str(told.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", faults.BadTable),
        ("\n\n", faults.BadTable),
        ("A,B,C\n1,0,0\n", faults.BadTable),
        ("A,,count\n1,0,4\n", faults.BadTable),
        ("A,count\n1,4\n", faults.OneList),
        ("A,A,count\n1,0,4\n", faults.SameName),
        ("A,B,count\n", faults.NobodyCounted),
        ("A,B,C,D,E,F,G,H,I,count\n", faults.TooManyLists),
        ('A,B,count\n1,0,"4', faults.NotCountable),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(text: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        reading.lists(text)


def test_columns_of_strata_are_no_lists() -> None:
    found = reading.table(
        (DATA / "scotland_pwid_2006_4list_stratified.csv").read_text(), others=("Region", "Gender", "Age")
    )
    assert found.names == ("S1", "S2", "S3", "S4")
    assert found.others == ("Region", "Gender", "Age")
    assert sum(row.count for row in found.rows) == 5670


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"A,B,count\n1,0,\xff\xfe\n")
    with pytest.raises(faults.BadTable):
        reading.file(tmp_path / "x.csv")
