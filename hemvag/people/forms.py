"""The fields that say which child it is: typed as people type, each fault told beside its field."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import District
from hemvag.lib.person_numbers import PersonNumber
from hemvag.people import identities, typed
from hemvag.people.identities import Birth, Guardian, Identity, Name, Number
from hemvag.web.forms import ChoiceRow, Form, TextField

PREFIX: Final = "children"
MOST_CHILDREN: Final = 12
ADULT_AT: Final = 18
GUARDIAN: Final = ("name", "relation", "contact")

BIRTH = [("exact", _("Känt datum")), ("approximate", _("Ungefär")), ("unknown", _("Okänt"))]
NUMBER = [
    ("none", _("Inget nummer")),
    ("personal", _("Personnummer")),
    ("coordination", _("Samordningsnummer")),
    ("reserve", _("Reservnummer")),
]
REASON = [
    ("", _("Välj")),
    ("not_known", _("Vi vet inte numret")),
    ("born_abroad", _("Född utomlands, inte registrerad")),
    ("asylum", _("Asylsökande")),
    ("not_said", _("Uppgiftslämnaren ville inte säga")),
    ("other", _("Annat")),
]
WHEREABOUTS = [
    ("unknown", _("Vet ej")),
    ("here", _("Här")),
    ("abroad", _("Utomlands")),
    ("on_the_way", _("På väg hit")),
]
PROTECTED = [
    ("", _("Nej, eller vet ej")),
    ("secrecy_marking", _("Sekretessmarkering")),
    ("protected_registration", _("Skyddad folkbokföring")),
    ("fictitious_identity", _("Fingerade personuppgifter")),
]


class ChildForm(Form):
    """One child. `day` is the day of the report; `districts` those in force on it."""

    given = TextField(label=_("Förnamn"), max_length=100, required=False)
    family = TextField(label=_("Efternamn"), max_length=100, required=False)
    spellings = TextField(
        label=_("Andra stavningar eller namn"),
        help_text=_("En per rad, med förnamn först. Till exempel Mohammed Ali och Maxamed Cali."),
        max_length=1000,
        required=False,
        rows=2,
    )
    birth_kind = ChoiceRow(label=_("Födelsedatum"), choices=BIRTH, initial="exact", required=False)
    birth_date = TextField(
        label=_("Datum eller år"),
        help_text=_("Till exempel 2020-05-04 eller 4/5 2020. Är bara året känt: 2020."),
        max_length=30,
        required=False,
    )
    number_kind = ChoiceRow(label=_("Slags nummer"), choices=NUMBER, initial="none", required=False)
    number = TextField(label=_("Nummer"), max_length=30, required=False)
    number_reason = forms.ChoiceField(label=_("Varför inget nummer"), choices=REASON, required=False)
    whereabouts = ChoiceRow(label=_("Var är barnet nu?"), choices=WHEREABOUTS, initial="unknown", required=False)
    guardians = TextField(
        label=_("Vårdnadshavare, så långt de är kända"),
        help_text=_("En per rad: namn, relation, telefon eller adress. Till exempel Sara Ek, mamma, 070-174 06 05."),
        max_length=2000,
        required=False,
        rows=2,
    )
    languages = TextField(label=_("Språk, och om tolk behövs"), max_length=200, required=False)
    protected = forms.ChoiceField(label=_("Skyddade personuppgifter"), choices=PROTECTED, required=False)
    district_code = forms.ChoiceField(label=_("Område där barnet bor"), required=False)
    elsewhere = TextField(
        label=_("Annan kommun"),
        help_text=_("Skriv kommunens namn om barnet bor i en annan kommun."),
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, day: dt.date, districts: Sequence[District] = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.day = day
        self._districts = {district.code: district for district in districts}
        chosen = self.fields["district_code"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", _("Okänt")), *((row.code, row.name) for row in districts)]

    def clean_guardians(self) -> list[Guardian]:
        """Read one guardian a line."""
        rows = [line.split(",", 2) for line in self.cleaned_data["guardians"].splitlines() if line.strip()]
        return [
            Guardian(**dict(zip(("name", "relation", "contact"), map(str.strip, row), strict=False))) for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        """Check what must hold together: a name, a birth that can be a child's, and a number that is one."""
        data = super().clean() or self.cleaned_data
        if not (data.get("given") or data.get("family")):
            self.add_error("given", _("Skriv barnets namn, eller det barnet kallas."))
        birth = self._birth(data)
        number = self._number(data)
        if number is not None and number.birth is not None:
            if birth is not None and birth.kind == "exact" and birth.date != number.birth.isoformat():
                self.add_error("birth_date", _("Datumet är ett annat än i numret. Kontrollera båda."))
            birth = Birth(kind="exact", date=number.birth.isoformat())
            self._reject_adult(birth, "number")
        data["birth"] = birth or Birth()
        data["whole_number"] = Number(
            kind=typed.kind_of(number) if number else "none",
            value=number.value if number else "",
            reason="" if number else data.get("number_reason", ""),
        )
        return data

    def child(self) -> Identity:
        """Return the child of a form that is valid."""
        data = self.cleaned_data
        names = [Name(given=data["given"], family=data["family"])]
        for line in data["spellings"].splitlines():
            given, _space, family = line.strip().rpartition(" ")
            if given or family:
                names.append(Name(given=given or family, family=family if given else "", kind="spelling"))
        return Identity(
            names=names,
            birth=data["birth"],
            number=data["whole_number"],
            whereabouts=data["whereabouts"] or "unknown",
            guardians=data["guardians"],
            protected=data["protected"],
            languages=data["languages"],
        )

    def leave_unjudged(self) -> None:
        """Show what is typed so far without saying what is wrong with it: it is not finished."""
        self._errors = ErrorDict()

    @property
    def district(self) -> District | None:
        """The district of a form that is valid; none when unknown, or when the identity is protected (OSL 21:3 a)."""
        return None if self.cleaned_data["protected"] else self._districts.get(self.cleaned_data["district_code"])

    @property
    def other_municipality(self) -> str:
        """The name of the other municipality that the child belongs to, or nothing."""
        return str(self.cleaned_data["elsewhere"])

    def _birth(self, data: dict[str, Any]) -> Birth | None:
        kind, text = data.get("birth_kind") or "unknown", data.get("birth_date", "")
        if kind == "unknown" or not text:
            return None
        try:
            birth = typed.birth(text, exact=kind == "exact", today=self.day)
        except typed.Unread as fault:
            self.add_error("birth_date", fault.message)
            return None
        self._reject_adult(birth, "birth_date")
        return birth

    def _number(self, data: dict[str, Any]) -> PersonNumber | None:
        kind, text = data.get("number_kind") or "none", data.get("number", "")
        if kind == "none" and text:
            self.add_error("number_kind", _("Välj vilket slags nummer det är, eller ta bort numret."))
        if kind == "none" or (kind != "none" and self.errors.get("number")):
            return None
        try:
            return typed.number(text, kind=kind, today=self.day)
        except typed.Unread as fault:
            self.add_error("number", fault.message)
            return None

    def _reject_adult(self, birth: Birth, field: str) -> None:
        years = identities.age(Identity(names=[], birth=birth), self.day)
        if years is not None and years >= ADULT_AT + (birth.kind != "exact"):
            self.add_error(
                field,
                _("Personen har fyllt 18 år. Reglerna om anmälan av barn gäller inte, det här gäller en vuxen."),
            )


