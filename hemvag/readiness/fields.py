"""The text field of this room: it takes no personal number, since nothing here is about a person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemvag.lib import clock
from hemvag.readiness import private
from hemvag.web.forms import TextField

NO_NUMBER = _("Det står ett personnummer i texten. Ta bort det: här får inget stå om en enskild.")


class WordsField(TextField):
    """Free text about the town's own work."""

    def clean(self, value: Any) -> str:
        """Return the text, or refuse what holds a personal number."""
        words: str = super().clean(value)
        if private.holds_number(words, today=clock.today()):
            raise ValidationError(NO_NUMBER, code="number")
        return words
