"""The command line tells what somebody must mend in a sentence, and nothing else."""

import socket

import pytest

from hemvag.config import cli, env
from hemvag.config.database import installation
from tests import database


def test_roles_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["roles", "--sql", "--prefix", "town_", "--database", "town"]) == 0
    printed = capsys.readouterr().out
    assert 'CREATE ROLE "town_staff"' in printed
    assert '\\connect "town"' in printed


def test_a_taken_port_is_told_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert said == f"hemvag serve: Something else listens on 127.0.0.1 port {port}. Choose another with --port.\n"


def test_a_wrong_setting_is_told_plainly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HEMVAG_DATABASE_JOB_URL", "postgresql://u:hidden@h/d")
    for role in ("OWNER", "STAFF", "LOG", "NUMBERS"):
        monkeypatch.delenv(f"HEMVAG_DATABASE_{role}_URL", raising=False)
    assert cli.main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert "HEMVAG_DATABASE_STAFF_URL" in said
    assert "hidden" not in said


def test_set_up_asks_which_municipality(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(env, "text", lambda name: "")  # noqa: ARG005
    assert cli.main(["setup"]) == 2
    assert "--municipality" in capsys.readouterr().err


def test_what_a_database_is_for_never_changes(own_database: str) -> None:
    with database.connect("owner", own_database) as owner:
        assert installation.kind(owner) == "real"
        installation.mark(owner, kind="real", municipality="malmo")
        with pytest.raises(installation.OtherInstallation, match="made as real malmo, and cannot become demo malmo"):
            installation.mark(owner, kind="demo", municipality="malmo")
        with pytest.raises(installation.OtherInstallation, match="cannot become real goteborg"):
            installation.mark(owner, kind="real", municipality="goteborg")
        assert installation.read(owner) == ("real", "malmo")
