"""What of the directory waits for a keeper: entries to check, agreements that run out, gaps past their day."""

import datetime as dt
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.lib import clock, date_words
from hemvag.readiness.entries import RUNS_OUT_WITHIN
from hemvag.readiness.models import Gap, Resource, Version
from hemvag.staff.models import Worker
from hemvag.web.items import Item

END_OF_DAY: Final = dt.time(23, 59)


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` items, the most urgent first: her own units' entries, or the town's that no unit keeps."""
    if not granted(worker, at).has(Ability.RESOURCE_KEEP):
        return []
    today = clock.local(at).date()
    mine = _own(worker, at)
    standing = Version.objects.filter(resource__in=mine).standing().values("id")
    rows = Version.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), id__in=standing)
    found = [_check(row, at) for row in rows.filter(next_check__lte=today).order_by("next_check")[:limit]]
    until = today + RUNS_OUT_WITHIN
    found += [_agreement(row, at) for row in rows.filter(agreement_to__lte=until).order_by("agreement_to")[:limit]]
    late = Gap.objects.open().filter(resource__in=mine, due__lte=today).select_related("resource").order_by("due")
    return sorted([*found, *(_gap(row, at) for row in late[:limit])])[:limit]


def _own(worker: Worker, at: dt.datetime) -> QuerySet[Resource]:
    """Return what she is reminded of: a unit's entry is its lead's, the rest the whole town's keeper's."""
    kept = Resource.objects.kept_by(worker, at)
    return kept.filter(Q(keeper=None) | Q(keeper__in=granted(worker, at).units(Ability.RESOURCE_KEEP)))


def _check(row: Version, at: dt.datetime) -> Item:
    return _item(
        row.next_check, at, kind="resource_check", title=_("Kontrollera en verksamhet"), of=row, label=_("Öppna")
    )


def _agreement(row: Version, at: dt.datetime) -> Item:
    today = clock.local(at).date()
    due = row.agreement_to or today
    title = _("Överenskommelsen har gått ut") if due < today else _("Överenskommelsen går ut")
    return _item(due, at, kind="resource_agreement", title=title, of=row, label=_("Öppna"))


def _gap(row: Gap, at: dt.datetime) -> Item:
    last = Version.objects.filter(resource=row.resource_id).latest("number")
    return _item(row.due, at, kind="resource_gap", title=_("Brist att åtgärda"), of=last, label=_("Öppna"))


def _item(due: dt.date, at: dt.datetime, *, kind: str, title: str, of: Version, label: str) -> Item:
    today = clock.local(at).date()
    page = reverse("readiness:resource", args=[of.resource_id])
    return Item(
        due=dt.datetime.combine(due, END_OF_DAY, tzinfo=clock.STOCKHOLM),
        when=date_words.relative(due, today=today, language=get_language() or "sv"),
        kind=kind,
        title=title,
        who="",
        reference=of.name,
        url=page,
        next_label=label,
        next_url=page,
        state="late" if due < today else "now" if due == today else "soon",
    )
