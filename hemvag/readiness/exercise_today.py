"""What waits for whoever keeps the town's readiness: reports to write, gaps without an owner, gaps to close."""

import datetime as dt
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock, date_words
from hemvag.readiness import exercise_shown
from hemvag.readiness.models import OWNER_WITHIN, REPORT_WITHIN, Exercise, ExerciseGap
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)
AHEAD: Final = dt.timedelta(days=14)
"""How long before its day something is shown."""


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first. Three queries however many exercises there are."""
    if not granted(worker, at).has(Ability.READINESS_WORK):
        return []
    soon = clock.local(at).date() + AHEAD
    unwritten = Exercise.objects.visible_to(worker, at).filter(reports=None, held_on__lte=soon - REPORT_WITHIN)
    found = [_report(row, at) for row in unwritten.order_by("held_on")[:limit]]
    gaps = ExerciseGap.objects.visible_to(worker, at).still_open().select_related("exercise")
    found += [
        _gap(row, at)
        for row in gaps.prefetch_related("owners").order_by("exercise__held_on", "at")
        if _due(row) <= soon
    ]
    return sorted(found)[:limit]


def _due(row: ExerciseGap) -> dt.date:
    owners = list(row.owners.all())
    return owners[0].due if owners else row.exercise.held_on + OWNER_WITHIN


def _report(row: Exercise, at: dt.datetime) -> Item:
    page = address("readiness:exercise_report", row.pk)
    return _item(row, row.held_on + REPORT_WITHIN, at, title=_("Skriv övningens rapport"), page=page, button=_("Skriv"))


def _gap(row: ExerciseGap, at: dt.datetime) -> Item:
    is_owned = bool(row.owners.all())
    title = _("Stäng en brist från övningen") if is_owned else _("Säg vem som ansvarar för en brist")
    page = address("readiness:close_gap" if is_owned else "readiness:own_gap", row.pk)
    return _item(row.exercise, _due(row), at, title=title, page=page, button=_("Öppna"))


def _item(row: Exercise, due: dt.date, at: dt.datetime, *, title: str, page: str, button: str) -> Item:
    today = clock.local(at).date()
    return Item(
        due=dt.datetime.combine(due, END_OF_DAY, clock.STOCKHOLM),
        when=_("senast %(day)s") % {"day": date_words.relative(due, today=today, language=get_language() or "sv")},
        kind="exercise",
        title=title,
        who="",
        reference=row.name,
        url=address("readiness:exercise", row.pk),
        next_label=button,
        next_url=page,
        state=exercise_shown.state(due, at),
    )
