"""What a long piece of work shows on the terminal: what is being done, how far it is, and the time left."""

import sys
from typing import Any


class Bar:
    """A progress bar that begins anew for each part of the work; one line a part where nobody looks on."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._what = ""
        self._done = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, what: str, done: int, total: int) -> None:
        """Show how far a part has come."""
        from tqdm import tqdm

        if self._what != what:
            self.__exit__()
            self._bar, self._what = tqdm(total=total, desc=what, file=sys.stderr, mininterval=0.5, disable=None), what
            self._done = 0
            if not sys.stderr.isatty():
                print(f"{what}: {total}", file=sys.stderr, flush=True)
        self._bar.update(done - self._done)
        self._done = done