class SearchForm(Form):
    """What may be searched by, and nothing else: name, number or case number (SOLPUF 15 §)."""

    text = TextField(
        label=_("Namn, nummer eller ärende"),
        help_text=_("Till exempel Amina Ek 2020, 20200504-2383 eller ett ärendenummer. Sökningen loggas."),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )


class BaseChildFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The children of one report: at least one, and one more at the press of a button, with or without scripts."""

    def leave_unjudged(self) -> None:
        """Show what is typed so far, and no word yet of what is wrong with it."""
        self._errors: list[ErrorDict] = []
        self._non_form_errors = ErrorList()
        for form in self.forms:
            form.leave_unjudged()


ChildFormSet = forms.formset_factory(
    ChildForm,
    formset=BaseChildFormSet,
    extra=0,
    min_num=1,
    max_num=MOST_CHILDREN,
    validate_min=True,
    validate_max=True,
)


def unfinished(data: QueryDict, **form_kwargs: Any) -> "forms.BaseFormSet[ChildForm]":
    """Return the children as they are being typed, or an empty one: nothing is wrong before it is sent."""
    typed = data if f"{PREFIX}-TOTAL_FORMS" in data else None
    formset = ChildFormSet(typed, prefix=PREFIX, form_kwargs=form_kwargs)
    cast("BaseChildFormSet", formset).leave_unjudged()
    return formset


def beside_children(form: type[Form]) -> Callable[[str], bool]:
    """Return the question whether a field's name is one of a form's, or of the children's that stand beside it."""
    return lambda name: name in form.base_fields or name.startswith(f"{PREFIX}-")


def with_one_more(data: QueryDict) -> QueryDict:
    """Return what was typed with room for one more child, for the answer to the button "add another child"."""
    more = data.copy()
    total = more.get(f"{PREFIX}-TOTAL_FORMS", "")
    more[f"{PREFIX}-TOTAL_FORMS"] = str(min(int(total) + 1 if total.isdecimal() else 2, MOST_CHILDREN))
    return more
