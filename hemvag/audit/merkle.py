"""The Merkle tree of RFC 6962 (Certificate Transparency), section 2.1: leaves and nodes are hashed apart.

Thirty lines of our own: the one library on offer that does nothing else keeps its leaves in a store of its own and is
under the GPL, and what is needed is a root, reckoned while rows stream by.
"""

import hashlib
from typing import Final

LEAF: Final = b"\x00"
NODE: Final = b"\x01"


def leaf(content: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(LEAF + content).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps as many hashes as its height."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[tuple[int, bytes]] = []
        """Roots of the whole subtrees, largest first, each with its size, a power of two."""

    def add(self, hashed: bytes) -> None:
        """Add the hash of the next leaf."""
        size, top = 1, hashed
        while self._whole and self._whole[-1][0] == size:
            _, left = self._whole.pop()
            size, top = size * 2, _node(left, top)
        self._whole.append((size, top))
        self.size += 1

    def root(self) -> bytes:
        """Return the root of all leaves so far; of none, the hash of nothing."""
        if not self._whole:
            return hashlib.sha256().digest()
        top = self._whole[-1][1]
        for _, left in reversed(self._whole[:-1]):
            top = _node(left, top)
        return top


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()
