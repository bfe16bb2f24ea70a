"""The forms by which an act is done on an opened dossier, whoever it is about."""

import datetime as dt
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, dates
from hemvag.staff.models import Worker
from hemvag.web.forms import DayField, Form, TimeField


def fault_of_moment(day: dt.date, time: dt.time, at: dt.datetime) -> str:
    """Return what is wrong with a moment that was written, or nothing."""
    try:
        when = dates.moment(day, time)
    except dates.NotATime:
        return gettext("Det klockslaget fanns inte den dagen: klockan ställdes fram.")
    return gettext("Tidpunkten har inte varit än. Skriv när det hände.") if when > at else ""


class ActForm(Form):
    """A form by which one act is done on an opened dossier. `code` names the form and its drafts."""

    heading: ClassVar[Any]
    button: ClassVar[Any]
    lead: ClassVar[Any] = ""
    code: ClassVar[str]

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        """Do what the form says. Raises the facts of its verb."""
        raise NotImplementedError


class DatedActForm(ActForm):
    """A form that asks when it happened; now, when nothing else is said."""

    day = DayField(label=_("Dag"), help_text=_("Till exempel i dag, igår eller 14/5."))
    time = TimeField(label=_("Klockslag"))

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, at=at, **facts)
        self.fields["day"].initial = clock.local(at).date().isoformat()
        self.fields["time"].initial = f"{clock.local(at):%H.%M}"
        self.order_fields([name for name in self.fields if name not in {"day", "time"}] + ["day", "time"])

    @property
    def when(self) -> dt.datetime:
        """The moment that was written."""
        return dates.moment(self.cleaned_data["day"], self.cleaned_data["time"])

    def clean(self) -> dict[str, Any]:
        """Refuse a moment that has not been yet."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("time"):
            fault = fault_of_moment(data["day"], data["time"], self.at)
            if fault:
                self.add_error("time", fault)
        return data
