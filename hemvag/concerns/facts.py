"""What stands in the way of a step, as facts. Each says in the reader's words what holds and what to do."""

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


class ProtectionFirst(Refused):
    """The need of immediate protection has not been assessed yet."""

    @property
    def sentence(self) -> str:
        return _("Gör skyddsbedömningen först. Den görs genast, före allt annat.")


class InvestigationRuns(Refused):
    """An investigation of the child is running already: the report joins it."""

    @property
    def sentence(self) -> str:
        return _("En utredning om barnet pågår redan. För anmälan till den i stället.")


class NoInvestigationRuns(Refused):
    """No investigation of the child is running."""

    @property
    def sentence(self) -> str:
        return _("Ingen utredning om barnet pågår. Inled en först.")


class VoiceMissing(Refused):
    """Nothing says whether the child was heard."""

    @property
    def sentence(self) -> str:
        return _("Skriv först hur barnet har fått komma till tals, eller varför det inte har det.")


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


class NotLater(Refused):
    """An extension must end after the day that holds now."""

    def __init__(self, now: dt.date) -> None:
        super().__init__()
        self.now = now

    @property
    def sentence(self) -> str:
        return _("Den nya dagen måste komma efter %(day)s, som gäller nu.") % {"day": self.now.isoformat()}


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


class NoFeedbackToPrivate(Refused):
    """A private reporter is told nothing: OSL 26:1 stands in the way and SoL 19:6 gives no exception."""

    @property
    def sentence(self) -> str:
        return _(
            "Den som anmält som privatperson får ingen återkoppling. Sekretessen till skydd för barnet och familjen "
            "gäller också mot anmälaren (26 kap. 1 § OSL)."
        )


class FeedbackNotAsked(Refused):
    """The reporter has not asked for feedback."""

    @property
    def sentence(self) -> str:
        return _("Anmälaren har inte bett om återkoppling.")


class NotDecidedYet(Refused):
    """There is nothing to tell before the decision to open or not."""

    @property
    def sentence(self) -> str:
        return _("Beslutet att inleda eller inte inleda utredning är inte fattat än.")


class StaysAtProtectedDesk(Refused):
    """A child with protected identity is handled at the central desk only."""

    @property
    def sentence(self) -> str:
        return _("Barnet har skyddade personuppgifter. Ärendet handläggs bara av enheten för skyddade uppgifter.")


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


class WorkHasBegun(Refused):
    """The report has steps done in its own dossier, so it stays there."""

    @property
    def sentence(self) -> str:
        return _("Steg är redan tagna i anmälans egen akt. Den kan inte längre flyttas.")


class NotTheSameCommittee(Refused):
    """Two dossiers of different committees or kinds are never put together."""

    @property
    def sentence(self) -> str:
        return _("Akterna hör till olika nämnder och förs inte samman.")


class NotSentYet(Refused):
    """A receipt comes after sending."""

    @property
    def sentence(self) -> str:
        return _("Anmälan är inte lämnad till den andra kommunen än.")


class NobodyNamed(Refused):
    """A report must be about at least one child."""

    @property
    def sentence(self) -> str:
        return _("Skriv vilket barn det gäller.")
