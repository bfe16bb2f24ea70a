"""The line's forms beside the call sheet: a call-back, a typed code, and who reports."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.concerns.report import Reporter
from hemvag.law import reporters
from hemvag.lib import clock, dates
from hemvag.line.call_back import Promise
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField, TimeField

MOST_REPORT = 20_000

_REPORTER_OF = {
    "parent": "parent",
    "grandparent": "relative",
    "sibling": "relative",
    "partner": "relative",
    "other_relative": "relative",
    "child": "child_self",
    "school": "school",
    "health_care": "health_care",
    "police": "police",
    "association": "association",
    "public": "public",
    "friend": "public",
}
"""The kind of reporter in law that a caller most often is; the counsellor may choose another."""


class CallBackForm(Form):
    """What the caller asks for: a number, when, and what to say to somebody else."""

    number = TextField(label=_("Nummer att ringa"), max_length=50)
    day = DayField(label=_("Dag"), toward="future", help_text=_("Till exempel i dag, imorgon eller 14/5."))
    earliest = TimeField(label=_("Tidigast"), help_text=_("När är det tryggt att ringa?"))
    latest = TimeField(label=_("Senast"))
    someone_else = TextField(label=_("Om någon annan svarar, säg …"), max_length=500, rows=2, required=False)

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at
        self.fields["number"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """Refuse times that cannot be kept."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("earliest") and data.get("latest"):
            if data["latest"] <= data["earliest"]:
                self.add_error("latest", _("Sluttiden ska vara efter starttiden."))
            elif self.due_to <= self.at:
                self.add_error("latest", _("Den tiden har redan varit. Skriv en senare."))
        return data

    @property
    def due_from(self) -> dt.datetime:
        """When it is safe to ring from."""
        return dates.moment(self.cleaned_data["day"], self.cleaned_data["earliest"])

    @property
    def due_to(self) -> dt.datetime:
        """When it is no longer safe."""
        return dates.moment(self.cleaned_data["day"], self.cleaned_data["latest"])

    def promise(self) -> Promise:
        """Return what is sealed."""
        return Promise(number=self.cleaned_data["number"], someone_else=self.cleaned_data["someone_else"])


class CodeForm(Form):
    """A return code as the caller says it."""

    typed = TextField(
        label=_("Återkomstkod"),
        max_length=200,
        help_text=_("Tolv siffror, tre i taget. Mellanrum, bindestreck och siffror som ord går bra."),
    )
    call = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["typed"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "code-input",
        }


class ReporterForm(Form):
    """Who reports, and what of the notes goes into the report."""

    kind = ChoiceRow(label=_("Vem anmäler?"), choices=[])
    name = TextField(
        label=_("Anmälarens namn"),
        max_length=200,
        required=False,
        help_text=_("En privatperson får vara anonym: skriv då ingenting. Den som är anmälningsskyldig får inte det."),
    )
    title = TextField(label=_("Titel"), max_length=200, required=False)
    organisation = TextField(label=_("Myndighet eller verksamhet"), max_length=200, required=False)
    contact = TextField(label=_("Telefon eller adress"), max_length=300, required=False)
    feedback = forms.BooleanField(
        label=_("Har bett om återkoppling"),
        required=False,
        help_text=_("Bara för den som är anmälningsskyldig (19 kap. 6 § SoL)."),
    )
    text = TextField(
        label=_("Vad anmälan säger"),
        max_length=MOST_REPORT,
        rows=10,
        help_text=_("Det som står här följer med till barnets akt. Ta bort det som inte hör dit; resten raderas."),
    )

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, reporters.kind(code).label.said_in(get_language() or "sv")) for code in reporters.codes()
        ]

    @staticmethod
    def kind_of(caller: str) -> str:
        """Return the kind of reporter that a caller most often is, or nothing."""
        return _REPORTER_OF.get(caller, "")

    def clean(self) -> dict[str, Any]:
        """Hold the law's two differences between those who must report and those who may."""
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if not kind:
            return data
        if not reporters.is_mandated(kind, clock.local(self.at).date()):
            if data.get("feedback"):
                self.add_error(
                    "feedback",
                    _("En privatperson får ingen återkoppling (26 kap. 1 § OSL). Säg det, och ta bort krysset."),
                )
        elif not data.get("name"):
            self.add_error("name", _("Den som är anmälningsskyldig får inte vara anonym. Skriv namnet."))
        return data

    def reporter(self) -> Reporter:
        """Return who reports."""
        data = self.cleaned_data
        return Reporter(
            kind=data["kind"],
            name=data["name"],
            title=data["title"],
            organisation=data["organisation"],
            contact=data["contact"],
        )
