"""What stands in the way of telling, as facts. Each says in the reader's words what holds and what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemvag.law.sharing import Answer


class Refused(Exception):
    """Something that cannot be done now. `sentence` says why, in the language of the reader."""

    @property
    def sentence(self) -> str:
        """Why, and what to do."""
        return _("Det går inte att göra det här nu.")


class NotYours(Refused):
    """The worker may not tell from this dossier, or not answer this offer."""

    @property
    def sentence(self) -> str:
        return _("Det här gör den som har ärendet, eller den som tar emot för enheten.")


class Forbidden(Refused):
    """The law of the day lets nothing be told. `answer` says by which rules."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    @property
    def provision(self) -> str:
        """The provision of the strongest rule, empty when no rule speaks of it: no rule means no."""
        return self.answer.rules[0].rule.provision if self.answer.rules else ""

    @property
    def sentence(self) -> str:
        if self.provision:
            return _("Det får inte lämnas ut: %(provision)s.") % {"provision": self.provision}
        return _("Det får inte lämnas ut: ingen regel tillåter det (8 kap. 1 § OSL). Ingen regel betyder nej.")


class NoAgreement(Refused):
    """Only an agreement in force that names the receiver lets this be told, and there is none."""

    @property
    def sentence(self) -> str:
        return _("Det krävs ett medgivande som gäller nu och som nämner mottagaren (12 kap. 2 § OSL).")


class NoPosition(Refused):
    """The rules are not surely known and the municipality's lawyer has taken no position."""

    @property
    def sentence(self) -> str:
        return _("Regeln är inte säkert känd. Be juristen om ett ställningstagande först.")


class TestMissing(Refused):
    """A test that the rule demands was not written down. `codes` are those of `law.codes`."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self.codes = tuple(codes)

    @property
    def sentence(self) -> str:
        return _("Skriv ner prövningen innan något lämnas ut.")


class WouldIdentify(Refused):
    """Only what identifies nobody may be told, and something chosen does."""

    @property
    def sentence(self) -> str:
        return _("Bara uppgifter som ingen kan kännas igen på får lämnas. Ta bort det som pekar ut någon.")


class NothingChosen(Refused):
    """Nothing was chosen to tell."""

    @property
    def sentence(self) -> str:
        return _("Välj minst en uppgift att lämna.")


class NothingWritten(Refused):
    """Purpose, receiver or reason is missing."""

    @property
    def sentence(self) -> str:
        return _("Skriv något här.")


class InTheFuture(Refused):
    """The moment has not been yet."""

    @property
    def sentence(self) -> str:
        return _("Tidpunkten har inte varit än. Skriv när det hände.")


class NotNow(Refused):
    """The offer stands so that this cannot be done to it: it is answered, withdrawn or closed. `kind` is how."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    @property
    def sentence(self) -> str:
        return _("Sändningen är redan besvarad eller återtagen. Läs hur den står nu.")


class AlreadyRecalled(Refused):
    """It was recalled before."""

    @property
    def sentence(self) -> str:
        return _("Det är redan återkallat.")


class DeskTaken(Refused):
    """The worker has begun another report that she has not registered."""

    @property
    def sentence(self) -> str:
        return _("Du har redan börjat skriva en anmälan. Registrera den, eller töm den, och tryck sedan igen.")
