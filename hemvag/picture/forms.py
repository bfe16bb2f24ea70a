"""What is counted, what is not known, and an estimate of our own."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemvag.picture.models import Population
from hemvag.web.fields import REQUIRED
from hemvag.web.forms import DayField, Form, TextField

MOST = 99_999
"""Persons at most: more would not be a municipality's, and may be a date of birth."""
NO_COUNT = _("Skriv ett helt tal från 0 till 99999.")
WHOLE = {"required": REQUIRED, "invalid": NO_COUNT, "min_value": NO_COUNT, "max_value": NO_COUNT}


class PopulationForm(Form):
    """What is counted."""

    since = DayField(label=_("Från och med"))
    until = DayField(label=_("Till och med"), help_text=_("Ett tal gäller bara för den tid det säger."))
    area = TextField(
        label=_("Område"), max_length=200, help_text=_("Till exempel: folkbokförda i kommunen vid avresan.")
    )
    definition = TextField(
        label=_("Vilka som räknas"),
        max_length=2000,
        rows=4,
        help_text=_("Så tydligt att en annan skulle räkna samma personer. Inga namn."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("Den dagen är före den första. Byt plats på dem."))
        return found


class _StatementForm(Form):
    """Something said of one version of a population, whose id travels along, hidden."""

    population = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: Any = None, *, of: Population) -> None:
        if data is not None:
            data, self.sent = data.copy(), data.get("population")
            data["population"] = str(of.pk)
        super().__init__(data, initial={"population": of.pk})
        self.of = of

    def clean_population(self) -> uuid.UUID:
        """Refuse what was written while somebody else changed what is counted."""
        if self.sent != str(self.of.pk):
            raise ValidationError(
                _("Någon har ändrat vilka som räknas medan du skrev. Läs det som står överst och spara igen.")
            )
        return self.of.pk


class UnknownForm(_StatementForm):
    """That it is not known."""

    words = TextField(
        label=_("Varför det inte är känt"),
        max_length=2000,
        rows=4,
        help_text=_("Till exempel: ingen har räknat, eller de som har räknat får inte berätta. Inga namn."),
    )


class OwnForm(_StatementForm):
    """An estimate of our own, which is a range."""

    low = forms.IntegerField(label=_("Minst"), min_value=0, max_value=MOST, error_messages=WHOLE)
    high = forms.IntegerField(label=_("Högst"), min_value=0, max_value=MOST, error_messages=WHOLE)
    words = TextField(
        label=_("Hur uppskattningen är gjord"),
        max_length=2000,
        rows=4,
        help_text=_("Vad den bygger på, och vad den kan ha missat. Inga namn på dem som räknas."),
    )
    author = TextField(label=_("Vem som har gjort den"), max_length=200, help_text=_("En enhet eller en myndighet."))
    made_on = DayField(label=_("När den gjordes"))

    def clean(self) -> dict[str, Any]:
        """Refuse a bare number, and ends in the wrong order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = found.get("low"), found.get("high")
        if low is not None and low == high:
            self.add_error(
                "high",
                _("En uppskattning är ett spann. Ett enda tal låter säkrare än det är: skriv hur högt det kan vara."),
            )
        elif low is not None and high is not None and low > high:
            self.add_error("high", _("Det högsta är lägre än det minsta. Byt plats på dem."))
        return found
