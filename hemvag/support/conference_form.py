"""The form of a meeting with several parties: a row for each, and only those whom an agreement names.

A room above gives it its verb, since what a party is told stands in the ledger there.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.dossiers.act_forms import DatedActForm
from hemvag.dossiers.writing import MOST_TEXT
from hemvag.support import conference
from hemvag.web.forms import ChoiceRow, TextField


def _parties() -> dict[str, Any]:
    """Return the fields of a meeting's rows: which party, who it was, and what it was told."""
    found: dict[str, Any] = {"__module__": __name__, "__doc__": "The rows of a meeting."}
    for number in range(1, conference.MOST_PARTIES + 1):
        missing = {"invalid_choice": _("Inget medgivande som gäller nämner den parten. Fråga personen först.")}
        found[f"receiver_{number}"] = forms.ChoiceField(label=_("Part"), required=False, error_messages=missing)
        found[f"who_{number}"] = TextField(label=_("Vem som var med"), max_length=200, required=False)
        found[f"told_{number}"] = TextField(label=_("Vad de fick veta"), max_length=2000, rows=2, required=False)
    return found


PartyRows: Any = type("PartyRows", (DatedActForm,), _parties())


class ConferenceForm(PartyRows):  # type: ignore[misc]
    heading = _("Möte med flera parter")
    lead = _("Bara den som ett medgivande nämner får vara med. Skriv vad var och en fick veta.")
    button = _("Spara mötet")
    code = "conference"

    table = ChoiceRow(label=_("Vilket slags möte?"), choices=conference.Table.choices, row=False)
    text = TextField(label=_("Vad som bestämdes"), max_length=MOST_TEXT, rows=4, required=False)

    def agreed(self, named: list[tuple[str, str]]) -> None:
        """Let only those be chosen whom an agreement in force names."""
        for number in range(1, conference.MOST_PARTIES + 1):
            self.fields[f"receiver_{number}"].choices = [("", gettext("Ingen")), *named]

    def clean(self) -> dict[str, Any]:
        """Ask of each party who it was and what it was told."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [n for n in range(1, conference.MOST_PARTIES + 1) if data.get(f"receiver_{n}")]
        for number in chosen:
            for part, fault in (
                ("who", gettext("Skriv vem som var med.")),
                ("told", gettext("Skriv vad de fick veta.")),
            ):
                if not data.get(f"{part}_{number}"):
                    self.add_error(f"{part}_{number}", fault)
        if not chosen and not self.errors:
            self.add_error("receiver_1", gettext("Välj minst en part."))
        return data

    def rows(self) -> list[list[Any]]:
        """Return the bound fields of each row, for a page that lays them out."""
        count = conference.MOST_PARTIES + 1
        return [[self[f"{part}_{n}"] for part in ("receiver", "who", "told")] for n in range(1, count)]

    def parties(self) -> list[conference.Party]:
        """Return who sat at the table and what each was told."""
        said = self.cleaned_data
        return [
            conference.Party(receiver=said[f"receiver_{n}"], who=said[f"who_{n}"], told=said[f"told_{n}"])
            for n in range(1, conference.MOST_PARTIES + 1)
            if said[f"receiver_{n}"]
        ]
