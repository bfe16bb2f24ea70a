"""The command: what it refuses it says in a sentence, and what it erases leaves one line in the real installation."""

from pathlib import Path

import pytest

from hemvag.config import cli
from hemvag.config.exercise import scenario
from hemvag.config.exercise.place import Place
from hemvag.readiness.models import SpaceErased
from tests import database, dumps
from tests.conftest import Town
from tests.exercise import making


@pytest.mark.parametrize("host", ["::", "10.0.0.1", "exercise.example.se"])
def test_it_is_served_to_this_computer_only_and_says_how_others_come_in(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["exercise", "open", "--host", host]) == 2
    assert "ssh -L" in capsys.readouterr().err


def test_a_space_is_erased_by_whoever_keeps_readiness_and_one_line_says_so(
    own_town: Town, own_database: str, named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in database.environment(own_database).items():
        monkeypatch.setenv(name, value)
    server = making.server(named, monkeypatch)
    place, facts = Place(), making.space(named)
    assert cli.main(["exercise", "status"]) == 1
    assert cli.main(["exercise", "erase"]) == 2
    assert cli.main(["exercise", "close", "--report", "x"]) == 2
    assert capsys.readouterr().err.count("There is no exercise space.") == 2
    place.write(facts)
    place.key.write_text("secret")
    try:
        _refusals(place, named, capsys)
        assert cli.main(["exercise", "erase", "--by", "coordinator@example.test", "--without-report"]) == 0
    finally:
        place.clear()
    assert "What remains" in capsys.readouterr().out
    row = SpaceErased.objects.get()
    assert (row.space, row.name, row.by) == (facts.id, facts.name, own_town.workers["coordinator"])
    assert making.is_gone(named, server)
    assert not place.path.exists()
    dumped = dumps.dump(own_database).decode()
    names = scenario.read(scenario.path_of("family_of_five")).names()
    assert [name for name in names if len(name) > 4 and name in dumped] == []
    assert facts.name in dumped


def _refusals(place: Place, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is erased that has no report, by nobody, or while it is served; nor anything real."""
    erase = ["exercise", "erase", "--by", "coordinator@example.test"]
    for words, said in (
        (erase, "has no report"),
        (["exercise", "erase", "--without-report"], "Say who decided it"),
        (["exercise", "erase", "--without-report", "--by", "unit_lead@example.test"], "Say who decided it"),
    ):
        assert cli.main(words) == 2
        assert said in capsys.readouterr().err
    with place.held():
        assert cli.main([*erase, "--without-report"]) == 2
        assert "Stop that one first" in capsys.readouterr().err
    making.marked(named, "real")
    assert cli.main([*erase, "--without-report"]) == 2
    assert "was made as real" in capsys.readouterr().err
    making.marked(named, "exercise")
    assert making.exists(named)
    assert Path(place.key).read_text() == "secret"
    assert not SpaceErased.objects.exists()
