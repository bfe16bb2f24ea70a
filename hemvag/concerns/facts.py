"""What stands in the way of a step, as facts. Each says in the reader's words what holds and what to do."""

import datetime as dt

from django.utils.translation import gettext as _

from hemvag.dossiers.refusals import (
    AlreadyDecided,
    AnotherAuthority,
    InTheFuture,
    NothingWritten,
    NotInTheUnit,
    NotYours,
    Refused,
    TooEarly,
    TooLong,
)

__all__ = [
    "AlreadyDecided",
    "AnotherAuthority",
    "FeedbackNotAsked",
    "InTheFuture",
    "InvestigationRuns",
    "NoFeedbackToPrivate",
    "NoInvestigationRuns",
    "NobodyNamed",
    "NotDecidedYet",
    "NotInTheUnit",
    "NotLater",
    "NotSentYet",
    "NotTheSameCommittee",
    "NotYours",
    "NothingWritten",
    "ProtectionFirst",
    "Refused",
    "StaysAtProtectedDesk",
    "TooEarly",
    "TooLong",
    "VoiceMissing",
    "WorkHasBegun",
]


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


class NotLater(Refused):
    """An extension must end after the day that holds now."""

    def __init__(self, now: dt.date) -> None:
        super().__init__()
        self.now = now

    @property
    def sentence(self) -> str:
        return _("Den nya dagen måste komma efter %(day)s, som gäller nu.") % {"day": self.now.isoformat()}


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


class WorkHasBegun(Refused):
    """Something begun in the dossier that would go into the other still waits."""

    @property
    def sentence(self) -> str:
        return _("Något som har börjat i den här akten väntar än. Gör klart det först, eller låt den bli huvudakt.")


class AlreadySuggested(Refused):
    """Somebody has said so of the dossier already, and it waits or holds."""

    @property
    def sentence(self) -> str:
        return _("Någon har redan sagt det om akten. Det väntar på svar, eller är bekräftat.")


class AlreadyAnswered(Refused):
    """Somebody else has answered it already."""

    @property
    def sentence(self) -> str:
        return _("Någon annan har redan svarat. Läs hur det blev.")


class SecondPerson(Refused):
    """Who suggested it cannot also confirm or refuse it."""

    @property
    def sentence(self) -> str:
        return _("Du föreslog det. Någon annan svarar.")


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
