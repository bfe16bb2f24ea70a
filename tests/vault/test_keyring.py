"""Each committee's key opens its own dossiers only."""

from pathlib import Path
from uuid import uuid4

import pytest

from hemvag.vault import box, keyfile, tokens
from hemvag.vault.keyring import SecretKeyring

RING = SecretKeyring(bytes(32))
HERE, THERE, CHILD, SIBLING = uuid4(), uuid4(), uuid4(), uuid4()


def test_it_unwraps_a_batch_by_dossier() -> None:
    keys = {CHILD: box.new_key(), SIBLING: box.new_key()}
    wrapped = [(HERE, dossier, RING.wrap(HERE, dossier, key)) for dossier, key in keys.items()]
    assert RING.unwrap(wrapped) == keys


@pytest.mark.parametrize(("authority", "dossier"), [(THERE, CHILD), (HERE, SIBLING)])
def test_a_wrapped_key_opens_for_no_other_committee_or_dossier(authority: object, dossier: object) -> None:
    wrapped = RING.wrap(HERE, CHILD, box.new_key())
    with pytest.raises(box.DoesNotOpen):
        RING.unwrap([(authority, dossier, wrapped)])  # type: ignore[list-item]


def test_another_installation_cannot_unwrap() -> None:
    wrapped = RING.wrap(HERE, CHILD, box.new_key())
    with pytest.raises(box.DoesNotOpen):
        SecretKeyring(bytes([1]) * 32).unwrap([(HERE, CHILD, wrapped)])


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SecretKeyring(b"short")


def test_equal_words_give_equal_tokens_within_one_committee_only() -> None:
    assert tokens.blind(RING, HERE, "number", "1") == tokens.blind(RING, HERE, "number", "1")
    assert tokens.blind(RING, HERE, "number", "1") != tokens.blind(RING, THERE, "number", "1")
    assert tokens.blind(RING, HERE, "number", "1") != tokens.blind(RING, HERE, "name", "1")


def test_a_key_file_is_made_for_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "hemvag.key"
    keyfile.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(keyfile.read(path, data=tmp_path / "data")) == 32
    with pytest.raises(FileExistsError):
        keyfile.make(path)


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hemvag.key"
    keyfile.make(path)
    path.chmod(0o640)
    with pytest.raises(keyfile.UnsafeKey, match="chmod 600"):
        keyfile.read(path, data=None)


def test_a_key_file_under_the_data_is_refused_even_through_a_link(tmp_path: Path) -> None:
    data = tmp_path / "data"
    keyfile.make(data / "hemvag.key")
    (tmp_path / "link").symlink_to(data / "hemvag.key")
    with pytest.raises(keyfile.UnsafeKey, match="data directory"):
        keyfile.read(tmp_path / "link", data=data)


@pytest.mark.parametrize("text", ["", "åäö", "YQ=="])
def test_a_secret_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(keyfile.UnsafeKey):
        keyfile.parse(text)
