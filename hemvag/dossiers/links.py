"""Which dossiers belong together: a child and its siblings, a child and a parent, a call and the child it was about.

A link lies sealed in both dossiers and in no column. Neither when it was made nor by whom stands in the open, since two
rows of one moment would tell the pair: both are sealed with it. Each dossier's links are one row, padded.
"""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import OnlyToRead, Opened
from hemvag.staff.models import Worker

KIND: Final = "link"
PADDED_TO: Final = 1024


class Relation(models.TextChoices):
    """What the other is to this one."""

    SIBLING = "sibling", _("Syskon")
    PARENT = "parent", _("Förälder")
    CHILD = "child", _("Barn")
    RELATIVE = "relative", _("Annan anhörig")
    CALL = "call", _("Samtal om barnet")
    ABOUT = "about", _("Barn som samtalet gällde")
    PLAN = "plan", _("Mottagningsplan")
    PLANNED = "planned", _("Barn i planen")


BACK: Final[Mapping[str, str]] = {
    Relation.SIBLING: Relation.SIBLING,
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.RELATIVE: Relation.RELATIVE,
    Relation.CALL: Relation.ABOUT,
    Relation.ABOUT: Relation.CALL,
    Relation.PLAN: Relation.PLANNED,
    Relation.PLANNED: Relation.PLAN,
}
"""What this one is to the other."""


class SameDossier(ValueError):
    """A dossier is not linked to itself."""


class AlreadyLinked(Exception):
    """The two are linked already."""


class NotLinked(Exception):
    """The two are not linked."""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """The other end of a link, opened, and what it is to this one."""

    opened: Opened
    relation: str


def link(one: Opened, other: Opened, *, relation: str, by: Worker, at: dt.datetime) -> None:
    """Link two opened dossiers; `relation` is what `other` is to `one`.

    Raises SameDossier, AlreadyLinked, and OnlyToRead unless both are hers to write in.
    """
    with transaction.atomic():
        _lock(one, other)
        for here, there, said in ((one, other, Relation(relation)), (other, one, BACK[relation])):
            rows = _rows(here)
            if any(row["to"] == str(there.dossier.id) for row in rows):
                raise AlreadyLinked
            made = {"to": str(there.dossier.id), "relation": str(said), "by": str(by.id), "at": at.isoformat()}
            _store(here, [*rows, made])


def unlink(one: Opened, other: Opened) -> None:
    """Take the link away on both sides. Raises SameDossier, NotLinked, and OnlyToRead."""
    with transaction.atomic():
        _lock(one, other)
        for here, there in ((one, other), (other, one)):
            rows = _rows(here)
            left = [row for row in rows if row["to"] != str(there.dossier.id)]
            if len(left) == len(rows):
                raise NotLinked
            _store(here, left)


def linked(
    opened: Opened, *, kinds: Collection[str], by: Worker, at: dt.datetime, also: Mapping[uuid.UUID, str] | None = None
) -> list[Linked]:
    """Return the other ends that `by` may open by her work, each with its content of `kinds`; one log line for them.

    None through broken glass or an agreement: a link is for who is entitled to both ends. `also` are dossiers known to
    belong with this one from elsewhere in its content, with what they are to it. A plan has a log line of its own, so
    that no row names it together with a child.
    """
    if opened.is_only_to_read:
        return []
    found = {uuid.UUID(row["to"]): row["relation"] for row in _known(opened)}
    wanted = {key: said for key, said in {**(also or {}), **found}.items() if key != opened.dossier.id}
    if not wanted:
        return []
    rows = Dossier.objects.filter(id__in=list(wanted)).select_related("unit")
    plans = rows.filter(compartment=Compartment.PLAN)
    others = {
        **record.open_many(rows.exclude(compartment=Compartment.PLAN), by=by, purpose=Purpose.LINK, at=at, kinds=kinds),
        **record.open_many(plans, by=by, purpose=Purpose.LINK, at=at, kinds=kinds),
    }
    shown = [Linked(opened=other, relation=wanted[key]) for key, other in others.items()]
    return sorted(shown, key=lambda end: end.opened.dossier.reference)


def known(opened: Opened, relation: str) -> list[uuid.UUID]:
    """Return which dossiers are linked as `relation` to this one, as it stands now, whoever may open them."""
    return [uuid.UUID(row["to"]) for row in _rows(opened) if row["relation"] == relation]


def _lock(one: Opened, other: Opened) -> None:
    """Hold both dossiers until the transaction ends, in one order whoever asks."""
    if one.is_only_to_read or other.is_only_to_read:
        raise OnlyToRead
    ids = [one.dossier.id, other.dossier.id]
    if ids[0] == ids[1]:
        raise SameDossier
    list(Dossier.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("id"))


def _known(opened: Opened) -> list[dict[str, str]]:
    """Return the links among the content that was read already."""
    return [row for content in opened.read(KIND) for row in content.data["links"]]


def _rows(opened: Opened) -> list[dict[str, str]]:
    """Return the links as they stand now, whatever was read before."""
    row = opened.dossier.sealed.filter(kind=KIND).first()
    links: list[dict[str, str]] = opened.piece(row.id).data["links"] if row else []
    return links


def _store(opened: Opened, rows: Sequence[Mapping[str, str]]) -> None:
    """Seal the dossier's links as of the moment it was opened and by nobody: that says nothing of when or with whom."""
    at = opened.dossier.opened_at
    row = opened.dossier.sealed.filter(kind=KIND).first()
    if row is None:
        opened.seal(KIND, _padded(rows), by=None, at=at)
    else:
        opened.reseal(row.id, _padded(rows), version=row.version, by=None, at=at)


def _padded(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return what is sealed, filled up to a round length, so that its size does not tell how many there are."""
    length = len(json.dumps({"links": list(rows), "pad": ""}, ensure_ascii=False, separators=(",", ":")).encode())
    return {"links": list(rows), "pad": " " * (-length % PADDED_TO)}
