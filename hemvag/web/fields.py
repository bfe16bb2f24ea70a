"""The fields of the house. Each keeps what was typed when it cannot be understood, and says what to do."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.lib import clock, date_words, dates, person_numbers, text
from hemvag.lib.person_numbers import PersonNumber
from hemvag.web.widgets import OneChoice, SeveralChoices

NUL = _("Texten innehåller ett tecken som inte går att spara. Ta bort det som klistrats in sist och skriv det igen.")
REQUIRED = _("Fyll i det här.")
CHOOSE = _("Välj ett av alternativen.")
FAULTS = {person_numbers.WrongForm: "form", person_numbers.Future: "future"}


class TextField(forms.CharField):
    """Text of one or several lines, at most `max_length` characters, in the writer's own direction."""

    default_error_messages = {
        "required": REQUIRED,
        "max_length": _("Texten är %(show_value)d tecken. Korta den till högst %(limit_value)d; inget är borttaget."),
        "not_text": NUL,
    }

    def __init__(self, *, max_length: int = 500, rows: int = 1, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text composed (NFC) and with plain line ends; a NUL byte is refused."""
        typed = super().to_python(value) or ""
        try:
            return text.clean(typed)
        except text.NotText:
            raise ValidationError(self.error_messages["not_text"], code="not_text") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Set no maxlength: the browser would cut a pasted text without a word."""
        return {} if widget.is_hidden else {"dir": "auto"}


class _TypedField(forms.Field):
    """A field typed freely and understood: what cannot be read comes back as it was typed."""

    default_error_messages = {"required": REQUIRED}
    width = "width-day"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keep the browser from filling in other people's data."""
        return {"autocomplete": "off", "class": self.width} if not widget.is_hidden else {}


class DayField(_TypedField):
    """A day typed as people do (14/5, 2026-05-14, igår) and shown back in words.

    `toward` says which way a day without a year lies. Toward "past" no day after today is taken, toward "future" none
    before it; `either=True` takes both.
    """

    default_error_messages = {
        "not_understood": _("Skriv datumet så här: 14/5, 2026-05-14 eller igår."),
        "no_such_date": _("Den dagen finns inte. Skriv datumet så här: 14/5, 2026-05-14 eller igår."),
        "not_leap_year": _("Det året har ingen 29 februari. Skriv året också, eller en annan dag."),
        "wrong_weekday": _("Veckodagen och datumet hör inte ihop. Skriv bara datumet, till exempel 14/5."),
        "future": _("Dagen har inte varit än. Skriv i dag eller en tidigare dag."),
        "past": _("Dagen har redan varit. Skriv i dag eller en senare dag."),
    }

    def __init__(self, *, toward: dates.Toward = "past", either: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.toward = toward
        self.either = either

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day, or None for an empty field."""
        if isinstance(value, dt.date) or value in self.empty_values:
            return value or None
        try:
            return dates.parse_date(str(value), today=clock.today(), toward=self.toward)
        except dates.NotADate as fault:
            code = "required" if fault.code == "empty" else fault.code
            raise ValidationError(self.error_messages[code], code=code) from None

    def validate(self, value: dt.date | None) -> None:
        """Refuse a day on the wrong side of today."""
        super().validate(value)
        if not value or self.either:
            return
        if self.toward == "past" and value > clock.today():
            raise ValidationError(self.error_messages["future"], code="future")
        if self.toward == "future" and value < clock.today():
            raise ValidationError(self.error_messages["past"], code="past")

    def in_words(self, value: Any) -> str:
        """Return the day as it was understood."""
        day = self.to_python(value)
        return date_words.day(day, today=clock.today(), language=get_language() or "sv") if day else ""


class TimeField(_TypedField):
    """A time of day typed as people do (14.30, 1430, kl 9)."""

    default_error_messages = {
        "not_understood": _("Skriv klockslaget så här: 14.30 eller 9."),
        "no_such_time": _("Det klockslaget finns inte. Skriv så här: 14.30 eller 9."),
    }
    width = "width-short"

    def to_python(self, value: Any) -> dt.time | None:
        """Return the time of day, or None for an empty field."""
        if isinstance(value, dt.time):
            return value
        if value in self.empty_values:
            return None
        try:
            return dates.parse_time(str(value))
        except dates.NotATime as fault:
            code = "required" if fault.code == "empty" else fault.code
            raise ValidationError(self.error_messages[code], code=code) from None

    def prepare_value(self, value: Any) -> Any:
        """Show a stored time as Swedes write it."""
        return value.strftime("%H.%M") if isinstance(value, dt.time) else value


class ChoiceRow(forms.ChoiceField):
    """One of several large choices; `keys` gives a choice its key ({"parent": "1"})."""

    default_error_messages = {"required": CHOOSE, "invalid_choice": CHOOSE}

    def __init__(self, *, keys: Mapping[str, str] | None = None, row: bool = True, **kwargs: Any) -> None:
        super().__init__(widget=OneChoice(keys=keys, row=row), **kwargs)


class ChoicesRow(forms.MultipleChoiceField):
    """Several of many large choices, at most `most` of them."""

    default_error_messages = {
        "required": _("Välj minst ett av alternativen."),
        "invalid_choice": CHOOSE,
        "most": _("Välj högst %(most)d."),
    }

    def __init__(
        self, *, keys: Mapping[str, str] | None = None, row: bool = True, most: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(widget=SeveralChoices(keys=keys, row=row), **kwargs)
        self.most = most

    def validate(self, value: list[str]) -> None:
        """Refuse more choices than the field takes."""
        super().validate(value)
        if self.most is not None and len(value) > self.most:
            raise ValidationError(self.error_messages["most"], code="most", params={"most": self.most})


class PersonNumberField(_TypedField):
    """A personal, coordination or interim number, or a reserve number (personnummer, samordningsnummer …), checked.

    Cleans to a `PersonNumber`, or None for an empty field; `kinds` says which kinds are taken.
    """

    default_error_messages = {
        "invalid": _("Numret stämmer inte. Kontrollera det eller välj Inget nummer."),
        "form": _("Skriv numret med tio eller tolv siffror, till exempel 202005142381."),
        "future": _("Numret hör till en födelsedag som inte har varit än. Kontrollera det."),
        "kind": _("Det är ett nummer av ett annat slag. Kontrollera det eller välj rätt slag."),
    }

    def __init__(self, *, kinds: Collection[str] = ("personal", "coordination"), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = kinds

    def to_python(self, value: Any) -> PersonNumber | None:
        """Return the number with its kind."""
        if isinstance(value, PersonNumber) or value in self.empty_values:
            return value or None
        try:
            return person_numbers.parse(str(value), today=clock.today())
        except person_numbers.NotANumber as fault:
            code = FAULTS.get(type(fault), "invalid")
            raise ValidationError(self.error_messages[code], code=code) from None

    def validate(self, value: PersonNumber | None) -> None:
        """Refuse a number of a kind the field does not take."""
        super().validate(value)
        if value and value.kind not in self.kinds:
            raise ValidationError(self.error_messages["kind"], code="kind")


class VersionField(forms.IntegerField):
    """The hidden version of what a page showed, so that a colleague's change is not written over."""

    def __init__(self) -> None:
        super().__init__(min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
