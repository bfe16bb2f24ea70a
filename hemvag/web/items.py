"""One line of a list of what must be done, whatever room it comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, order=True)
class Item:
    """What waits for this worker. `due` is an aware time; items sort by it, and `when` says it in words. `who` is empty
    when no name may be shown; `note` is more that she must know before she opens it."""

    due: dt.datetime
    when: str
    kind: str
    title: str
    who: str
    reference: str
    url: str
    next_label: str
    next_url: str
    state: Literal["late", "now", "soon"]
    note: str = ""
