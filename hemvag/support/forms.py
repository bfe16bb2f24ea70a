"""The forms on which the steps of an adult's case are taken. Each knows its verb; what was typed is kept."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers.act_forms import ActForm, DatedActForm
from hemvag.dossiers.opened import Opened
from hemvag.dossiers.writing import MOST_TEXT
from hemvag.people.forms import PROTECTED
from hemvag.people.identities import Birth, Identity, Name, Number
from hemvag.people.typed import kind_of
from hemvag.staff.models import Worker
from hemvag.support import knowledge, notes, offer, plan
from hemvag.web.forms import ChoiceRow, DayField, Form, PersonNumberField, TextField

RATED = [("", _("Inte nu")), *((str(value), str(value)) for value in plan.RATINGS)]
MEASURES = 5


def _text(label: Any, *, rows: int = 6, **facts: Any) -> TextField:
    return TextField(label=label, max_length=MOST_TEXT, rows=rows, **facts)


def _rating() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Personens egen skattning av hur livet är, 0 till 10"),
        choices=RATED,
        required=False,
        help_text=_("Personen väljer själv talet. 0 är så dåligt det kan bli, 10 så bra det kan bli."),
    )


def _rated(value: str) -> int | None:
    return int(value) if value else None


class PersonForm(Form):
    """Who it is and how the person wants to be reached. Nothing else of the person is asked."""

    given = TextField(label=_("Förnamn"), max_length=100)
    family = TextField(label=_("Efternamn"), max_length=100, required=False)
    number = PersonNumberField(label=_("Personnummer eller samordningsnummer"), required=False)
    reach = TextField(
        label=_("Hur personen vill bli nådd"),
        max_length=500,
        required=False,
        help_text=_("Till exempel telefon, och när det passar."),
    )
    languages = TextField(label=_("Språk, och om tolk behövs"), max_length=200, required=False)
    protected = forms.ChoiceField(label=_("Skyddade personuppgifter"), choices=PROTECTED, required=False)

    def identity(self) -> Identity:
        """Return whom a valid form is about."""
        said, number = self.cleaned_data, self.cleaned_data["number"]
        return Identity(
            names=[Name(given=said["given"], family=said["family"])],
            birth=Birth(kind="exact", date=number.birth.isoformat()) if number and number.birth else Birth(),
            number=Number(kind=kind_of(number), value=number.value) if number else Number(reason="not_said"),
            protected=said["protected"],
            languages=said["languages"],
        )


class OwnContactForm(PersonForm):
    """Somebody asks for help."""

    code: ClassVar[str] = "support-own"

    words = _text(_("Vad personen vill ha hjälp med, med egna ord"))
    field_order = ("words", "given", "family", "number", "reach", "languages", "protected")


class KnowledgeForm(PersonForm):
    """Somebody told of a person who has not asked: how, on which ground, and the one plan of attempts."""

    code: ClassVar[str] = "support-told"

    source = ChoiceRow(
        label=_("Hur har det kommit till vår kännedom?"),
        choices=[pair for pair in knowledge.Source.choices if pair[0] != knowledge.Source.OWN],
        row=False,
    )
    ground = _text(
        _("Med vilket stöd uppgiften lämnades, och vad den är"),
        help_text=_("Skriv bara det som behövs för att erbjuda kontakt. Ingen bedömning av hot."),
    )
    on = DayField(label=_("Vilken dag uppgiften kom"), help_text=_("Till exempel i dag, igår eller 14/5."))
    how = TextField(label=_("Hur kontakten erbjuds"), max_length=500, help_text=_("Till exempel brev, eller samtal."))
    by_whom = TextField(label=_("Vem som erbjuder den"), max_length=200)
    most = forms.TypedChoiceField(
        label=_("Högst så många försök"), choices=[(str(n), str(n)) for n in (1, 2, 3)], coerce=int, initial="2"
    )
    last = DayField(label=_("Sista dag"), toward="future", help_text=_("Efter den vilar erbjudandet."))
    field_order = ("source", "ground", "on", "given", "family", "number", "reach", "languages", "protected")

    def plan(self) -> knowledge.Plan:
        """Return the plan of attempts of a valid form."""
        said = self.cleaned_data
        return knowledge.Plan(how=said["how"], by_whom=said["by_whom"], most=said["most"], last=said["last"])


class AttemptForm(DatedActForm):
    heading = _("Försök till kontakt")
    lead = _("Skriv vad som hände. När försöken är slut, eller sista dagen har gått, vilar erbjudandet.")
    button = _("Spara försöket")
    code = "attempt"

    answer = ChoiceRow(label=_("Vad blev svaret?"), choices=offer.Answer.choices)
    text = _text(_("Hur försöket gick till, och personens svar med egna ord"), rows=4)

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        said = self.cleaned_data
        offer.attempt(opened, answer=said["answer"], text=said["text"], tried_at=self.when, by=by, at=at)


class CameBackForm(ActForm):
    heading = _("Personen har hört av sig")
    lead = _("Personen ber själv om hjälp. Då börjar stödet, och ni går igenom medgivandet tillsammans.")
    button = _("Stödet börjar")
    code = "came_back"

    words = _text(_("Vad personen vill ha hjälp med, med egna ord"))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        offer.came_back(opened, words=self.cleaned_data["words"], by=by, at=at)


def _measures() -> dict[str, Any]:
    """Return the fields of a plan's rows: what, who answers for it, until when."""
    found: dict[str, Any] = {"__module__": __name__, "__doc__": "The rows of a plan."}
    for number in range(1, MEASURES + 1):
        choices = [("", _("Ingen")), *plan.Measure.choices]
        found[f"measure_{number}"] = forms.ChoiceField(label=_("Insats"), choices=choices, required=False)
        found[f"who_{number}"] = TextField(label=_("Ansvarig enhet"), max_length=200, required=False)
        found[f"until_{number}"] = DayField(label=_("Klart senast"), toward="future", required=False)
    return found


