"""What somebody said of two dossiers and that waits for this worker as the second person."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.concerns import merge
from hemvag.concerns.models import Merge, MergeKind
from hemvag.lib import clock, date_words
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit`, the oldest first; no name is unsealed for them. Not her own suggestions."""
    if not merge.may(worker, at):
        return []
    rows = Merge.objects.waiting().visible_to(worker, at).exclude(by=worker).select_related("dossier", "by")
    return [_item(row, at) for row in rows.order_by("at")[:limit]]


def _item(row: Merge, at: dt.datetime) -> Item:
    place = address("concerns:merging", row.id)
    today, language = clock.local(at).date(), (get_language() or "sv")[:2]
    return Item(
        due=clock.local(row.at),
        when=date_words.moment(clock.local(row.at), today=today, language=language),
        kind="merge",
        title=_("Bekräfta: samma barn?") if row.kind == MergeKind.SUGGESTED else _("Bekräfta: två barn?"),
        who=_("Föreslaget av %(name)s") % {"name": row.by.name},
        reference=row.dossier.reference,
        url=place,
        next_label=_("Jämför"),
        next_url=place,
        state="now",
    )
