"""What of the horizon speaks for another level: official notices, and items that somebody judged to ask for an act."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from hemvag.lib import clock
from hemvag.readiness.indicator import Asked, Indicator, Says, count
from hemvag.readiness.models import HorizonItem, Outcome
from hemvag.readiness.models.horizon import HorizonItemQuerySet

NOTICE: Final = dt.timedelta(days=90)
ACT: Final = dt.timedelta(days=30)


def official_notice(asked: Asked) -> Indicator:
    """An authority or a court has said something that was entered as an official notice, and nobody put it aside."""
    since = clock.local(asked.at).date() - NOTICE
    found = (
        _items(asked).filter(kind=HorizonItem.Kind.OFFICIAL, day__gte=since).judged_as("", Outcome.WATCH, Outcome.ACT)
    )
    return _said(found, "notice", _("Officiella besked"), _("något besked de senaste 90 dagarna"))


def something_to_act_on(asked: Asked) -> Indicator:
    """An item of the last thirty days is judged to ask for an act."""
    found = _items(asked).filter(at__gte=asked.at - ACT).judged_as(Outcome.ACT)
    return _said(found, "act", _("Omvärlden: bedömt Agera"), _("något de senaste 30 dagarna"))


def _items(asked: Asked) -> HorizonItemQuerySet:
    return HorizonItem.objects.filter(authority=asked.authority, at__lte=asked.at)


def _said(found: HorizonItemQuerySet, code: str, title: str, limit: str) -> Indicator:
    number = found.count()
    return Indicator(
        code=code,
        says=Says.FOR if number else Says.NEITHER,
        title=title,
        number=count(number) if number else _("inget"),
        limit=limit,
        source=_("Omvärlden"),
    )
