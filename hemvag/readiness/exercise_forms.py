"""The forms about exercises. Nobody is named in them: what looks like a personal number is refused."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemvag.readiness import exercise_file, exercise_measures
from hemvag.readiness.models import Format
from hemvag.web.fields import REQUIRED
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField

NO_NAMES: Final = _("Inga namn, varken på deltagare eller på dem som övningen handlade om.")
WHOLE: Final = _("Skriv ett helt tal från 0 till 99999.")
TEXT: Final = 4000


class Words(TextField):
    """Text that names no person."""

    def clean(self, value: Any) -> str:
        """Refuse what looks like a personal number."""
        words: str = super().clean(value)
        if exercise_file.names_a_number(words):
            raise ValidationError(_("Texten innehåller något som ser ut som ett personnummer. Ta bort det."))
        return words


class HoldForm(Form):
    """That an exercise was held."""

    name = Words(label=_("Övningens namn"), max_length=200)
    held_on = DayField(label=_("Dag"))
    format = ChoiceRow(label=_("Form"), choices=Format.choices)
    scenario = Words(label=_("Scenario"), max_length=200, required=False)
    scope = Words(label=_("Vad övningen omfattade"), max_length=TEXT, rows=3)
    goals = Words(label=_("Mål"), max_length=TEXT, rows=3)


class ReportForm(Form):
    """What an exercise showed, written by hand."""

    participants = Words(
        label=_("Deltagare"),
        max_length=TEXT,
        rows=4,
        help_text=_("En enhet på varje rad med antalet efter ett kolon. Till exempel Mottagningen: 4. Inga namn."),
    )
    roster_minutes = forms.IntegerField(
        label=_("Minuter tills jourlistan svarade"),
        min_value=0,
        max_value=exercise_measures.MOST,
        required=False,
        help_text=_("Lämna tomt om det inte mättes."),
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )
    strengths = Words(label=_("Vad som gick bra"), max_length=TEXT, rows=4, help_text=NO_NAMES)
    improvements = Words(label=_("Vad som kan bli bättre"), max_length=TEXT, rows=4, help_text=NO_NAMES)

    def clean_participants(self) -> dict[str, int]:
        """Return how many by unit."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["participants"].splitlines():
            unit, _colon, count = line.rpartition(":")
            if not line.strip():
                continue
            if not unit.strip() or not count.strip().isdecimal() or int(count) > exercise_measures.MOST:
                raise ValidationError(
                    _("Raden %(line)s går inte att läsa. Skriv så här: Mottagningen: 4."), params={"line": line[:80]}
                )
            found[unit.strip()[:200]] = found.get(unit.strip()[:200], 0) + int(count)
        return found

    def measures(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the measures of the report before with what was entered now in its place."""
        minutes = self.cleaned_data["roster_minutes"]
        kept = [one for one in before if one["code"] != "roster_minutes"]
        return kept if minutes is None else [*kept, exercise_measures.row("roster_minutes", minutes)]


class TakeInForm(Form):
    """The file that an exercise's space left behind."""

    file = forms.FileField(
        label=_("Rapportfil"),
        help_text=_("Filen som hemvag exercise close skrev."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom."), "invalid": _("Välj en fil.")},
    )

    def clean_file(self) -> exercise_file.Report:
        """Return the report that stands in the file."""
        sent, most = self.cleaned_data["file"], exercise_file.MOST_BYTES
        try:
            return exercise_file.read(sent.read() if sent.size <= most else bytes(most + 1))
        except exercise_file.NotAReport as wrong:
            raise ValidationError(str(wrong)) from None


class GapForm(Form):
    """Something that was missing."""

    missing = Words(label=_("Vad som saknades"), max_length=TEXT, rows=3, help_text=NO_NAMES)
    action = Words(label=_("Vad som ska göras"), max_length=TEXT, rows=3, required=False)


class OwnerForm(Form):
    """Which function answers for a gap."""

    function = Words(
        label=_("Funktion som ansvarar"),
        max_length=200,
        help_text=_("En funktion, till exempel enhetschef."),
    )
    action = Words(label=_("Vad som ska göras"), max_length=TEXT, rows=3)
    due = DayField(label=_("Klart senast"), toward="future")


class CloseForm(Form):
    """That a gap is closed."""

    words = Words(
        label=_("Hur bristen är åtgärdad"),
        max_length=TEXT,
        rows=3,
        help_text=_("Vad som är gjort, och hur ni vet att det fungerar."),
        error_messages={"required": REQUIRED},
    )
