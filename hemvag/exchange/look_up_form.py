"""The fields of a look-up at other committees: who, in which situation, and the tests that the law wants written."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hemvag.exchange import lookup
from hemvag.law import codes
from hemvag.people import search, typed
from hemvag.people.identities import Birth, Identity
from hemvag.web.forms import ChoiceRow, Form, TextField


class LookUpForm(Form):
    """What is asked. `day` is the day whose law says which tests are written down."""

    text = TextField(
        label=gettext_lazy("Barnets namn och födelsedatum, eller nummer"),
        help_text=gettext_lazy("Till exempel Amina Ek 2020-05-04 eller 20200504-2383. Uppslaget loggas."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    protected = ChoiceRow(
        label=gettext_lazy("Har eller kan barnet ha skyddade personuppgifter?"),
        choices=[("no", gettext_lazy("Nej")), ("yes", gettext_lazy("Ja, eller kanske"))],
    )
    situation = ChoiceRow(label=gettext_lazy("Varför frågar du?"), choices=[])

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.tests = lookup.demanded(day)
        known, language = codes.codes(), (get_language() or "sv")[:2]
        chosen = self.fields["situation"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(code, getattr(known.situation[code], language)) for code in lookup.SITUATIONS]
        for code in self.tests:
            label = getattr(known.record[code], language)
            self.fields[f"test_{code}"] = TextField(
                label=label, help_text=_("Skriv det när regeln kräver det."), max_length=2000, required=False, rows=2
            )

    def clean_text(self) -> Identity:
        """Read who is asked about; the day of birth may stand in the number."""
        text = self.cleaned_data["text"]
        try:
            identity = search.asked(text, today=self.day)
        except search.TooLittle:
            raise forms.ValidationError(
                _("Skriv numret, eller två namn och hela födelsedatumet: 2020-05-04.")
            ) from None
        number = typed.any_number(text, today=self.day)
        if number is None or number.birth is None:
            return identity
        birth = Birth(kind="exact", date=number.birth.isoformat())
        return Identity(names=identity.names, birth=birth, number=identity.number)

    def asking(self) -> lookup.Asking:
        """Return what is asked by a form that is valid."""
        said = self.cleaned_data
        return lookup.Asking(
            identity=said["text"],
            situation=said["situation"],
            protected=said["protected"] == "yes",
            tests={code: said[f"test_{code}"] for code in self.tests},
        )
