"""Two identities side by side, for a person to see whether they are one child."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemvag.people import words
from hemvag.people.identities import Identity
from hemvag.people.likeness import likeness


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact of both. `is_same` says whether they agree to the letter, None when either is not known."""

    label: str
    one: str
    other: str
    is_same: bool | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The facts side by side, how like they are in per cent, and why, in words."""

    rows: Sequence[Row]
    score: int
    reasons: Sequence[str]


def side_by_side(one: Identity, other: Identity) -> Comparison:
    """Return the two beside each other; neither is changed, and nothing is decided."""
    like = likeness(one, other)
    rows = [
        _row(_("Namn"), _names(one, "official"), _names(other, "official")),
        _row(_("Andra stavningar"), _names(one, "spelling"), _names(other, "spelling")),
        _row(_("Född"), *(words.birth(who.birth) if who.birth.date else "" for who in (one, other))),
        _row(_("Nummer"), *(words.number(who.number) if who.number.value else "" for who in (one, other))),
        _row(_("Vårdnadshavare"), _guardians(one), _guardians(other)),
        _row(_("Var barnet är"), _whereabouts(one), _whereabouts(other)),
        _row(_("Språk"), one.languages, other.languages),
    ]
    return Comparison(
        rows=[row for row in rows if row.one or row.other], score=like.score, reasons=words.reasons(like.reasons)
    )


def _row(label: str, one: str, other: str) -> Row:
    return Row(label=label, one=one, other=other, is_same=one.casefold() == other.casefold() if one and other else None)


def _names(identity: Identity, kind: str) -> str:
    return "; ".join(words.name(name) for name in identity.names if (name.kind == "official") == (kind == "official"))


def _whereabouts(identity: Identity) -> str:
    return "" if identity.whereabouts == "unknown" else words.whereabouts(identity)


def _guardians(identity: Identity) -> str:
    return "; ".join(
        f"{guardian.name} ({guardian.relation})" if guardian.relation else guardian.name
        for guardian in identity.guardians
    )
