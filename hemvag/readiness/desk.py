"""What a worker is typing in a form of readiness, kept until it is saved, for herself only."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hemvag.readiness.models import Draft
from hemvag.staff.models import Worker
from hemvag.web import drafts


class KeptElsewhere(Exception):
    """Another page of the same worker has kept the form since; `now` is what stands."""

    def __init__(self, now: Draft) -> None:
        super().__init__()
        self.now = now


def kept(worker: Worker, form: str) -> Draft | None:
    """Return what the worker had typed in a form and not saved."""
    return Draft.objects.filter(worker=worker, form=form).first()


@transaction.atomic
def keep(form: str, sent: drafts.Draft, *, fields: Mapping[str, Any], by: Worker, at: dt.datetime) -> Draft:
    """Keep what was typed upon the version that the page last saw. Raises KeptElsewhere."""
    made, is_new = Draft.objects.select_for_update().get_or_create(
        worker=by, form=form, defaults={"version": 1, "tab": sent.tab, "fields": dict(fields), "at": at}
    )
    if is_new:
        return made
    if made.version != sent.version and not sent.take_over:
        raise KeptElsewhere(made)
    made.version, made.tab, made.fields, made.at = made.version + 1, sent.tab, dict(fields), at
    made.save(update_fields=["version", "tab", "fields", "at"])
    return made


def discard(form: str, *, by: Worker) -> None:
    """Forget what the worker had typed in a form: it is saved."""
    Draft.objects.filter(worker=by, form=form).delete()


def forget(*, before: dt.datetime) -> int:
    """Forget what was typed and left before a moment, and return how many forms."""
    return Draft.objects.filter(at__lt=before).delete()[0]
