"""What was opened by broken glass in a lead's unit and waits for her review."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.access.abilities import Ability, granted
from hemvag.audit.models import Purpose
from hemvag.dossiers import glass, record
from hemvag.dossiers.models import Dossier
from hemvag.lib import clock, date_words
from hemvag.staff.models import Worker
from hemvag.web.addresses import address
from hemvag.web.items import Item


def items(worker: Worker, at: dt.datetime, limit: int = 100) -> list[Item]:
    """Return at most `limit` of them, the newest first, each with who, what and why, which is unsealed here."""
    if not granted(worker, at).has(Ability.GLASS_REVIEW):
        return []
    rows = list(glass.waiting_for(worker, at).select_related("worker", "dossier").order_by("-at")[:limit])
    if not rows:
        return []
    dossiers = Dossier.objects.filter(id__in={row.dossier_id for row in rows})
    opened = record.open_many(dossiers, by=worker, purpose=Purpose.REVIEW, at=at, kinds=[glass.KIND])
    why = glass.reasons(opened)
    language = (get_language() or "sv")[:2]
    return [
        Item(
            due=row.at,
            when=date_words.moment(clock.local(row.at), today=clock.local(at).date(), language=language),
            kind="glass",
            title=_("Nödöppnat av någon utanför ärendet"),
            who=row.worker.name,
            reference=row.dossier.reference,
            url=address("dossiers:glass_review", row.id),
            next_label=_("Granska"),
            next_url=address("dossiers:glass_review", row.id),
            state="late",
            note=_("Skäl: %s") % why.get(str(row.id), ""),
        )
        for row in rows
    ]
