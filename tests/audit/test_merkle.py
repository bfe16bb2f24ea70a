"""The tree is that of RFC 6962, by the roots that Certificate Transparency publishes for its eight test leaves."""

import hashlib

import pytest

from hemvag.audit import merkle

LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def root(leaves: list[bytes]) -> bytes:
    tree = merkle.Tree()
    for content in leaves:
        tree.add(merkle.leaf(content))
    return tree.root()


@pytest.mark.parametrize("number", range(1, 9))
def test_roots_are_those_of_certificate_transparency(number: int) -> None:
    assert root([bytes.fromhex(leaf) for leaf in LEAVES[:number]]).hex() == ROOTS[number - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.Tree().root() == hashlib.sha256(b"").digest()


def defined(leaves: list[bytes]) -> bytes:
    """The RFC's own definition: split at the largest power of two below the number."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + defined(leaves[:split]) + defined(leaves[split:])).digest()


def test_a_tree_that_grew_is_the_tree_that_the_standard_defines() -> None:
    leaves = [bytes([number]) for number in range(200)]
    assert all(root(leaves[:size]) == defined(leaves[:size]) for size in range(1, 200))


def test_a_node_cannot_be_taken_for_a_leaf() -> None:
    one, other = merkle.leaf(b"a"), merkle.leaf(b"b")
    assert root([b"a", b"b"]) != merkle.leaf(one + other)
