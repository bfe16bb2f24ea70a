"""The forms of the directory: find a service, say what is known of one, its capacity, and what is missing in it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import District, Municipality, Unit
from hemvag.lib import clock
from hemvag.readiness import grades
from hemvag.readiness import said as saying
from hemvag.readiness.content import content
from hemvag.readiness.fields import WordsField
from hemvag.readiness.models import Paper, Secrecy
from hemvag.readiness.said import Said
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form

UNKNOWN: Final = _("Lämna tomt när det är okänt: då står det okänt, aldrig noll.")
FAULTS: Final = {
    "needs": _("Välj minst ett behov."),
    "languages": _("Välj språk ur listan."),
    "districts": _("Välj områden ur listan."),
    "organisation": _("Välj en enhet i kommunen eller skriv en organisation, inte båda."),
    "unit": _("Välj en enhet i kommunen."),
    "keeper": _("Välj en enhet som du svarar för."),
    "to_age": _("Den högsta åldern är lägre än den lägsta. Byt plats på dem."),
    "agreement_to": _("Den dagen är före den första. Byt plats på dem."),
    "exercised_on": _("Övad kräver en dag för den senaste övningen."),
    "free": _("Fler lediga än det finns platser. Kontrollera talen."),
}
"""What to do about each fact that cannot be so."""


class Whole(forms.IntegerField):
    """A whole number from 0, or nothing for unknown."""

    def __init__(self, *, most: int, **facts: Any) -> None:
        said = {code: _("Skriv ett helt tal, eller lämna tomt.") for code in ("invalid", "min_value", "max_value")}
        super().__init__(min_value=0, max_value=most, required=False, error_messages=said, **facts)
        self.widget.attrs["class"] = "width-short"


class FindForm(Form):
    """What is looked for among services. Nothing here is about a person."""

    need = forms.ChoiceField(label=_("Behov"), required=False)
    spoken = forms.ChoiceField(label=_("Språk som talas"), required=False)
    district = forms.ChoiceField(label=_("Område"), required=False)
    words = WordsField(label=_("Fritt ord"), max_length=100, required=False)

    def __init__(self, data: Any = None, *, districts: Mapping[str, str], **facts: Any) -> None:
        super().__init__(data, **facts)
        known = content()
        choices = {
            "need": {code: str(need.name) for code, need in known.needs.items()},
            "spoken": {code: str(name) for code, name in known.languages.items()},
            "district": dict(districts),
        }
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("Alla")), *offered.items()]  # type: ignore[attr-defined]


class ResourceForm(Form):
    """Everything that a keeper says of a service, but its capacity, which has a form of its own."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    name = WordsField(label=_("Verksamhetens namn"), max_length=200)
    unit = forms.ChoiceField(label=_("Enhet i kommunen som har den"), required=False)
    organisation = WordsField(
        label=_("Eller organisation utanför kommunen"), max_length=200, required=False, help_text=_("En av de två.")
    )
    keeper = forms.ChoiceField(
        label=_("Enhet som svarar för posten"),
        required=False,
        help_text=_("Den som håller uppgifterna aktuella och får påminnelsen."),
    )
    needs = ChoicesRow(label=_("Behov som den möter"))
    for_whom = WordsField(label=_("För vem"), max_length=200, required=False, help_text=_("Till exempel: syskon."))
    from_age = Whole(label=_("Från ålder"), most=120)
    to_age = Whole(label=_("Till och med ålder"), most=120)
    languages = ChoicesRow(label=_("Språk som talas där"), required=False)
    districts = ChoicesRow(label=_("Områden"), required=False, help_text=_("Inget valt: hela staden."))
    contact = WordsField(
        label=_("Kontakt"),
        max_length=300,
        help_text=_("En funktion: växel, mottagning eller funktionsadress. Aldrig en persons eget nummer."),
    )
    hours = WordsField(label=_("Öppettider"), max_length=200, required=False)
    out_of_hours = WordsField(label=_("Kontakt utanför öppettid"), max_length=300, required=False)
    lead_days = Whole(label=_("Väntetid i dagar"), most=3650, help_text=UNKNOWN)
    how = WordsField(label=_("Hur man hänvisar"), max_length=2000, rows=3, required=False)
    ground = WordsField(
        label=_("Grund eller medgivande som behövs"), max_length=1000, rows=2, required=False, help_text=_("Inga namn.")
    )
    secrecy = ChoiceRow(label=_("Sekretess"), choices=Secrecy.choices, row=False)
    agreement_purpose = WordsField(label=_("Överenskommelsens syfte"), max_length=1000, rows=2, required=False)
    agreement_area = WordsField(label=_("Överenskommelsens område"), max_length=200, required=False)
    agreement_from = DayField(label=_("Gäller från"), either=True, required=False)
    agreement_to = DayField(label=_("Gäller till och med"), either=True, toward="future", required=False)
    grade = forms.ChoiceField(label=_("Beredskap"), required=False)
    grade_reason = WordsField(label=_("Skäl för graden"), max_length=1000, rows=2, required=False)
    trained = Whole(label=_("Utbildad personal, antal"), most=9999, help_text=UNKNOWN)
    exercised_on = DayField(label=_("Senaste övning"), required=False)
    substitute = WordsField(
        label=_("Ersättare när den inte går att nå"), max_length=200, required=False, help_text=_("En funktion.")
    )
    paper = ChoiceRow(
        label=_("På den utskrivna listan"),
        choices=Paper.choices,
        help_text=_("En skyddad adress skrivs aldrig ut, och ska inte heller stå i kontakten."),
    )
    ended_on = DayField(label=_("Upphör den"), either=True, toward="future", required=False)

    def __init__(
        self, data: Any = None, *, municipality: Municipality, keepers: Mapping[str, str], **facts: Any
    ) -> None:
        super().__init__(data, **facts)
        today, known = clock.today(), content()
        units = Unit.objects.on(today).filter(authority__municipality=municipality).select_related("authority")
        self.units = {str(unit.id): unit for unit in units.order_by("authority__name", "name")}
        named = {key: f"{unit.name}, {unit.authority.name}" for key, unit in self.units.items()}
        districts = District.objects.on(today).filter(municipality=municipality).order_by("name")
        choices: dict[str, list[tuple[str, Any]]] = {
            "unit": [("", _("Ingen: en organisation utanför")), *named.items()],
            "keeper": list(keepers.items()),
            "needs": [(code, str(need.name)) for code, need in known.needs.items()],
            "languages": [(code, str(name)) for code, name in known.languages.items()],
            "districts": list(districts.values_list("code", "name")),
            "grade": [("" if value is None else str(value), _graded(value)) for value in (None, 0, 1, 2, 3, 4)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be so, beside its field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(found.get("unit")) == bool(found.get("organisation")):
            self.say("organisation")
        for low, high in (("from_age", "to_age"), ("agreement_from", "agreement_to")):
            first, last = found.get(low), found.get(high)
            if first is not None and last is not None and first > last:
                self.say(high)
        if found.get("grade") == "4" and not found.get("exercised_on"):
            self.say("exercised_on")
        if found.get("grade") and not found.get("grade_reason"):
            self.add_error("grade_reason", _("Skriv skälet för graden, så att nästa läsare förstår den."))
        return found

    def say(self, field: str) -> None:
        """Say beside a field what to do about it."""
        self.add_error(field if field in self.fields else None, FAULTS.get(field, _("Kontrollera det här.")))

    def said(self, before: Said | None) -> Said:
        """Return what was said; the capacity is what stood in the version that the page showed."""
        facts = {name: self.cleaned_data[name] for name in saying.FIELDS if name in self.cleaned_data}
        facts |= {name: tuple(facts[name]) for name in saying.LISTS}
        facts["unit"] = self.units.get(facts["unit"])
        facts["grade"] = int(facts["grade"]) if facts["grade"] else None
        if before is not None:
            facts |= {name: getattr(before, name) for name in ("free", "total", "said_on")}
        return Said(**facts)

    def answering(self) -> Unit | None:
        """Return the unit that answers for the entry; None for the whole town's keeper."""
        return self.units.get(self.cleaned_data["keeper"])


def _graded(value: int | None) -> str:
    return str(grades.Grade(value, value))


def initial(said: Said, *, keeper: Unit | None, seen: int) -> dict[str, Any]:
    """Return what the form shows of a service."""
    facts: dict[str, Any] = {name: getattr(said, name) for name in saying.FIELDS}
    facts |= {name: list(facts[name]) for name in saying.LISTS}
    facts["unit"] = str(said.unit.id) if said.unit else ""
    facts["grade"] = "" if said.grade is None else str(said.grade)
    return facts | {"keeper": str(keeper.id) if keeper else "", "seen": seen}


class CapacityForm(Form):
    """How many places are free; unknown is a choice of its own, never a nought."""

    known = ChoiceRow(
        label=_("Är antalet lediga platser känt i dag?"), choices=[("yes", _("Ja")), ("no", _("Nej, det är okänt"))]
    )
    free = Whole(label=_("Lediga platser"), most=9999)
    total = Whole(label=_("Platser i allt"), most=9999, help_text=UNKNOWN)

    def clean(self) -> dict[str, Any]:
        """Ask for the number when it is known, and refuse more free places than there are."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        free, total = found.get("free"), found.get("total")
        if found.get("known") == "no":
            found["free"] = None
        elif free is None and "free" not in self.errors:
            self.add_error("free", _("Skriv hur många, eller välj att det är okänt."))
        elif free is not None and total is not None and free > total:
            self.add_error("free", FAULTS["free"])
        return found


class GapForm(Form):
    """What is missing, and who is to mend it by when."""

    action = WordsField(label=_("Vad som ska göras"), max_length=1000, rows=2)
    owner = WordsField(
        label=_("Vem som ansvarar"), max_length=200, help_text=_("En funktion, till exempel enhetschefen.")
    )
    due = DayField(label=_("Klart senast"), toward="future")


class GapClosingForm(Form):
    """That it is mended, and how."""

    words = WordsField(label=_("Hur bristen är åtgärdad"), max_length=1000, rows=2)


class CheckForm(Form):
    """When an entry is to be checked again."""

    next_check = DayField(label=_("Nästa kontroll"), toward="future", required=False)

    def __init__(self, data: Any = None, *, usual: dt.date) -> None:
        super().__init__(data, initial={"next_check": usual})
