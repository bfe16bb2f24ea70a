"""The registrar's form for a new report: who reported, when it truly arrived, what it says."""

import datetime as dt
from typing import Any

from django.forms import BaseFormSet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.concerns import case
from hemvag.concerns.models import Channel
from hemvag.concerns.report import Child, Reporter
from hemvag.dossiers.act_forms import fault_of_moment
from hemvag.law import reporters
from hemvag.lib import clock, dates
from hemvag.people.forms import ChildForm
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField, TimeField


class ReportForm(Form):
    """The report itself."""

    code = "report"

    day = DayField(
        label=_("Dag då anmälan kom in"),
        help_text=_("Den dag då den nådde oss, också om det var utanför kontorstid."),
    )
    time = TimeField(label=_("Klockslag då anmälan kom in"))
    channel = ChoiceRow(label=_("Hur kom den in?"), choices=Channel.choices)
    source = ChoiceRow(label=_("Vem anmäler?"), choices=[])
    name = TextField(
        label=_("Anmälarens namn"),
        max_length=200,
        required=False,
        help_text=_("En privatperson får vara anonym. Skriv då ingenting."),
    )
    title = TextField(label=_("Titel"), max_length=200, required=False)
    organisation = TextField(label=_("Myndighet eller verksamhet"), max_length=200, required=False)
    contact = TextField(label=_("Telefon eller adress"), max_length=300, required=False)
    feedback = ChoiceRow(
        label=_("Vill anmälaren ha återkoppling?"),
        choices=[("yes", _("Ja")), ("no", _("Nej, eller har inte sagt"))],
        help_text=_("Fråga den som är anmälningsskyldig. En privatperson får ingen återkoppling (26 kap. 1 § OSL)."),
    )
    text = TextField(
        label=_("Vad anmälan säger"),
        max_length=case.MOST_TEXT,
        rows=12,
        help_text=_("Så ordagrant som möjligt."),
    )

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at
        self.fields["day"].initial = clock.local(at).date().isoformat()
        self.fields["time"].initial = f"{clock.local(at):%H.%M}"
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (code, reporters.kind(code).label.said_in(get_language() or "sv")) for code in reporters.codes()
        ]

    @property
    def received_at(self) -> dt.datetime:
        """When the report arrived."""
        return dates.moment(self.cleaned_data["day"], self.cleaned_data["time"])

    @property
    def feedback_asked_at(self) -> dt.datetime | None:
        """When feedback was asked for: as the report arrived, or not."""
        return self.received_at if self.cleaned_data["feedback"] == "yes" else None

    def clean(self) -> dict[str, Any]:
        """Refuse a report from the future, and feedback that the law does not give."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("time"):
            fault = fault_of_moment(data["day"], data["time"], self.at)
            if fault:
                self.add_error("time", fault)
        source, day = data.get("source"), data.get("day")
        if source and day and data.get("feedback") == "yes" and not reporters.is_mandated(source, day):
            self.add_error(
                "feedback",
                _("En privatperson får ingen återkoppling (26 kap. 1 § OSL). Säg det, och välj Nej."),
            )
        return data

    def reporter(self) -> Reporter:
        """Return who reported."""
        data = self.cleaned_data
        return Reporter(
            kind=data["source"],
            name=data["name"],
            organisation=data["organisation"],
            title=data["title"],
            contact=data["contact"],
        )


def children_of(forms: "BaseFormSet[ChildForm]") -> list[Child]:
    """Return the children of the valid forms that somebody filled in."""
    return [
        Child(identity=form.child(), district=form.district, other_municipality=form.other_municipality)
        for form in forms.forms
        if form.has_changed()
    ]
