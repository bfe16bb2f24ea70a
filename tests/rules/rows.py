"""What a row of the table of permissions is made of: the parts, and groups of them that get in together."""

from dataclasses import dataclass
from typing import Literal

PARTS = (
    *("counsellor", "other_counsellor", "registrar", "social_worker", "colleague", "unit_lead", "other_lead"),
    *(
        "other_worker",
        "support_worker",
        "support_colleague",
        "support_lead",
        "on_call",
        "protected_desk",
        "coordinator",
        "privacy_officer",
        "lawyer",
        "archivist",
        "administrator",
    ),
    "nobody",
)
SIGN_IN, OPEN = "sign_in", "open"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address and who gets in."""

    name: str
    lets_in: frozenset[str]
    of: str = ""
    method: Literal["get", "post"] = "get"
    visitor: Literal["sign_in", "open", "not_there"] = "sign_in"

    def __str__(self) -> str:
        return f"{self.name}{f' of {self.of}' if self.of else ''}"


def row(name: str, lets_in: str, of: str = "", *, method: Literal["get", "post"] = "get", open: bool = False) -> Row:  # noqa: A002
    """Return the row; `lets_in` names parts with spaces between."""
    visitor: Literal["sign_in", "open"] = "open" if open else "sign_in"
    return Row(name=name, lets_in=frozenset(lets_in.split()), of=of, method=method, visitor=visitor)


def unset(name: str) -> Row:
    """Return the row of an address that is there only where the municipality has a sign-in of its own."""
    return Row(name=name, lets_in=frozenset(), visitor="not_there")


EVERYONE = " ".join(PARTS)
LINE = "counsellor other_counsellor"
WORKS = "social_worker unit_lead"
IDENTIFIES = "registrar on_call"
REVIEWS = "unit_lead other_lead support_lead protected_desk"
SEES = f"{WORKS} {IDENTIFIES}"
ADULTS = "support_worker support_lead"
READS = "social_worker colleague unit_lead other_lead other_worker"

RECEIVES = "registrar unit_lead other_lead on_call protected_desk support_lead"
FINDS = (
    f"{LINE} registrar social_worker colleague unit_lead other_lead other_worker support_worker support_colleague"
    " support_lead on_call protected_desk coordinator"
)
KEEPS = "unit_lead other_lead support_lead coordinator"
TELLS = (
    "social_worker colleague unit_lead other_lead other_worker on_call protected_desk support_worker support_colleague"
    " support_lead"
)
