"""A setting that cannot be read is named; a secret's value never is."""

from pathlib import Path

import pytest

from hemvag.config import addresses, env

SCHEMES = ("postgresql",)


def test_what_is_not_set_has_its_declared_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEMVAG_ROLE", raising=False)
    assert env.text("HEMVAG_ROLE") == "staff"
    monkeypatch.setenv("HEMVAG_ROLE", "  ")
    assert env.text("HEMVAG_ROLE") == "staff"


def test_what_is_not_declared_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        env.text("HEMVAG_UNHEARD_OF")


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("1", True), ("ON", True), ("no", False), ("false", False)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, word: str, value: bool) -> None:
    monkeypatch.setenv("HEMVAG_BEHIND_PROXY", word)
    assert env.flag("HEMVAG_BEHIND_PROXY") is value


def test_other_words_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVAG_BEHIND_PROXY", "perhaps")
    with pytest.raises(env.WrongSetting, match="HEMVAG_BEHIND_PROXY should be yes or no, not 'perhaps'"):
        env.flag("HEMVAG_BEHIND_PROXY")
    monkeypatch.setenv("HEMVAG_ROLE", "king")
    with pytest.raises(env.WrongSetting, match="HEMVAG_ROLE should be one of staff, job"):
        env.choice("HEMVAG_ROLE", ["staff", "job"])


def test_words_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVAG_HOSTS", "a.example, b.example,,")
    assert env.words("HEMVAG_HOSTS") == ["a.example", "b.example"]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HEMVAG_SECRET_KEY", raising=False)
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    monkeypatch.setenv("HEMVAG_SECRET_KEY_FILE", str(file))
    assert env.secret("HEMVAG_SECRET_KEY") == "from a file"
    monkeypatch.setenv("HEMVAG_SECRET_KEY", "in the open")
    with pytest.raises(env.WrongSetting, match="HEMVAG_SECRET_KEY or HEMVAG_SECRET_KEY_FILE, not both") as both:
        env.secret("HEMVAG_SECRET_KEY")
    assert "in the open" not in str(both.value)
    monkeypatch.delenv("HEMVAG_SECRET_KEY")
    monkeypatch.setenv("HEMVAG_SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(env.WrongSetting, match="HEMVAG_SECRET_KEY_FILE names a file that cannot be read"):
        env.secret("HEMVAG_SECRET_KEY")


def test_the_key_file_is_left_to_the_vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its mode and place are checked there; reading it here would go round that."""
    file = tmp_path / "key"
    file.write_text("secret")
    monkeypatch.delenv("HEMVAG_KEY", raising=False)
    monkeypatch.setenv("HEMVAG_KEY_FILE", str(file))
    assert env.secret("HEMVAG_KEY") == ""


@pytest.mark.parametrize("address", ["mysql://u:hidden@h/d", "postgresql://u:hidden@h:port/d", "hidden"])
def test_a_wrong_address_is_refused_without_its_password(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HEMVAG_DATABASE_JOB_URL", address)
    with pytest.raises(env.WrongSetting, match="HEMVAG_DATABASE_JOB_URL") as error:
        env.url("HEMVAG_DATABASE_JOB_URL", schemes=SCHEMES)
    assert "hidden" not in str(error.value)


def test_an_address_becomes_djangos(monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("OWNER", "STAFF", "LOG", "NUMBERS", "JOB"):
        monkeypatch.setenv(
            f"HEMVAG_DATABASE_{role}_URL", f"postgresql://{role}:p%40ss@db.example:6432/town?sslmode=verify-full"
        )
    entry = addresses.address("staff")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", 6432, "town")
    assert (entry["USER"], entry["PASSWORD"]) == ("STAFF", "p@ss")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    assert entry["OPTIONS"]["options"] == "-c search_path=hemvag,keys,log,counts"


def test_an_address_must_name_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("OWNER", "STAFF", "LOG", "NUMBERS", "JOB"):
        monkeypatch.setenv(f"HEMVAG_DATABASE_{role}_URL", "postgresql://u:p@h")
    with pytest.raises(env.WrongSetting, match="HEMVAG_DATABASE_STAFF_URL names no database"):
        addresses.address("staff")
