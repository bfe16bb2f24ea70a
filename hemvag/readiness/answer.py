"""Say how ready a unit is, item by item of the checklist."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from hemvag.agencies.models import Unit
from hemvag.readiness.content import content
from hemvag.readiness.facts import Changed, Wrong
from hemvag.readiness.models import ItemGrade
from hemvag.readiness.models.checklist import units_seen_by
from hemvag.staff.models import Worker


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a unit says of an item: a grade 0 to 4 with its reason, or None for unknown."""

    grade: int | None
    reason: str = ""
    exercised_on: dt.date | None = None


def standing(unit: Unit, *, upto: int | None = None) -> dict[str, ItemGrade]:
    """Return what the unit says now, or said at version `upto`, by item; what nobody answered is not there: unknown."""
    rows = ItemGrade.objects.filter(unit=unit)
    if upto is not None:
        rows = rows.filter(number__lte=upto)
    return {row.item: row for row in rows.select_related("by").standing()}


def last_said(unit: Unit) -> ItemGrade | None:
    """Return the last thing that the unit has said, or None."""
    return ItemGrade.objects.filter(unit=unit).select_related("by").order_by("-number").first()


def number_of(unit: Unit) -> int:
    """Return the number of the last thing that the unit has said, or 0: the version of its checklist."""
    last = last_said(unit)
    return last.number if last else 0


def answer(
    unit_id: uuid.UUID, answers: Mapping[str, Answer], *, seen: int, by: Worker, at: dt.datetime
) -> list[ItemGrade]:
    """Store those answers that are new; what is as it was stores nothing.

    Raises Unit.DoesNotExist, Changed (with what stands) when something was said after version `seen`, Wrong.
    """
    unit = units_seen_by(by, at).get(id=unit_id)
    kept = standing(unit)
    if number_of(unit) != seen:
        raise Changed(kept)
    for item, said in answers.items():
        _check(item, said, unit)
    new = {item: said for item, said in answers.items() if said != as_answer(kept.get(item))}
    try:
        with transaction.atomic():
            return [
                ItemGrade.objects.create(
                    unit=unit,
                    number=number,
                    item=item,
                    grade=said.grade,
                    reason=said.reason,
                    exercised_on=said.exercised_on,
                    by=by,
                    at=at,
                )
                for number, (item, said) in enumerate(new.items(), start=seen + 1)
            ]
    except IntegrityError:
        raise Changed(standing(unit)) from None


def as_answer(row: ItemGrade | None) -> Answer:
    """Return what a row says; no row says unknown."""
    return (
        Answer(grade=None) if row is None else Answer(grade=row.grade, reason=row.reason, exercised_on=row.exercised_on)
    )


def _check(item: str, said: Answer, unit: Unit) -> None:
    known = content().items.get(item)
    if known is None or not known.is_for(unit.kind):
        raise Wrong(item)
    if said.grade is not None and (not 0 <= said.grade <= 4 or not said.reason.strip()):
        raise Wrong(item)
    if said.grade == 4 and said.exercised_on is None:
        raise Wrong(item)
