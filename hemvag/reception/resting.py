"""A return that does not happen: the plan rests until it is looked at again, is taken up, or ends.

Each is decided by a person and sealed with the reason; none is changed afterwards. The law's clocks stand in the
children's own cases and are neither stopped nor hidden by any of it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import writing
from hemvag.dossiers.models import Dossier
from hemvag.dossiers.opened import Opened
from hemvag.law import provisions
from hemvag.lib import clock
from hemvag.reception import facts, plan
from hemvag.staff.models import Worker

USUAL: Final = dt.timedelta(days=91)
"""How long a plan rests before it is looked at, when nobody says otherwise: three months (R30)."""
MOST: Final = dt.timedelta(days=366)


class Step(models.TextChoices):
    """What was decided of the plan."""

    REST = "rest", _("Vilar")
    WAKE = "wake", _("Pågår igen")
    END = plan.ENDED, _("Avslutad")


class Outcome(models.TextChoices):
    """What became of a plan that ended."""

    HOME = "home", _("De kom hem, och det som återstår står i barnens ärenden")
    ELSEWHERE = "elsewhere", _("De kom till en annan kommun")
    NOT_COMING = "not_coming", _("De kommer inte")
    MISTAKE = "mistake", _("Planen öppnades av misstag")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision. `review` is the day on which a plan that rests is looked at again; `outcome` how one ended."""

    step: Step
    text: str
    at: dt.datetime
    by_name: str
    review: dt.date | None = None
    outcome: str = ""

    @property
    def outcome_label(self) -> str:
        """What became of the plan, in words; empty unless it ended."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


def history(opened: Opened) -> Sequence[Decision]:
    """Return every decision, the newest last."""
    rows = [content.data for content in opened.read(plan.REST)]
    found = [
        Decision(
            step=Step(row["step"]),
            text=row["text"],
            at=dt.datetime.fromisoformat(row["at"]),
            by_name=row["by_name"],
            review=dt.date.fromisoformat(row["review"]) if row["review"] else None,
            outcome=row["outcome"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.at)


def now(opened: Opened) -> Decision | None:
    """Return the decision that holds while the plan rests or has ended, and None while it is worked with."""
    newest = history(opened)[-1:]
    return next((one for one in newest if one.step != Step.WAKE), None)


def usual_review(on: dt.date) -> dt.date:
    """Return the day of the next review when nobody says otherwise."""
    return on + USUAL


def rest(opened: Opened, *, text: str, review: dt.date, by: Worker, at: dt.datetime) -> None:
    """Let the plan rest until a day; said again while it rests, it was looked at and rests on.

    Raises NotYours, HasEnded, NothingWritten, TooLong, and NotThatDay for a day that is not ahead or is more than a
    year off.
    """
    today = clock.local(at).date()
    if not today < review <= today + MOST:
        raise facts.NotThatDay
    _decide(opened, Step.REST, text, review=review, by=by, at=at)


def wake(opened: Opened, *, text: str, by: Worker, at: dt.datetime) -> None:
    """Take up a plan that rests or has ended. Raises NotYours, NotResting, NothingWritten and TooLong."""
    _decide(opened, Step.WAKE, text, by=by, at=at)


def end(opened: Opened, *, outcome: str, text: str, by: Worker, at: dt.datetime) -> None:
    """End the plan and say what became of it. Raises NotYours, HasEnded, NothingWritten and TooLong."""
    _decide(opened, Step.END, text, outcome=Outcome(outcome).value, by=by, at=at)


def _decide(
    opened: Opened,
    step: Step,
    text: str,
    *,
    review: dt.date | None = None,
    outcome: str = "",
    by: Worker,
    at: dt.datetime,
) -> None:
    if not plan.may_work(opened, by, at):
        raise facts.NotYours
    said = writing.written(text)
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        standing = now(opened.anew())
        if step == Step.WAKE and standing is None:
            raise facts.NotResting
        if step != Step.WAKE and standing is not None and standing.step == Step.END:
            raise facts.HasEnded
        data = {"step": step.value, "text": said, "review": review.isoformat() if review else "", "outcome": outcome}
        plan.write(opened, plan.REST, data, by=by, at=at)
        opened.anew()
        provision = provisions.text("documentation", clock.local(at).date()).provision
        writing.enter(opened, f"plan_{step.value}", provision, content=None, by=by, at=at)
