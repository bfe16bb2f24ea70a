"""What stands in the way of a step in a plan, as facts. Each says in the reader's words what holds and what to do."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _

from hemvag.dossiers.refusals import AlreadyDecided, NothingWritten, NotYours, Refused, TooLong
from hemvag.lib import clock

__all__ = [
    "AlreadyDecided",
    "AlreadyPlanned",
    "HasEnded",
    "Meanwhile",
    "NoChildren",
    "NoCustody",
    "NoSuchTask",
    "NotItsOwn",
    "NotResting",
    "NotThatDay",
    "NotYours",
    "NothingWritten",
    "OneAtATime",
    "ProtectedChild",
    "Refused",
    "TooLong",
]


class NoChildren(Refused):
    """Nobody was chosen to come home."""

    @property
    def sentence(self) -> str:
        return _("Välj minst ett barn.")


class ProtectedChild(Refused):
    """A child of the plan has protected identity, and the plan would not lie at the protected desk."""

    @property
    def sentence(self) -> str:
        return _(
            "Ett av barnen har skyddade personuppgifter. Planen öppnas av enheten för skyddade uppgifter, "
            "när barnets ärende ligger där."
        )


class AlreadyPlanned(Refused):
    """One of the children is in a plan already; `plan` is its dossier."""

    def __init__(self, plan: uuid.UUID) -> None:
        super().__init__()
        self.plan = plan

    @property
    def sentence(self) -> str:
        return _("Ett av barnen är redan med i en mottagningsplan. Det är den som gäller.")


class NoSuchTask(Refused):
    """The plan has no such task now: the template was changed, or the child does not come."""

    @property
    def sentence(self) -> str:
        return _("Uppgiften finns inte i planen längre. Läs planen igen.")


class Meanwhile(Refused):
    """A colleague did something with the task since the page was shown. Nothing was overwritten."""

    def __init__(self, by: str, at: dt.datetime) -> None:
        super().__init__()
        self.by = by
        self.at = at

    @property
    def sentence(self) -> str:
        return _("%(name)s ändrade uppgiften kl. %(time)s. Läs hur den står; det du skrev finns kvar.") % {
            "name": self.by,
            "time": f"{clock.local(self.at):%H.%M}",
        }


class NotItsOwn(Refused):
    """The task goes to somebody else, with information about a person: it is sent, not ticked."""

    @property
    def sentence(self) -> str:
        return _("Uppgiften ligger hos någon annan. Lämna den dit först, så att det står i förteckningen.")


class NoCustody(Refused):
    """The child is not in custody by this plan, or nothing was said of the court."""

    @property
    def sentence(self) -> str:
        return _(
            "Skriv först in beslutet om omhändertagande för barnet, och sedan när det underställdes eller ansöktes."
        )


class OneAtATime(Refused):
    """Custody is decided for one child at a time, on that child's own risk."""

    @property
    def sentence(self) -> str:
        return _("Skriv barnets egen risk. Ett beslut för varje barn, aldrig för en grupp (LVU 6 §).")


class NotThatDay(Refused):
    """A plan is looked at again on a day ahead, within a year."""

    @property
    def sentence(self) -> str:
        return _("Välj en dag som kommer, högst ett år bort.")


class NotResting(Refused):
    """The plan neither rests nor has ended: there is nothing to take up."""

    @property
    def sentence(self) -> str:
        return _("Planen pågår redan.")


class HasEnded(Refused):
    """The plan has ended. It can be taken up again, with a reason."""

    @property
    def sentence(self) -> str:
        return _("Planen är avslutad. Ta upp den igen först.")
