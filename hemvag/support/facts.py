"""What stands in the way of a step with an adult, as facts. Each says in words what holds and what to do."""

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
    "InTheFuture",
    "NoAgreement",
    "NoSuchKinds",
    "NobodyAgreed",
    "NotInTheUnit",
    "NotLawful",
    "NotRunning",
    "NotThoseDays",
    "NotYours",
    "NothingWritten",
    "OfferRests",
    "Refused",
    "StaysAtProtectedDesk",
    "TooEarly",
    "TooLong",
]


class NoAgreement(Refused):
    """No agreement is in force: nothing that rests on one can be done."""

    @property
    def sentence(self) -> str:
        return _("Inget medgivande gäller just nu. Fråga personen först, om personen själv vill ha kontakt.")


class NobodyAgreed(Refused):
    """A party at the table is named by no agreement in force. `party` is what it is called."""

    def __init__(self, party: str) -> None:
        super().__init__()
        self.party = party

    @property
    def sentence(self) -> str:
        return _("Inget medgivande gällde för %(party)s då. Utan det får de inte vara med.") % {"party": self.party}


class NotLawful(Refused):
    """The law of the day let the sender tell nothing. `provision` is that of the rule that says so."""

    def __init__(self, provision: str) -> None:
        super().__init__()
        self.provision = provision

    @property
    def sentence(self) -> str:
        return _(
            "Lagen lät inte den som berättade lämna uppgiften den dagen (%(provision)s). "
            "Personen kan själv höra av sig."
        ) % {"provision": self.provision}


class NotRunning(Refused):
    """There is no running case: the person has not asked for help, or it has ended."""

    @property
    def sentence(self) -> str:
        return _("Stödet pågår inte. Det börjar när personen själv hör av sig eller tackar ja.")


class OfferRests(Refused):
    """The attempts that were planned are made, or their last day has passed: no more are made."""

    @property
    def sentence(self) -> str:
        return _("Erbjudandet vilar. Inga fler försök görs; personen kan själv höra av sig.")


class NotThoseDays(Refused):
    """The days do not follow each other, or have passed."""

    @property
    def sentence(self) -> str:
        return _("Sista dagen måste komma efter den första, och inte ha varit.")


class NoSuchKinds(Refused):
    """Something was to be opened that no agreement here opens, or to nobody."""

    @property
    def sentence(self) -> str:
        return _("Välj både en enhet och vad den får läsa, eller inget av dem.")


class StaysAtProtectedDesk(Refused):
    """A person with protected identity is helped at the central desk only."""

    @property
    def sentence(self) -> str:
        return _("Personen har skyddade personuppgifter. Ärendet finns bara hos enheten för skyddade uppgifter.")
