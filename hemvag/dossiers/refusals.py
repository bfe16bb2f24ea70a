"""What stands in the way of a step in any case, as facts. Each says in the reader's words what holds and what to do."""

import datetime as dt

from django.utils.translation import gettext as _

from hemvag.lib import clock


class Refused(Exception):
    """A step that cannot be taken now. `sentence` says why, in the language of the reader."""

    @property
    def sentence(self) -> str:
        """Why, and what to do."""
        return _("Det går inte att göra det här nu.")


class NotYours(Refused):
    """The worker may see the dossier, but this step is not hers to take."""

    @property
    def sentence(self) -> str:
        return _("Det här steget tas av någon annan på enheten.")


class AlreadyDecided(Refused):
    """A colleague was first. `by` is the name, `at` when; nothing was overwritten."""

    def __init__(self, by: str, at: dt.datetime) -> None:
        super().__init__()
        self.by = by
        self.at = at

    @property
    def sentence(self) -> str:
        when = clock.local(self.at)
        return _("En kollega beslutade kl. %(time)s. Läs beslutet; din text finns kvar.") % {"time": f"{when:%H.%M}"}


class InTheFuture(Refused):
    """The moment has not been yet."""

    @property
    def sentence(self) -> str:
        return _("Tidpunkten har inte varit än. Skriv när det hände.")


class TooEarly(Refused):
    """The moment lies before what it must follow. `earliest` is that."""

    def __init__(self, earliest: dt.datetime) -> None:
        super().__init__()
        self.earliest = earliest

    @property
    def sentence(self) -> str:
        when = clock.local(self.earliest)
        return _("Tidpunkten ligger före %(day)s kl. %(time)s, då det som den bygger på hände.") % {
            "day": f"{when:%Y-%m-%d}",
            "time": f"{when:%H.%M}",
        }


class NothingWritten(Refused):
    """Reasons are required and none were given."""

    @property
    def sentence(self) -> str:
        return _("Skriv skälen.")


class TooLong(Refused):
    """More text than one entry takes."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__()
        self.length = length
        self.most = most

    @property
    def sentence(self) -> str:
        return _("Texten är %(length)d tecken. Korta den till högst %(most)d; inget är borttaget.") % {
            "length": self.length,
            "most": self.most,
        }


class AnotherAuthority(Refused):
    """The unit belongs to another committee: giving it the case is a disclosure, not a transfer."""

    @property
    def sentence(self) -> str:
        return _("Enheten hör till en annan nämnd. Att lämna ärendet dit är ett utlämnande och kräver ett eget beslut.")


class NotInTheUnit(Refused):
    """The worker does not handle cases in the dossier's unit, or has stepped off this one."""

    @property
    def sentence(self) -> str:
        return _("Den personen handlägger inte ärenden på enheten, eller har klivit av det här ärendet.")
