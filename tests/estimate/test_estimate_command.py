"""`hemvag estimate FILE.csv`: an answer for a reader or a program, and plain words for a table that is wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hemvag.config.cli import main
from tests.estimate.tables import DATA

KOREA = str(DATA / "korea_palembang_3list.csv")


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["estimate", KOREA, "--json", *arguments]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_the_shape_that_was_promised(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "--replicates", "100")
    assert list(answer)[:6] == ["observed", "lists", "methods", "verdict", "range", "hide_one_list"]
    assert answer["observed"] == 123
    assert answer["lists"] == ["b", "c", "d"]
    assert {"independence", "stepwise", "bic", "dga", "chao", "chapman"} <= {one["method"] for one in answer["methods"]}
    for one in answer["methods"]:
        assert list(one) == ["method", "estimate", "low", "high", "interval", "model", "warnings"]
    assert answer["verdict"] == "only a range over methods"
    low, high = answer["range"]
    assert 123 <= low < high


def test_one_method_only(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "--method", "bic", "--replicates", "0")
    (only,) = answer["methods"]
    assert only["model"] == "[12,23]"
    assert only["estimate"] == pytest.approx(157.17, rel=1e-3)
    assert only["interval"] == "conditional"
    assert any("too narrow" in words for words in only["warnings"])


def test_order_one_is_independence(capsys: pytest.CaptureFixture[str]) -> None:
    (only,) = asked(capsys, "--method", "bic", "--order", "1", "--replicates", "0")["methods"]
    assert only["model"] == "[1,2,3]"


def test_the_same_seed_gives_the_same_answer(capsys: pytest.CaptureFixture[str]) -> None:
    first = asked(capsys, "--method", "stepwise", "--replicates", "150", "--seed", "4")
    assert asked(capsys, "--method", "stepwise", "--replicates", "150", "--seed", "4") == first
    assert asked(capsys, "--method", "stepwise", "--replicates", "150", "--seed", "5") != first


def test_in_words_the_verdict_comes_first_and_then_a_range(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", KOREA, "--replicates", "100"]) == 0
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert first == "Only a range over methods."
    assert second.startswith("Between 123 and ")
    text = "\n".join(rest)
    assert "Hide one list" in text
    assert "Assumed:" in text
    assert "more overlaps would halve the width" in text
    assert "at least 142" in text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0,0,1,-4", "x.csv: line 4, column count: -4 is negative"),
        ("0,0,1,1.5", "x.csv: line 4, column count: 1.5 is no whole number of persons"),
        ("1,1,0,3", "x.csv: line 4, column A: the history 110 was already given on line 3"),
        ("0,x,1,3", "x.csv: line 4, column B: 'x' is neither 0 nor 1"),
    ],
)
def test_a_wrong_table_is_told_with_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, said: str
) -> None:
    (tmp_path / "x.csv").write_text(f"A,B,C,count\n1,0,0,40\n1,1,0,6\n{row}\n")
    assert main(["estimate", str(tmp_path / "x.csv")]) == 2
    out = capsys.readouterr()
    assert said in out.err
    assert not out.out


@pytest.mark.parametrize("text", ["A,count\n1,40\n", "A,B,count\n1,0,0\n", ""])
def test_one_list_or_nobody_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    assert main(["estimate", str(tmp_path / "x.csv")]) == 2
    assert "hemvag estimate: x.csv: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("1,0,0,40\n0,1,0,30\n0,0,1,9\n", "no-overlap"),
        ("1,0,0,40\n0,1,0,30\n1,1,0,12\n1,0,1,9\n", "list-within-list"),
    ],
)
def test_lists_that_say_nothing_get_no_estimate_and_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, code: str
) -> None:
    (tmp_path / "x.csv").write_text(f"A,B,C,count\n{rows}")
    assert main(["estimate", str(tmp_path / "x.csv"), "--json", "--replicates", "50"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "no estimate should be given"
    assert answer["range"] is None
    assert any(reason.startswith(code) for reason in answer["reasons"])


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", "nowhere.csv"]) == 2
    assert "nowhere.csv: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--order", "0"], ["--replicates", "-1"], ["--method", "guess"]])
def test_a_wrong_option_is_refused(option: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["estimate", KOREA, *option])


def test_the_library_needs_neither_django_nor_the_rest_of_the_house() -> None:
    code = "import sys; from hemvag.estimate import Lists, estimate; print([m for m in sys.modules if 'django' in m])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
