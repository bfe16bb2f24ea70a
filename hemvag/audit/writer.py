"""This process as a writer of the read log: it counts its lines, so that one removed before it is sealed leaves a hole.

Nobody waits for anybody: the count is the process's own.
"""

import itertools
import os
import uuid
from collections import deque


class Writer:
    """A name drawn at random, and the numbers 1, 2, 3 of the lines written under it."""

    def __init__(self) -> None:
        self.id = uuid.uuid4()
        self._next = itertools.count(1)
        self._returned: deque[int] = deque()

    def take(self) -> int:
        """Return the number of the next line. Threads may ask at once."""
        try:
            return self._returned.popleft()
        except IndexError:
            return next(self._next)

    def give_back(self, number: int) -> None:
        """Take back the number of a line that could not be written; the next one gets it."""
        self._returned.append(number)


_writers = [Writer()]


def this() -> Writer:
    """Return the writer of this process."""
    return _writers[0]


def renew() -> None:
    """Begin a new count under a new name."""
    _writers[0] = Writer()


os.register_at_fork(after_in_child=renew)
