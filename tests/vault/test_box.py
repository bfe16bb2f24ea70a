"""A sealed value opens with its key in its place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.vault import box

KEY = bytes(range(32))


@given(st.binary(max_size=2000), st.binary(max_size=50))
def test_it_returns_what_was_sealed(content: bytes, place: bytes) -> None:
    assert box.unseal(KEY, box.seal(KEY, content, place), place) == content


def test_it_never_looks_the_same_twice() -> None:
    assert box.seal(KEY, b"a", b"") != box.seal(KEY, b"a", b"")


@pytest.mark.parametrize("change", [0, 1, 13, -1])
def test_a_changed_byte_does_not_open(change: int) -> None:
    sealed = bytearray(box.seal(KEY, b"mormor ringde", b"here"))
    sealed[change] ^= 1
    with pytest.raises(box.DoesNotOpen):
        box.unseal(KEY, bytes(sealed), b"here")


def test_a_value_moved_to_another_place_does_not_open() -> None:
    with pytest.raises(box.DoesNotOpen):
        box.unseal(KEY, box.seal(KEY, b"a", b"here"), b"there")


def test_another_key_does_not_open() -> None:
    with pytest.raises(box.DoesNotOpen):
        box.unseal(box.new_key(), box.seal(KEY, b"a", b""), b"")


def test_nothing_at_all_does_not_open() -> None:
    with pytest.raises(box.DoesNotOpen):
        box.unseal(KEY, b"", b"")
