"""The shapes that pages hand to the components: what is shown, with no knowledge of what it is about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ClockState = Literal["done", "now", "soon", "late", "next"]


@dataclass(frozen=True, slots=True)
class Room:
    """One line of the side list. `count` is what waits for this worker there; 0 shows nothing."""

    label: str
    url: str
    icon: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame shows around every page; `context` is the same as template names.

    Addresses left empty take their control off the page.
    """

    town: str
    worker_name: str = ""
    unit_name: str = ""
    navigation: Sequence[Room] = ()
    new_contact_url: str = ""
    search_url: str = ""
    exercise_url: str = ""
    account_url: str = ""
    sign_out_url: str = ""
    language_url: str = ""
    shortcuts: bool = True
    demo: bool = False

    def context(self) -> dict[str, object]:
        """Return the template names that `web/frame.html` reads."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Clock:
    """One step of the statutory clocks. `when` is the date in words; `provision` the law as it stood that day."""

    label: str
    state: ClockState
    when: str
    provision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of a journal: when, what, by whom, with the provision it rests on."""

    at: dt.datetime
    title: str
    by: str = ""
    provision: str = ""
    body: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and what it stands for; `person` marks text a person wrote or is named, shown in its own direction."""

    term: str
    value: str
    person: bool = False
