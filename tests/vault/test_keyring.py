"""Each committee's key opens its own dossiers only."""

import base64
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hemvag.vault import box, keyfile, lasting, tokens
from hemvag.vault.keyring import NeverGiven, NotHeld, SecretKeyring

LONG = base64.b64encode(bytes(32)).decode()
RING = SecretKeyring({1: bytes(32)})
HERE, THERE, CHILD, SIBLING = uuid4(), uuid4(), uuid4(), uuid4()


def test_it_unwraps_a_batch_by_dossier() -> None:
    keys = {CHILD: box.new_key(), SIBLING: box.new_key()}
    wrapped = [RING.wrap(HERE, dossier, key) for dossier, key in keys.items()]
    assert RING.unwrap(wrapped) == keys


@pytest.mark.parametrize(("authority", "dossier"), [(THERE, CHILD), (HERE, SIBLING)])
def test_a_wrapped_key_opens_for_no_other_committee_or_dossier(authority: UUID, dossier: UUID) -> None:
    wrapped = RING.wrap(HERE, CHILD, box.new_key())
    with pytest.raises(box.DoesNotOpen):
        RING.unwrap([replace(wrapped, authority=authority, dossier=dossier)])


def test_another_installation_cannot_unwrap() -> None:
    wrapped = RING.wrap(HERE, CHILD, box.new_key())
    with pytest.raises(box.DoesNotOpen):
        SecretKeyring({1: bytes([1]) * 32}).unwrap([wrapped])


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SecretKeyring({1: b"short"})


def test_equal_words_give_equal_tokens_within_one_committee_only() -> None:
    assert tokens.blind(RING, HERE, "number", "1") == tokens.blind(RING, HERE, "number", "1")
    assert tokens.blind(RING, HERE, "number", "1") != tokens.blind(RING, THERE, "number", "1")
    assert tokens.blind(RING, HERE, "number", "1") != tokens.blind(RING, HERE, "name", "1")


def test_a_key_file_is_made_for_its_owner_only_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "hemvag.key"
    keyfile.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [len(secret) for secret in keyfile.read(path, data=tmp_path / "data").secrets.values()] == [32]
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


@pytest.mark.parametrize(
    "text", ["", "# ", "åäö", "YQ==", "1:YQ==", "0:" + LONG, "1:" + LONG + " 1:" + LONG, "1/audit/:" + LONG]
)
def test_a_secret_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(keyfile.UnsafeKey):
        keyfile.parse(text)


OLD, NEW = bytes([1]) * 32, bytes([2]) * 32
BEFORE, BETWEEN, AFTER = SecretKeyring({1: OLD}), SecretKeyring({1: OLD, 2: NEW}), SecretKeyring({2: NEW})


def test_the_newest_secret_wraps_and_the_one_that_is_named_unwraps() -> None:
    key = box.new_key()
    old, new = BEFORE.wrap(HERE, CHILD, key), BETWEEN.wrap(HERE, SIBLING, key)
    assert (old.generation, new.generation, BETWEEN.generation, BETWEEN.generations) == (1, 2, 2, (2, 1))
    assert BETWEEN.unwrap([old, new]) == {CHILD: key, SIBLING: key}
    assert AFTER.unwrap([new]) == {SIBLING: key}


def test_a_key_of_a_generation_that_is_gone_does_not_open() -> None:
    old = BEFORE.wrap(HERE, CHILD, box.new_key())
    with pytest.raises(NotHeld, match="generation 1"):
        AFTER.unwrap([old])
    with pytest.raises(box.DoesNotOpen):
        AFTER.unwrap([replace(old, generation=2)])


def test_a_derived_key_is_of_the_present_generation_unless_one_is_named() -> None:
    assert BETWEEN.derive("draft") == AFTER.derive("draft")
    assert BETWEEN.derive("draft", generation=1) == BEFORE.derive("draft") != AFTER.derive("draft")
    assert BETWEEN.every("draft", b"x") == {2: AFTER.derive("draft", b"x"), 1: BEFORE.derive("draft", b"x")}
    assert list(BETWEEN.every("draft")) == [2, 1]


def test_a_key_that_is_kept_outlives_its_secret_and_nothing_else_does() -> None:
    kept = SecretKeyring({2: NEW}, {(1, "audit", HERE.bytes): BEFORE.derive("audit", HERE.bytes)})
    assert kept.every("audit", HERE.bytes) == BETWEEN.every("audit", HERE.bytes)
    assert list(kept.every("audit", THERE.bytes)) == [2]
    assert kept.generations == (2,)
    with pytest.raises(NotHeld):
        kept.derive("second factor", generation=1)


def test_a_wrapping_key_is_never_handed_out() -> None:
    for ask in (RING.derive, RING.every):
        with pytest.raises(NeverGiven):
            ask("wrap", HERE.bytes)


def test_what_lasts_opens_under_the_generation_that_it_names() -> None:
    old, new = (lasting.seal(ring, "factor", b"hemligt", b"here") for ring in (BEFORE, BETWEEN))
    assert (lasting.generation(old), lasting.generation(new)) == (1, 2)
    assert [lasting.unseal(BETWEEN, "factor", sealed, b"here") for sealed in (old, new)] == [b"hemligt"] * 2
    with pytest.raises(NotHeld):
        lasting.unseal(AFTER, "factor", old, b"here")
    with pytest.raises(box.DoesNotOpen):
        lasting.unseal(BETWEEN, "factor", new, b"there")


def test_what_was_sealed_before_generations_had_numbers_is_of_the_first() -> None:
    sealed = box.seal(BEFORE.derive("factor"), b"hemligt", b"here")
    assert lasting.generation(sealed) == 1
    assert lasting.unseal(BETWEEN, "factor", sealed, b"here") == b"hemligt"


def test_a_token_is_another_in_another_generation() -> None:
    old = tokens.blind(BEFORE, HERE, "number", "1")
    assert tokens.blind(BETWEEN, HERE, "number", "1") != old
    assert tokens.blind(BETWEEN, HERE, "number", "1", generation=1) == old
