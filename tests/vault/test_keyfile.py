"""A key file holds one secret or several, and is refused where somebody else could read or replace it."""

import base64
from pathlib import Path
from typing import Any

import pytest

from hemvag.vault import installed, keyfile
from hemvag.vault.keyfile import Secrets, UnsafeKey

ONE, TWO = base64.b64encode(bytes([1]) * 32).decode(), base64.b64encode(bytes([2]) * 32).decode()


@pytest.mark.parametrize("text", [f"2:{TWO}\n1:{ONE}\n", f"1:{ONE} 2:{TWO}", f"# until May\n1:{ONE}\n\n  2:{TWO}"])
def test_secrets_have_numbers_and_may_stand_in_any_order(text: str) -> None:
    assert keyfile.parse(text).secrets == {1: bytes([1]) * 32, 2: bytes([2]) * 32}


def test_a_secret_alone_is_the_first() -> None:
    assert keyfile.parse(f"{ONE}\n").secrets == {1: bytes([1]) * 32}


def test_what_is_written_is_read_back() -> None:
    held = Secrets(secrets={2: bytes(32), 3: bytes(33)}, kept={(1, "sign-in code", b"\x00\xff"): bytes(32)})
    assert keyfile.parse(keyfile.written(held)) == held


@pytest.mark.parametrize("purpose", ["with_line", "Åäö", ""])
def test_what_could_not_be_read_back_is_never_written(purpose: str) -> None:
    with pytest.raises(UnsafeKey):
        keyfile.written(Secrets(secrets={2: bytes(32)}, kept={(1, purpose, b""): bytes(32)}))


def test_secrets_are_never_printed() -> None:
    held = Secrets(secrets={2: b"hemligt" * 8}, kept={(1, "audit", b""): b"hemligt" * 8})
    assert "hemligt" not in repr(held)


def made(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "hemvag.key"
    keyfile.make(path)
    return path


def test_a_file_is_replaced_whole_and_stays_its_owners(tmp_path: Path) -> None:
    path = made(tmp_path)
    (tmp_path / "link").symlink_to(path)
    held = Secrets(secrets={**keyfile.read(path, data=None).secrets, 2: bytes(32)})
    keyfile.replace(tmp_path / "link", held)
    assert keyfile.read(path, data=None) == held
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "link").is_symlink()
    assert [place.name for place in path.parent.iterdir()] == ["hemvag.key"]


@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_a_directory_in_which_others_may_write_is_refused(tmp_path: Path, mode: int) -> None:
    path = made(tmp_path)
    path.parent.chmod(mode)
    with pytest.raises(UnsafeKey, match=f"go-w on {path.parent}"):
        keyfile.read(path, data=tmp_path / "data")
    path.parent.chmod(0o700)
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(mode)
    (tmp_path / "open" / "link").symlink_to(path)
    with pytest.raises(UnsafeKey, match=f"go-w on {tmp_path / 'open'}"):
        keyfile.read(tmp_path / "open" / "link", data=tmp_path / "data")


def test_a_link_among_the_data_is_refused_though_the_file_lies_elsewhere(tmp_path: Path) -> None:
    path = made(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hemvag.key").symlink_to(path)
    with pytest.raises(UnsafeKey, match="data directory"):
        keyfile.read(tmp_path / "data" / "hemvag.key", data=tmp_path / "data")


@pytest.fixture
def installation(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = made(tmp_path)
    settings.HEMVAG_KEY, settings.HEMVAG_KEY_FILE = "", str(path)
    monkeypatch.setattr(installed, "_held", {})
    return path


def test_a_running_process_follows_the_file(installation: Path) -> None:
    assert installed.keyring().generation == 1
    assert installed.keyring() is installed.keyring()
    held = installed.held_now()
    keyfile.replace(installation, Secrets(secrets={**held.secrets, 2: bytes(32)}))
    assert installed.keyring().generations == (2, 1)


def test_a_running_process_goes_on_with_what_it_holds_and_none_starts(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = installed.keyring()
    installation.chmod(0o644)
    assert installed.keyring() is ring
    installation.unlink()
    assert installed.keyring() is ring
    monkeypatch.setattr(installed, "_held", {})
    with pytest.raises(UnsafeKey, match="no key file"):
        installed.keyring()
