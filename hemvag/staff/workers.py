"""Enter workers, change what is known of them, and see them off."""

import datetime as dt
import uuid
from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.staff import changes, sessions
from hemvag.staff.models import Absence, Change, Membership, Worker


class AlreadyHere(ValueError):
    """Somebody with this e-mail address is a worker already."""


class HasLeft(ValueError):
    """The worker has left: nothing of hers can be opened again."""


class WrongDays(ValueError):
    """The last day comes before the first."""


def enter(*, name: str, email: str, by: Worker | None, at: dt.datetime) -> Worker:
    """Enter a worker with no role and no password yet. Raises AlreadyHere."""
    address = email.strip().lower()
    with transaction.atomic():
        if Worker.objects.filter(email__iexact=address).exists():
            raise AlreadyHere
        worker = Worker.objects.create_user(address, None, name=name.strip())
        changes.note(worker, Change.What.ENTERED, by=by, at=at)
    return worker


def add(*, name: str, email: str, unit: Unit, role: str, at: dt.datetime) -> Worker:
    """Enter a worker with one role in one unit from that day on, as the command line may. Raises AlreadyHere."""
    with transaction.atomic():
        worker = enter(name=name, email=email, by=None, at=at)
        day = clock.local(at).date()
        Membership.objects.create(worker=worker, unit=unit, role=role, valid_from=day)
        changes.note(worker, Change.What.GIVEN, unit=unit, role=role, day=day, by=None, at=at)
    return worker


def give_link(worker: Worker, *, by: Worker | None, at: dt.datetime) -> str:
    """Return the path at which the worker chooses a password, and note who made it. Raises HasLeft."""
    if worker.left_at is not None:
        raise HasLeft
    changes.note(worker, Change.What.LINK, by=by, at=at)
    return password_link(worker)


def password_link(worker: Worker) -> str:
    """Return the path at which the worker chooses a password: it works once, and for three days."""
    with transaction.atomic():
        key = default_token_generator.make_token(worker)
    number = user_pk_to_url_str(worker)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": number, "key": key})


def leave(worker: Worker, *, at: dt.datetime, by: Worker | None = None) -> None:
    """Record that the worker has left; every session of hers ends now. Her roles end with her."""
    with transaction.atomic():
        worker.left_at = at
        worker.save(update_fields=["left_at"])
        changes.note(worker, Change.What.LEFT, by=by, at=at)
        sessions.end(worker)


def end_sessions(worker: Worker, *, by: Worker | None, at: dt.datetime) -> int:
    """End every session of the worker's, and return how many there were."""
    with transaction.atomic():
        changes.note(worker, Change.What.SESSIONS, by=by, at=at)
        return sessions.end(worker)


def end_others(worker: Worker, *, but: str, at: dt.datetime) -> int:
    """End the worker's own sessions save the one named, and return how many there were."""
    with transaction.atomic():
        count = sessions.end(worker, but=but)
        if count:
            changes.note(worker, Change.What.OTHERS, by=worker, at=at)
    return count


def forget_factors(worker: Worker, *, by: Worker | None, at: dt.datetime) -> None:
    """Remove the worker's second factors, so that she sets up a new one at her next sign-in; her sessions end."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=worker.pk).delete()
        changes.note(worker, Change.What.FACTORS_REMOVED, by=by, at=at)
        sessions.end(worker)


def be_away(worker: Worker, *, first: dt.date, last: dt.date, by: Worker, at: dt.datetime) -> Absence:
    """Record the days on which the worker is away; not why. Raises WrongDays."""
    if last < first:
        raise WrongDays
    with transaction.atomic():
        row = Absence.objects.create(worker=worker, first_day=first, last_day=last)
        changes.note(worker, Change.What.AWAY, day=first, by=by, at=at)
    return row


def away_until(workers: Iterable[Worker], day: dt.date) -> dict[uuid.UUID, dt.date]:
    """Return, for those of the workers who are away on `day`, the last day of it. One query."""
    away = Absence.objects.filter(worker__in=workers, first_day__lte=day, last_day__gte=day)
    return {row.worker_id: row.last_day for row in away.order_by("last_day")}


def choose_shortcuts(worker: Worker, *, on: bool) -> None:
    """Remember whether single letters act as keys for this worker (WCAG 2.1.4)."""
    worker.shortcuts = on
    worker.save(update_fields=["shortcuts"])


def choose_language(worker: Worker, language: str) -> None:
    """Remember the language that the worker reads."""
    worker.language = language
    worker.save(update_fields=["language"])
