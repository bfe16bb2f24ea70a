"""The form of a unit's checklist: for each item a grade, its reason and the last exercise."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hemvag.readiness import grades
from hemvag.readiness.answer import Answer
from hemvag.readiness.content import Item
from hemvag.readiness.fields import WordsField
from hemvag.web.forms import DayField, Form


class AnswersForm(Form):
    """What a unit says of each item that it answers."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: Any = None, *, items: Mapping[str, Item], **facts: Any) -> None:
        super().__init__(data, **facts)
        self.items = items
        for code, item in items.items():
            choices = [("" if one is None else str(one), str(grades.Grade(one, one))) for one in grades.NAMES]
            self.fields[f"{code}-grade"] = forms.ChoiceField(
                label=_labelled(_("Grad"), item), choices=choices, required=False
            )
            self.fields[f"{code}-reason"] = WordsField(label=_labelled(_("Skäl"), item), max_length=500, required=False)
            self.fields[f"{code}-exercised"] = DayField(label=_labelled(_("Övad"), item), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of every grade, and for the day of an exercise."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.items:
            grade = found.get(f"{code}-grade")
            if grade and not found.get(f"{code}-reason") and f"{code}-reason" not in self.errors:
                self.add_error(f"{code}-reason", _("Skriv skälet för graden, så att nästa läsare förstår den."))
            if grade == "4" and not found.get(f"{code}-exercised") and f"{code}-exercised" not in self.errors:
                self.add_error(f"{code}-exercised", _("Övad kräver en dag för den senaste övningen."))
        return found

    def answers(self) -> dict[str, Answer]:
        """Return what was said, by item; a reason or a day without a grade says nothing."""
        said = {}
        for code in self.items:
            grade = self.cleaned_data[f"{code}-grade"]
            said[code] = (
                Answer(
                    grade=int(grade),
                    reason=self.cleaned_data[f"{code}-reason"],
                    exercised_on=self.cleaned_data[f"{code}-exercised"],
                )
                if grade
                else Answer(grade=None)
            )
        return said

    def rows(self) -> list[tuple[Item, list[forms.BoundField]]]:
        """Return each item with its three fields."""
        return [
            (item, [self[f"{code}-{part}"] for part in ("grade", "reason", "exercised")])
            for code, item in self.items.items()
        ]


def _labelled(word: str, item: Item) -> SafeString:
    """Return a label whose item is read aloud and, standing in the heading above, not shown again."""
    return format_html('{}<span class="hidden-text">: {}</span>', word, item.name)


def initial(answers: Mapping[str, Answer], *, seen: int) -> dict[str, Any]:
    """Return what the form shows of what a unit has said."""
    found: dict[str, Any] = {"seen": seen}
    for code, said in answers.items():
        found[f"{code}-grade"] = "" if said.grade is None else str(said.grade)
        found[f"{code}-reason"] = said.reason
        found[f"{code}-exercised"] = said.exercised_on
    return found
