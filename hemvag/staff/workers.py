"""Enter workers, change what is known of them, and see them off."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse

from hemvag.agencies.models import Unit
from hemvag.lib import clock
from hemvag.staff.models import Membership, Worker


class AlreadyHere(ValueError):
    """Somebody with this e-mail address is a worker already."""


def add(*, name: str, email: str, unit: Unit, role: str, at: dt.datetime) -> Worker:
    """Enter a worker with one role in one unit from that day on, and no password yet. Raises AlreadyHere."""
    address = email.strip().lower()
    with transaction.atomic():
        if Worker.objects.filter(email__iexact=address).exists():
            raise AlreadyHere
        worker = Worker.objects.create_user(address, None, name=name.strip())
        Membership.objects.create(worker=worker, unit=unit, role=role, valid_from=clock.local(at).date())
    return worker


def password_link(worker: Worker) -> str:
    """Return the path at which the worker chooses a password: it works once, and for three days."""
    with transaction.atomic():
        key = default_token_generator.make_token(worker)
    number = user_pk_to_url_str(worker)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": number, "key": key})


def leave(worker: Worker, *, at: dt.datetime) -> None:
    """Record that the worker has left; every session of hers ends now."""
    with transaction.atomic():
        worker.left_at = at
        worker.save(update_fields=["left_at"])
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(worker.pk):
                session.delete()


def choose_shortcuts(worker: Worker, *, on: bool) -> None:
    """Remember whether single letters act as keys for this worker (WCAG 2.1.4)."""
    worker.shortcuts = on
    worker.save(update_fields=["shortcuts"])


def choose_language(worker: Worker, language: str) -> None:
    """Remember the language that the worker reads."""
    worker.language = language
    worker.save(update_fields=["language"])
