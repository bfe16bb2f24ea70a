"""The forms of whoever leads the exercise."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.readiness import exercise_measures
from hemvag.readiness.models import PlayNote
from hemvag.web.forms import ChoiceRow, Form, TextField

WHOLE: Final = _("Skriv ett helt tal från 0 till 99999.")
FAULTS: Final = {"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE}
ENTERED: Final = ("together", "roster_minutes", "prints_right", "beyond_need")
"""What the leader counts, since no table tells it, or not in every exercise."""


class StartForm(Form):
    """How long the scenario's time takes."""

    minutes = ChoiceRow(
        label=_("Hur länge övningen ska ta"),
        choices=[
            ("60", _("1 timme")),
            ("120", _("2 timmar")),
            ("240", _("4 timmar")),
            ("0", _("I verklig tid")),
        ],
        help_text=_("Scenariots klocka går fortare. Lagens frister räknas alltid i verklig tid."),
    )


class NoteForm(Form):
    """What the leader saw."""

    inject = forms.SlugField(required=False, widget=forms.HiddenInput)
    kind = ChoiceRow(label=_("Vad det gäller"), choices=PlayNote.Kind.choices)
    words = TextField(label=_("Anteckning"), max_length=2000, rows=3, help_text=_("Inga namn på spelarna."))


def count_form(units: list[tuple[str, str]], data: Any = None) -> Form:
    """Return a form with a number for each measure that is counted by hand, and for each unit that may have played."""
    form = Form(data)
    for measure in exercise_measures.MEASURES:
        if measure.code in ENTERED:
            form.fields[measure.code] = _number(measure.label)
            if measure.unit == "share":
                form.fields[f"{measure.code}_of"] = _number(_("%(what)s: av hur många") % {"what": measure.label})
    for unit, name in units:
        form.fields[f"unit_{unit}"] = _number(_("Deltagare från %(unit)s") % {"unit": name})
    return form


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=exercise_measures.MOST, required=False, error_messages=FAULTS
    )
