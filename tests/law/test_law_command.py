"""The law on the command line: the issue's own examples, every act in text and for programs, and plain refusals."""

import json
import subprocess
import sys
from typing import Any

import pytest

from hemvag.config import cli

SHARE = "share --from police --to social_services --about child --situation harm_suspected --on 2019-03-11"
DUE = "due --step preliminary_assessment --from 2019-04-05"
KEEP = "keep --record child_case --municipality malmo --born 2012-05-05 --last-entry 2020-02-01 --on 2026-11-23"
ACTS = [
    SHARE,
    DUE,
    KEEP,
    "holidays --year 2026",
    "rules --on 2019-03-11",
    "diff --from 2019-03-11 --to 2026-11-23",
    "due --step feedback --from 2019-03-11",
    "due --step protection_assessment --from 2019-03-11T16:00",
    "due --step investigation --from 2026-11-23T16:00+01:00",
    "keep --record contact_log --municipality malmo --last-entry 2026-02-01",
    "keep --record adult_case --municipality malmo",
    "rules --family secrecy",
    "share --from any --to court --about adult --situation statistics --language sv",
]


def told(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(["law", *words.split()]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def data(words: str, capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(told(f"{words} --json", capsys))


@pytest.mark.parametrize("words", ACTS)
def test_every_act_answers_in_text_and_in_json(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(words, capsys).strip()
    assert data(words, capsys)


def test_sharing(capsys: pytest.CaptureFixture[str]) -> None:
    said = data(SHARE, capsys)
    assert said["verdict"] == "must"
    [rule] = said["rules"]
    assert rule["id"] == "IS-01"
    assert rule["provision"].startswith("14 kap. 1 § SoL (2001:453)")
    assert rule["source"].startswith("https://www.riksdagen.se/")
    assert (rule["valid_from"], rule["valid_to"], rule["confidence"]) == ("2013-01-01", "2025-07-01", "H")
    assert "purpose" in said["record"]
    assert "Ja, du ska" in told(f"{SHARE} --language sv", capsys)


def test_due(capsys: pytest.CaptureFixture[str]) -> None:
    said = data(DUE, capsys)
    assert [said[name] for name in ("strict", "target", "latest")] == ["2019-04-19", "2019-04-18", "2019-04-23"]
    assert said["provision"] == "11 kap. 1 a § andra stycket SoL (2001:453)"
    at_once = data("due --step protection_assessment --from 2026-11-21T23:30", capsys)
    assert [at_once[name] for name in ("target", "strict", "latest")] == ["2026-11-21", "2026-11-22", None]
    assert at_once["strict_at"] == "2026-11-23T00:00:00+01:00"


def test_keep(capsys: pytest.CaptureFixture[str]) -> None:
    said = data(KEEP, capsys)
    assert (said["for_ever"], said["until"], said["rule"]) == (True, None, "G05b-day")
    assert "kept for ever" in told(KEEP, capsys)
    other = data(KEEP.replace("2012-05-05", "2012-05-06"), capsys)
    assert (other["for_ever"], other["until"], other["kept"]) == (False, "2042-05-06", True)
    gone = data(f"{KEEP.replace('2012-05-05', '2012-05-06')} --opened no", capsys)
    assert (gone["until"], gone["ask"]) == ("2025-02-01", True)


def test_holidays(capsys: pytest.CaptureFixture[str]) -> None:
    days = data("holidays --year 2026", capsys)
    assert {"day": "2026-04-03", "name": "Långfredagen", "kind": "public_holiday"} in days
    assert {"day": "2026-06-19", "name": "Midsommarafton", "kind": "eve"} in days
    assert [row["day"] for row in days] == sorted(row["day"] for row in days)


def test_rules_and_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = data("rules --on 2019-03-11", capsys)
    assert {"IS-01", "G01", "OSL-26-1"} <= {rule["id"] for rule in listed}
    assert "IS-01b" not in {rule["id"] for rule in listed}
    assert {rule["family"] for rule in data("rules --on 2019-03-11 --family retention", capsys)} == {"retention"}
    changes = {change["table"]: change for change in data("diff --from 2019-03-11 --to 2026-11-23", capsys)}
    assert changes["IS-18"]["before"] is None
    assert changes["IS-01"]["after"]["id"] == "IS-01b"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (SHARE.replace("police", "polis"), "'polis' is no authority; write one of social_services"),
        (SHARE.replace("child", "kid"), "'kid' is no subject; write one of child, young, adult"),
        (SHARE.replace("harm_suspected", "x"), "'x' is no situation"),
        (SHARE.replace("2019-03-11", "11/3"), "'11/3' is no day; write it as 2026-11-23"),
        (f"{SHARE} --pack norway", "'norway' is no pack of rules; write one of sweden"),
        (DUE.replace("preliminary_assessment", "coffee"), "'coffee' is no step; write one of protection_assessment"),
        (DUE.replace("2019-04-05", "2019-02-30"), "'2019-02-30' is no day"),
        (DUE.replace("2019-04-05", "2019-04-05T25:00"), "is no moment; write it as 2026-11-23T14:30"),
        (DUE.replace("2019-04-05", "2001-01-01"), "no rule in force on 2001-01-01"),
        (DUE.replace("2019-04-05", "2150-01-01"), "2005-2100"),
        (DUE.replace("preliminary", "protection"), "starts at a moment"),
        (KEEP.replace("malmo", "malmoe"), "'malmoe' is no municipality; write one of malmo"),
        (KEEP.replace("child_case", "case"), "'case' is no record"),
        ("holidays --year 1900", "2005-2100"),
        ("rules --on yesterday", "'yesterday' is no day"),
        ("diff --from 2019-03-11", "--to"),
        ("rules --family love", "invalid choice"),
    ],
)
def test_a_wrong_question_is_refused_with_what_to_write(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = cli.main(["law", *words.split()])
    except SystemExit as stopped:
        status = int(str(stopped.code))
    printed = capsys.readouterr()
    assert status == 2
    assert said in " ".join(printed.err.split())
    assert printed.out == ""


def test_the_law_is_asked_without_django_or_a_database() -> None:
    script = (
        "import sys; sys.modules['django'] = sys.modules['psycopg'] = None\n"
        "import argparse\nfrom hemvag.config.commands import law\n"
        "parser = argparse.ArgumentParser(); law.add_arguments(parser)\n"
        f"sys.exit(law.run(parser.parse_args({KEEP.split()!r})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env={})
    assert (done.returncode, done.stderr) == (0, "")
    assert "kept for ever" in done.stdout


def test_a_reader_who_stops_reading_is_no_fault() -> None:
    command = [sys.executable, "-m", "hemvag.config.cli", "law", "diff", "--from", "2019-03-11", "--to", "2026-11-23"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as asked:
        assert asked.stdout
        assert asked.stderr
        asked.stdout.close()
        assert asked.wait(timeout=60) == 141
        assert asked.stderr.read() == ""
