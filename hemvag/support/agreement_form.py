"""The form by which an agreement is taken down, and read back before it is stored."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.law import codes
from hemvag.lib import clock, dates
from hemvag.support.agreements import How, Openable, Scope
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form, TextField

NOT_OFFERED = frozenset({"social_services", "individual", "foreign_authority"})
"""Codes of `law.codes` to whom an agreement is not addressed: oneself, the person, and who is asked of the lawyer."""


class AgreementForm(Form):
    """What the person agrees to. `units` are those of the town that may read by it."""

    code = "agreement"

    what = TextField(
        label=_("Vilka uppgifter får lämnas?"),
        max_length=2000,
        rows=3,
        help_text=_("Så smalt som det går. Till exempel: att hon söker bostad, och hur många som ska bo där."),
    )
    receivers = ChoicesRow(label=_("Till vem utanför enheten?"), choices=[], required=False)
    to_whom = TextField(
        label=_("Vilka personer eller ställen är det?"),
        max_length=500,
        help_text=_("Till exempel bostadsbolaget Hamnhem, handläggare Eva."),
    )
    unit = forms.ChoiceField(label=_("En annan enhet här som får läsa en del"), choices=[], required=False)
    kinds = ChoicesRow(label=_("Vad får den enheten läsa?"), choices=Openable.choices, required=False)
    purpose = TextField(label=_("Vad ska det användas till?"), max_length=1000, rows=2)
    first = DayField(label=_("Gäller från"), toward="future")
    last = DayField(label=_("Gäller till och med"), toward="future", help_text=_("Helst högst sex månader."))
    how = ChoiceRow(label=_("Hur lämnas det?"), choices=How.choices)
    interpreter = TextField(label=_("Tolk, om någon har tolkat"), max_length=200, required=False)

    def __init__(self, *args: Any, at: dt.datetime, units: list[Unit], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at
        self._units = {str(unit.id): unit for unit in units}
        language = (get_language() or "sv")[:2]
        labels = [
            (code, label.said_in(language))
            for code, label in codes.codes().authority.items()
            if code not in NOT_OFFERED
        ]
        self.fields["receivers"].choices = labels  # type: ignore[attr-defined]
        names = [(key, unit.name) for key, unit in self._units.items()]
        self.fields["unit"].choices = [("", gettext("Ingen")), *names]  # type: ignore[attr-defined]
        self.fields["first"].initial = clock.local(at).date().isoformat()

    def clean(self) -> dict[str, Any]:
        """Ask for days that follow each other, for somebody it is to, and for what a unit may read."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("Sista dagen måste komma efter den första, och inte ha varit."))
        if not data.get("receivers") and not data.get("unit"):
            self.add_error("receivers", gettext("Välj minst en mottagare, eller en enhet här."))
        if bool(data.get("unit")) != bool(data.get("kinds")):
            self.add_error("kinds", gettext("Välj både en enhet och vad den får läsa, eller inget av dem."))
        return data

    @property
    def valid_from(self) -> dt.datetime:
        """The moment from which it holds: now, or the start of a later day."""
        return max(self.at, dates.moment(self.cleaned_data["first"], dt.time(0, 0)))

    @property
    def valid_to(self) -> dt.datetime:
        """The moment at which it holds no more: the end of its last day."""
        return dates.moment(self.cleaned_data["last"] + dt.timedelta(days=1), dt.time(0, 0))

    def scope(self) -> Scope:
        """Return to whom a valid form opens what."""
        said = self.cleaned_data
        return Scope(receivers=said["receivers"], unit=self._units.get(said["unit"]), kinds=said["kinds"])


class WithdrawForm(Form):
    """Take it back. Reasons need not be given."""

    reasons = TextField(label=_("Varför, om personen vill säga det"), max_length=2000, rows=3, required=False)
