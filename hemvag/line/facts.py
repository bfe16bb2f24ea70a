"""Why a verb of the line would not do what it was asked. Each says it in a sentence for the worker."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Refused(Exception):
    """A fact that stands in the way. `sentence` says it on the page."""

    words: Promise | str = ""

    @property
    def sentence(self) -> str:
        """What stands in the way, and what to do."""
        return str(self.words)


class NotYours(Refused):
    """The worker takes no contacts."""

    words = gettext_lazy("Du har inte rätt att göra det här.")


class AlreadyClosed(Refused):
    """The contact was closed, or became a report, meanwhile."""

    words = gettext_lazy("Kontakten är redan avslutad. Din text finns kvar här.")


class TooLong(Refused):
    """The notes hold `over` characters too many."""

    def __init__(self, over: int) -> None:
        super().__init__()
        self.over = over

    @property
    def sentence(self) -> str:
        """How much to take away."""
        return _("Anteckningarna är %(over)d tecken för långa. Korta dem; inget är borttaget.") % {"over": self.over}


class WrongTimes(Refused):
    """A call-back must begin in the future's reach and end after it begins."""

    words = gettext_lazy("Sluttiden ska vara efter starttiden, och inte redan ha varit.")


class AlreadyEnded(Refused):
    """A colleague kept or gave up the promise meanwhile."""

    words = gettext_lazy("En kollega har redan tagit hand om återuppringningen.")


class NotReadBack(Refused):
    """What the caller read back is another code. `group` is the first that differs, 1 to 4."""

    def __init__(self, group: int) -> None:
        super().__init__()
        self.group = group

    @property
    def sentence(self) -> str:
        """Which group to read once more."""
        return _("Grupp %(group)d blev fel. Läs den en gång till.") % {"group": self.group}


class CodeReplaced(Refused):
    """The offered code has been replaced by another, or the contact has ended."""

    words = gettext_lazy("Den här koden gäller inte längre. Ge en ny kod.")


class NoSuchCode(Refused):
    """No living code is what was typed, nor one slip away. `group` is the one to ask to hear again."""

    def __init__(self, group: int, left: int) -> None:
        super().__init__()
        self.group = group
        self.left = left

    @property
    def sentence(self) -> str:
        """What to ask the caller."""
        ordinal = [_("första"), _("andra"), _("tredje"), _("fjärde")][self.group - 1]
        return _("Ingen kod stämmer helt. Be att få höra %(ordinal)s gruppen igen.") % {"ordinal": ordinal}


class TooManyTries(Refused):
    """Three codes have been wrong in this call."""

    words = gettext_lazy("Tre koder har varit fel i det här samtalet. Börja en ny kontakt i stället.")


class TooManyToday(Refused):
    """The line has had as many wrong codes today as it takes in a day."""

    words = gettext_lazy(
        "Linjen har tagit emot för många felaktiga koder i dag. Koder kan prövas igen i morgon. Börja en ny kontakt."
    )


class SavedElsewhere(Exception):
    """Another page has saved the contact since this one read it; nothing was overwritten."""

    def __init__(self, *, version: int, fields: dict[str, Any], tab: str, at: dt.datetime) -> None:
        super().__init__()
        self.version = version
        self.fields = fields
        self.tab = tab
        self.at = at


class StillMissing(Refused):
    """Coded fields that closing asks for are empty. `fields` names them."""

    words = gettext_lazy("Några svar saknas. Svara på dem, eller välj Vet ej.")

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__()
        self.fields = fields
