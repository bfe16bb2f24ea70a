"""How a room declares what it keeps; grants and, later, erasure by rule are computed from these rows."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Record:
    """One model: how it may be written, how long it is kept (a code that `law.retention` will know), and why."""

    model: str
    kind: Literal["state", "append_only", "key", "log", "seal", "reference"]
    keep: str
    why: str
    deletable: bool = False


RECORDS = [
    Record("web.Once", kind="state", keep="two_days", why="a double click acts once", deletable=True),
]
