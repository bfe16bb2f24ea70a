"""The checklist that a raised level starts: begin it, and mark how far an item has come."""

import datetime as dt

from hemvag.readiness.content import content
from hemvag.readiness.models import Check, CheckMark, LevelDecision
from hemvag.staff.models import Worker


class NotYours(PermissionError):
    """The worker does not work with this committee's readiness."""


class BegunAnew(RuntimeError):
    """The item has been begun anew since; that row is the one to mark."""


def begin(decision: LevelDecision, *, is_anew: bool) -> int:
    """Add the items of the town's order that are not on the list; return how many. Called within the decision's act.

    What is open goes on with its owner, day and note. What is done stays done, unless the list is begun anew from the
    ordinary level: it may not be true any more.
    """
    known = {row.code: row for row in Check.objects.filter(authority=decision.authority_id).standing()}
    added = [
        Check(
            authority_id=decision.authority_id,
            decision=decision,
            code=item.code,
            words=item.name.sv,
            must=item.must,
            place=place,
            at=decision.at,
        )
        for place, item in enumerate(content().items.values())
        if _is_wanted(known.get(item.code), is_anew=is_anew)
    ]
    return len(Check.objects.bulk_create(added))


def mark(
    check: Check, *, state: str, owner: str, due: dt.date | None, note: str, by: Worker, at: dt.datetime
) -> CheckMark:
    """Say how far an item has come: done or not, whose it is, when it is due. Raises NotYours and BegunAnew."""
    mine = Check.objects.visible_to(by, at).filter(code=check.code, authority=check.authority_id)
    standing = mine.standing().first()
    if standing is None:
        raise NotYours(by.pk)
    if standing.pk != check.pk:
        raise BegunAnew(check.pk)
    return CheckMark.objects.create(check_item=check, state=state, owner=owner, due=due, note=note, at=at, by=by)


def _is_wanted(row: Check | None, *, is_anew: bool) -> bool:
    if row is None:
        return True
    is_done = row.state == CheckMark.State.DONE  # type: ignore[attr-defined]
    return is_anew and is_done