MeasureRows: Any = type("MeasureRows", (ActForm,), _measures())


class PlanForm(MeasureRows):  # type: ignore[misc]
    heading = _("Plan")
    lead = _("Personens egna mål, med personens egna ord. Insatserna är förseglade och syns inte i någon lista.")
    button = _("Spara planen")
    code = "plan"

    goals = _text(_("Mål, med personens egna ord"))
    rating = _rating()
    follow_up = DayField(
        label=_("Nästa uppföljning"), toward="future", help_text=_("Till exempel 14/5 eller 2026-05-14.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask who answers for each measure that is chosen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, MEASURES + 1):
            if data.get(f"measure_{number}") and not data.get(f"who_{number}"):
                self.add_error(f"who_{number}", gettext("Skriv vilken enhet som ansvarar för insatsen."))
        return data

    def rows(self) -> list[list[Any]]:
        """Return the bound fields of each row, for a page that lays them out."""
        return [[self[f"{part}_{n}"] for part in ("measure", "who", "until")] for n in range(1, MEASURES + 1)]

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        said = self.cleaned_data
        rows = [
            plan.Row(
                measure=said[f"measure_{n}"],
                who=said[f"who_{n}"],
                until=said[f"until_{n}"].isoformat() if said[f"until_{n}"] else "",
            )
            for n in range(1, MEASURES + 1)
            if said[f"measure_{n}"]
        ]
        rating, day = _rated(said["rating"]), said["follow_up"]
        plan.write(opened, goals=said["goals"], rows=rows, follow_up=day, rating=rating, by=by, at=at)


class FollowUpForm(DatedActForm):
    heading = _("Uppföljning")
    lead = _("Hur det går, vad som har hjälpt, och personens egen skattning.")
    button = _("Spara uppföljningen")
    code = "follow_up"

    text = _text(_("Hur det går, med personens egna ord"))
    helped = _text(_("Vad som har hjälpt"), rows=3, required=False)
    rating = _rating()
    following = DayField(label=_("Nästa uppföljning"), toward="future", required=False)

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        said = self.cleaned_data
        plan.follow(
            opened,
            text=said["text"],
            helped=said["helped"],
            rating=_rated(said["rating"]),
            following=said["following"],
            met_at=self.when,
            by=by,
            at=at,
        )


class NoteForm(DatedActForm):
    heading = _("Ny anteckning")
    lead = _("Det som har betydelse för stödet: vad som hände, när och med vem. Ingen bedömning av hot.")
    button = _("Spara anteckningen")
    code = "note"

    text = _text(_("Anteckning"), rows=10)

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        notes.write(opened, text=self.cleaned_data["text"], happened_at=self.when, by=by, at=at)


class PoliceForm(ActForm):
    heading = _("Från eller till Polisen eller Säkerhetspolisen")
    lead = _("Här står bara grunden och dagen. Vad någon annan bedömer om personen skrivs inte här.")
    button = _("Spara")
    code = "police"

    direction = ChoiceRow(label=_("Vad hände?"), choices=notes.Direction.choices, row=False)
    ground = TextField(
        label=_("Med vilket stöd i lag"), max_length=500, help_text=_("Till exempel 10 kap. 18 b § OSL.")
    )
    on = DayField(label=_("Dag"), help_text=_("Till exempel i dag, igår eller 14/5."))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        said = self.cleaned_data
        notes.police(opened, direction=said["direction"], ground=said["ground"], on=said["on"], by=by, at=at)


class CloseForm(ActForm):
    heading = _("Avsluta stödet")
    lead = _("Det som väntar avslutas. Personen kan komma tillbaka när som helst.")
    button = _("Avsluta stödet")
    code = "close"

    ending = ChoiceRow(label=_("Varför slutar stödet?"), choices=notes.Ending.choices, row=False)
    text = _text(_("Hur det blev, med personens egna ord"))

    def act(self, opened: Opened, *, by: Worker, at: dt.datetime) -> None:
        notes.close(opened, ending=self.cleaned_data["ending"], text=self.cleaned_data["text"], by=by, at=at)
