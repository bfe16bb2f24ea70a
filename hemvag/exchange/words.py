"""What the codes of this room mean, in words for a page."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hemvag.exchange import standing
from hemvag.exchange.models import AnswerKind
from hemvag.exchange.standing import Standing
from hemvag.law import codes


def receiver(code: str) -> str:
    """Return an authority's name."""
    return codes.codes().authority[code].said_in(_language())


def verdict(code: str) -> str:
    """Return what the law answered."""
    return codes.codes().verdict[code].said_in(_language())


def situation(code: str) -> str:
    """Return what it was about."""
    return codes.codes().situation[code].said_in(_language())


def stands(now: Standing) -> str:
    """Return how an offer stands."""
    if now.kind == standing.SENT:
        return _("Öppnat, inget svar än") if now.opened_at else _("Skickat, inte öppnat än")
    return str(AnswerKind(now.kind).label)


def time_left(hours: int) -> str:
    """Return how long is left until the supervisory authority is to know."""
    if hours < 0:
        return ngettext(
            "Tiden gick ut för %(hours)d timme sedan. Anmäl nu, och skriv varför det dröjde.",
            "Tiden gick ut för %(hours)d timmar sedan. Anmäl nu, och skriv varför det dröjde.",
            -hours,
        ) % {"hours": -hours}
    return ngettext("%(hours)d timme kvar att anmäla.", "%(hours)d timmar kvar att anmäla.", hours) % {"hours": hours}


def _language() -> str:
    return (get_language() or "sv")[:2]
