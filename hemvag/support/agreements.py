"""Medgivande (OSL 12:2) as an adult gives and takes it back: what rests on it begins and closes with it.

It lifts secrecy for what it names. It is not the consent of the GDPR: what is processed here rests on law.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.dossiers import agreement, writing
from hemvag.dossiers.agreement import Opening, Words
from hemvag.dossiers.models import Agreement, Dossier, GivenBy, Withdrawal
from hemvag.dossiers.opened import Opened
from hemvag.law import codes
from hemvag.staff.models import Worker
from hemvag.support import case, facts
from hemvag.support.models import Outcome, StepKind, SupportStep

PROVISION: Final = agreement.PROVISION


class How(models.TextChoices):
    """How it was given."""

    SPOKEN = "spoken", _("Muntligt")
    SIGNED = "signed", _("Underskrivet")
    EID = "eid", _("Med e-legitimation")


class Openable(models.TextChoices):
    """The kinds of content that an agreement here can open to a unit, and nothing else."""

    IDENTITY = "identity", _("Vem det är")
    PLAN = "plan", _("Planen")
    FOLLOW_UP = "follow_up", _("Uppföljningar")
    CONFERENCE = "conference", _("Möten med flera parter")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """To whom it opens: receivers outside as codes of `law.codes`, and at most one unit here with what it may read."""

    receivers: Sequence[str] = ()
    unit: Unit | None = None
    kinds: Collection[str] = ()


def give(
    opened: Opened,
    *,
    words: Words,
    scope: Scope,
    valid_from: dt.datetime,
    valid_to: dt.datetime,
    by: Worker,
    at: dt.datetime,
) -> Agreement:
    """Store what the person agreed to, once it has been read back; open it, and let the plan wait.

    Raises NotYours, NotRunning, NothingWritten, NotThoseDays, NoSuchKinds, `codes.UnknownCode`.
    """
    case.ask_to_work(opened, by, at)
    known = codes.codes()
    for code in scope.receivers:
        known.check("authority", code)
    if bool(scope.unit) != bool(scope.kinds) or not set(scope.kinds) <= set(Openable.values):
        raise facts.NoSuchKinds
    if valid_to <= max(valid_from, at):
        raise facts.NotThoseDays
    openings = [Opening(unit=scope.unit, kinds=scope.kinds)] if scope.unit else []
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        if not opened.dossier.support_steps.filter(kind=StepKind.SUPPORT, done_at=None).exists():
            raise facts.NotRunning
        try:
            made = agreement.agree(
                opened,
                given_by=GivenBy.ADULT,
                words=words,
                openings=openings,
                valid_from=valid_from,
                valid_to=valid_to,
                by=by,
                at=at,
            )
        except agreement.NothingSaid:
            raise facts.NothingWritten from None
        _begin(opened, made, by=by, at=at)
    return made


def _begin(opened: Opened, made: Agreement, *, by: Worker, at: dt.datetime) -> None:
    """The agreement's step is done, what rested on those that ran out is closed, and the plan waits if none does."""
    case.end(opened, StepKind.AGREEMENT, Outcome.DONE, by=by, at=at)
    _close(
        opened,
        [row for row in _resting(opened) if not (row.agreement and row.agreement.in_force(at))],
        Outcome.LAPSED,
        by=by,
        at=at,
    )
    if not any(row.kind == StepKind.PLAN for row in _resting(opened)):
        case.begin_step(opened, StepKind.PLAN, at=made.valid_from, agreement=made)


def withdraw(opened: Opened, agreement_id: uuid.UUID, *, reasons: str = "", by: Worker, at: dt.datetime) -> Withdrawal:
    """Take an agreement back. What rested on it closes at once; with the last one, all contact on our part ends.

    Raises NotYours, AlreadyDecided, Agreement.DoesNotExist.
    """
    case.ask_to_work(opened, by, at)
    with transaction.atomic():
        try:
            row = agreement.withdraw(opened, agreement_id, reasons=reasons, by=by, at=at)
        except agreement.AlreadyWithdrawn as fact:
            raise facts.AlreadyDecided("", fact.at) from None
        resting = [step for step in _resting(opened) if step.agreement_id == agreement_id]
        _close(opened, resting, Outcome.WITHDRAWN, by=by, at=at)
        if not opened.dossier.agreements.in_force(at).exists():
            for kind in (StepKind.OFFER, StepKind.AGREEMENT, StepKind.SUPPORT):
                case.end(opened, kind, Outcome.WITHDRAWN, by=by, at=at)
    return row


def _resting(opened: Opened) -> list[SupportStep]:
    """Return the steps not done that rest on an agreement, each with it."""
    rows = opened.dossier.support_steps.filter(done_at=None, agreement__isnull=False)
    return list(rows.select_related("agreement"))


def _close(opened: Opened, steps: Sequence[SupportStep], outcome: Outcome, *, by: Worker, at: dt.datetime) -> None:
    ids = [step.id for step in steps]
    opened.dossier.support_steps.filter(id__in=ids).update(done_at=at, done_by=by, outcome=outcome)


def one(opened: Opened, agreement_id: uuid.UUID) -> Agreement:
    """Return one agreement of the dossier with its days. Raises Agreement.DoesNotExist."""
    return Agreement.objects.select_related("by").get(id=agreement_id, dossier=opened.dossier)


def named(held: Sequence[tuple[Agreement, Words]]) -> Mapping[str, Agreement]:
    """Return every receiver that agreements name, with the first that does: codes, and "unit:" with a unit's id."""
    found: dict[str, Agreement] = {}
    for row, words in held:
        units = row.grants.exclude(unit=None).values_list("unit", flat=True)
        for key in (*words.receivers, *(f"unit:{unit}" for unit in units)):
            found.setdefault(key, row)
    return found


def as_words(said: Mapping[str, Any], scope: Scope, *, given_by_name: str) -> Words:
    """Return the words that are sealed, of what a page's form said."""
    parts = ("what", "to_whom", "purpose", "how", "interpreter", "read_back_by")
    texts = {part: writing.written(str(said.get(part) or ""), required=False) for part in parts}
    return Words(**texts, given_by_name=given_by_name, receivers=list(scope.receivers))
