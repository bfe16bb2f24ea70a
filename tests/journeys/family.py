"""The children of the story, and what is written about them."""

import datetime as dt
import re
from dataclasses import dataclass, field

from hemvag.lib import person_numbers


@dataclass
class Child:
    """A child of the story; the case's `reference` and the number are known when the story has come there."""

    given: str
    born: dt.date
    other_spelling: str
    police_spelling: str
    reference: str = ""
    is_numbered: bool = False

    @property
    def number(self) -> str:
        """A number from the official test series."""
        return person_numbers.test_number(self.born, 0)


@dataclass
class Family:
    """Two grandchildren, with a family name that no other journey in this database uses."""

    name: str
    children: list[Child] = field(
        default_factory=lambda: [
            Child("Amina", dt.date(2020, 3, 12), "Aamina", "Amiina"),
            Child("Yusuf", dt.date(2022, 1, 5), "Yousef", "Yusef"),
        ]
    )

    @property
    def eldest(self) -> Child:
        """The child whose case the story follows to its end."""
        return self.children[0]


def references(text: str) -> list[str]:
    """Return the cases that a text names."""
    return re.findall(r"\b[A-ZÅÄÖ]\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
