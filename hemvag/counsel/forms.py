"""The question in four choices, the filter of the rules, and the lawyer's position."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.counsel import shown
from hemvag.law import listing, rules
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField

STEPS = {
    "sender": (_("Vem berättar?"), "authority"),
    "receiver": (_("Vem får veta?"), "authority"),
    "subject": (_("Vem handlar det om?"), "subject"),
    "situation": (_("Vad har hänt, eller vad är frågan?"), "situation"),
}
"""The four choices, in the order they are asked, each with the kind of its codes."""


class ChoiceForm(Form):
    """One of the four choices; the choices already made travel along, hidden."""

    def __init__(self, step: str, made: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code in made.items():
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=code, required=False)
        label, kind = STEPS[step]
        self.fields[step] = ChoiceRow(label=label, choices=shown.choices(kind), row=False)


class DayForm(Form):
    """Another day's law, for an answer that is already there."""

    on = DayField(label=_("Som lagen var den"), either=True, required=False)


class RulesForm(Form):
    """Which rules to list."""

    on = DayField(label=_("Som lagen var den"), either=True, required=False)
    family = forms.ChoiceField(label=_("Slag"), required=False)
    confidence = forms.ChoiceField(label=_("Hur säkert regeln är känd"), required=False)
    words = TextField(label=_("Ord i regeln"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families: forms.ChoiceField = self.fields["family"]  # type: ignore[assignment]
        families.choices = [("", _("Alla")), *((code, shown.family(code)) for code in listing.FAMILIES)]
        sure: forms.ChoiceField = self.fields["confidence"]  # type: ignore[assignment]
        sure.choices = [("", _("Alla")), *((code, f"{code}: {shown.sure(code)}") for code in rules.CONFIDENCE)]


class PositionForm(Form):
    """What the municipality holds of an open question."""

    text = TextField(
        label=_("Kommunens ställningstagande"),
        help_text=_(
            "Visas överallt där regeln visas, med ditt namn och dagen. Det ändrar inte regeln och går inte att ta bort."
        ),
        max_length=5000,
        rows=6,
    )
