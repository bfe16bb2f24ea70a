"""The forms of the level: a decision, and how far an item of the checklist has come."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hemvag.lib import clock
from hemvag.readiness import levels
from hemvag.readiness.fields import WordsField
from hemvag.readiness.models import Check, CheckMark, LevelDecision
from hemvag.web.forms import ChoiceRow, DayField, Form


class DecideForm(Form):
    """A decision to keep, raise or lower the level. The id of the decision that stood travels along, hidden."""

    standing = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    level = ChoiceRow(label=_("Nivå från och med nu"), row=False)
    reasons = WordsField(
        label=_("Skäl"),
        max_length=4000,
        rows=5,
        help_text=_("Vad som talar för och emot, och varför det vägde över. Inga namn på dem det kan gälla."),
    )
    decider = WordsField(
        label=_("Vem som har beslutat"),
        max_length=200,
        help_text=_("Befattning och namn på den som beslutar enligt er ordning, till exempel socialchefen."),
    )
    decided_on = DayField(label=_("Beslutad den"))
    review_on = DayField(
        label=_("Ses över senast"),
        either=True,
        toward="future",
        required=False,
        help_text=_("Lämna tomt för nivåns egen tid. Den får vara kortare men inte längre."),
    )

    def __init__(self, data: Any = None, *, standing: LevelDecision | None) -> None:
        self.before = standing
        self.now = str(standing.pk) if standing else ""
        self.sent = None if data is None else data.get("standing", "")
        if data is not None:
            data = data.copy()
            data["standing"] = self.now
        super().__init__(data, initial={"standing": self.now, "decided_on": clock.today()})
        shown: ChoiceRow = self.fields["level"]  # type: ignore[assignment]
        shown.choices = [(str(one.number), self._words(one)) for one in levels.order().levels]

    def _words(self, level: levels.Level) -> str:
        days = level.review_days
        facts = {"level": level, "means": level.means, "who": level.decided_by, "days": days}
        words = ngettext(
            "%(level)s. %(means)s Beslutas av %(who)s. Ses över inom %(days)d dag.",
            "%(level)s. %(means)s Beslutas av %(who)s. Ses över inom %(days)d dagar.",
            days,
        )
        said = words % facts
        is_now = self.before is not None and self.before.level == level.number
        return gettext("Behåll %(said)s") % {"said": said} if is_now else said

    def clean_standing(self) -> uuid.UUID | None:
        """Return the decision that this one follows; refuse what was written while somebody else decided."""
        if self.sent != self.now:
            raise ValidationError(_("Någon har beslutat medan du skrev. Läs det beslutet och spara igen."))
        return self.before.pk if self.before else None

    def clean_decided_on(self) -> dt.date:
        """Refuse a day before the decision that stands."""
        day: dt.date = self.cleaned_data["decided_on"]
        if self.before and day < self.before.decided_on:
            raise ValidationError(_("Den dagen är före det beslut som gäller."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a review later than the level allows."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        number, day, review = (found.get(name) for name in ("level", "decided_on", "review_on"))
        level = levels.order().level(int(number)) if number else None
        if level and day and review:
            latest = level.latest_review(day)
            if review <= day:
                self.add_error("review_on", _("Översynen måste komma efter beslutet."))
            elif review > latest:
                late = gettext("Nivån ses över senast %(day)s. Skriv den dagen eller en tidigare.")
                self.add_error("review_on", late % {"day": latest.isoformat()})
        return found

    def facts(self) -> dict[str, Any]:
        """Return what the verb takes; ask only when the form is valid."""
        found = dict(self.cleaned_data)
        after = found.pop("standing")
        return {**found, "after": after, "level": int(found["level"])}


class MarkForm(Form):
    """How far one item of the checklist has come."""

    state = ChoiceRow(label=_("Hur långt det har kommit"), choices=CheckMark.State.choices)
    owner = WordsField(
        label=_("Vems det är"), max_length=200, required=False, help_text=_("En funktion eller enhet, i ord.")
    )
    due = DayField(label=_("Klart senast"), either=True, toward="future", required=False)
    note = WordsField(label=_("Anteckning"), max_length=2000, rows=3, required=False)

    def __init__(self, data: Any = None, *, check: Check) -> None:
        kept = {name: getattr(check, name) for name in ("state", "owner", "due", "note")}
        super().__init__(data, initial={**kept, "state": kept["state"] or CheckMark.State.OPEN})
