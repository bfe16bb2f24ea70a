"""The plain words of the horizon: why a feed could not be fetched, and what looks as if it were about a person."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FAILURES: Final = {
    "address": _("Adressen går inte att hämta. Den måste börja med https:// och vara utan lösenord."),
    "inside": _("Adressen leder in i ett eget nät. Sådana hämtas aldrig."),
    "lookup": _("Namnet i adressen finns inte, eller går inte att slå upp just nu."),
    "down": _("Den andra sidan svarade inte."),
    "slow": _("Den andra sidan svarade för långsamt."),
    "certificate": _("Den andra sidans certifikat går inte att lita på."),
    "redirects": _("Adressen skickar vidare för många gånger."),
    "status": _("Den andra sidan svarade med fel %(number)s."),
    "broken_answer": _("Svaret gick inte att läsa: det bröts eller var fel packat."),
    "large": _("Svaret var för stort."),
    "entities": _("Svaret har egna teckenförkortningar, som kan svälla utan gräns. Sådant läses inte."),
    "html": _("Adressen visar en vanlig sida, inte ett flöde. Leta efter RSS eller Atom på den."),
    "json": _("Adressen ger JSON. Bara RSS och Atom läses."),
    "broken": _("Flödet är trasigt, och inget i det gick att läsa."),
    "unreadable": _("Svaret är inget flöde som går att läsa."),
}
SIGNS: Final = {
    "number": _("ett personnummer"),
    "phone": _("ett telefonnummer"),
    "email": _("en e-postadress"),
    "social": _("en länk eller ett namn i sociala medier"),
    "address": _("en adress"),
    "name": _("ett namn med ålder eller familj"),
}


def failure(code: str, number: int | None) -> str:
    """Return why a fetching failed, in a sentence."""
    words = FAILURES.get(code)
    if words is None:
        return gettext("Något gick fel: %(code)s.") % {"code": code}
    return str(words) % {"number": number if number is not None else ""} if code == "status" else str(words)


def signs(codes: Iterable[str]) -> str:
    """Return what was found, in a row of words."""
    return ", ".join(str(SIGNS[code]) for code in codes)
