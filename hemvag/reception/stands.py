"""How a task stands: read from what was done with it and from what its receivers answered, each time it is asked."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemvag.exchange import standing
from hemvag.exchange.models import AnswerKind, Offer
from hemvag.reception.plan import Act, Plan, PlanTask, Told


class State(models.TextChoices):
    """How a task stands, the one that most needs somebody first."""

    DECLINED = "declined", _("Avböjd")
    TAKEN_BACK = "taken_back", _("Återtagen")
    NEED_MORE = "need_more", _("Mottagaren behöver mer")
    PROPOSED = "proposed", _("Inte börjad")
    BEGUN = "begun", _("Påbörjad")
    SENT = "sent", _("Lämnad, inget svar än")
    ACCEPTED = "accepted", _("Mottagen")
    IF_NEEDED = "if_needed", _("Bara om det behövs")
    DONE = "done", _("Klar")
    NOT_NEEDED = "not_needed", _("Behövs inte")


OVER: Final = frozenset({State.DONE, State.NOT_NEEDED})
"""States in which nothing waits."""
_OF_ANSWER: Final[Mapping[str, State]] = {
    standing.SENT: State.SENT,
    AnswerKind.MORE_GIVEN: State.SENT,
    AnswerKind.ACCEPTED: State.ACCEPTED,
    AnswerKind.REJECTED: State.DECLINED,
    AnswerKind.NEED_MORE: State.NEED_MORE,
    AnswerKind.DONE: State.DONE,
    AnswerKind.WITHDRAWN: State.TAKEN_BACK,
    AnswerKind.RECALLED: State.TAKEN_BACK,
    AnswerKind.EXPIRED: State.TAKEN_BACK,
}
_URGENT: Final = list(State)


@dataclass(frozen=True, kw_only=True)
class Stands:
    """How a task stands, since when, and by whom it came so; None of either when nothing was done with it."""

    state: State
    since: dt.datetime | None = None
    by_name: str = ""
    offers: Sequence[Offer] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing waits."""
        return self.state in OVER


def of_plan(plan: Plan) -> Mapping[str, Stands]:
    """Return how each task stands, by its key. One query for all the answers."""
    offers = _offers(told.offer for task in plan.tasks for deed in task.deeds for told in deed.told)
    return {task.key: of(task, offers) for task in plan.tasks}


def of(task: PlanTask, offers: Mapping[uuid.UUID, Offer]) -> Stands:
    """Return how one task stands. What was told of several children, the newest of each, stands as that of them which
    stands worst."""
    deed = task.newest
    if deed is None:
        return Stands(state=State.IF_NEEDED if task.task.if_needed else State.PROPOSED)
    if deed.act == Act.SENT:
        newest = [offers[told.offer] for told in _newest(task) if told.offer in offers]
        found = [(offer, standing.of(offer)) for offer in newest]
        if found:
            _offer, worst = min(found, key=lambda pair: _URGENT.index(_OF_ANSWER[pair[1].kind]))
            return Stands(
                state=_OF_ANSWER[worst.kind],
                since=worst.since,
                by_name=deed.by_name,
                offers=[offer for offer, _now in found],
            )
    state = {Act.DONE: State.DONE, Act.NOT_NEEDED: State.NOT_NEEDED, Act.BEGUN: State.BEGUN}.get(
        Act(deed.act), State.PROPOSED
    )
    return Stands(state=state, since=deed.at, by_name=deed.by_name)


def _newest(task: PlanTask) -> list[Told]:
    """Return what was told last of each child, since somebody last said anything else of the task."""
    found: dict[uuid.UUID, Told] = {}
    for deed in task.deeds:
        if deed.act != Act.SENT:
            found = {}
        found |= {told.child: told for told in deed.told}
    return list(found.values())


def _offers(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Offer]:
    rows = Offer.objects.filter(id__in=list(ids)).select_related("disclosure", "receiver").prefetch_related("answers")
    return {row.id: row for row in rows}
