"""The forms by which a task is ticked, said not to be needed, or given to whoever does it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.dossiers.models import GivenBy
from hemvag.exchange.forms import BY_HAND, TEST
from hemvag.exchange.items import Item
from hemvag.exchange.models import Channel, Informed
from hemvag.exchange.tell import Telling
from hemvag.law import codes
from hemvag.lib import clock, dates
from hemvag.reception import items
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form, TextField, TimeField, VersionField

MOST_TEXT: Final = 10_000
WRITTEN: Final = "need_"


class DeedForm(Form):
    """A note on a task. `seen` is how much had been done with it when the page was shown."""

    text = TextField(label=_("Anteckning"), max_length=MOST_TEXT, rows=3, required=False)
    seen = VersionField()

    def moment(self, day: str, time: str) -> dt.datetime | None:
        """Return the moment of two fields, None when either is empty. Raises NotATime for one that was skipped."""
        typed = self.cleaned_data.get(day), self.cleaned_data.get(time)
        return dates.moment(typed[0], typed[1]) if typed[0] and typed[1] is not None else None


class CustodyForm(DeedForm):
    """One child's immediate custody: its own risk, when it was decided and when it was carried out."""

    day = DayField(label=_("Beslutat, dag"))
    time = TimeField(label=_("Beslutat, klockslag"))
    carried_day = DayField(label=_("Verkställt, dag"), required=False)
    carried_time = TimeField(label=_("Verkställt, klockslag"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["text"].label = _("Barnets egen risk: vad det bygger på")
        self.fields["text"].required = True


class CourtForm(DeedForm):
    """When one child's custody was submitted to the court, and when care was applied for; either or both."""

    day = DayField(label=_("Underställt, dag"), required=False)
    time = TimeField(label=_("Underställt, klockslag"), required=False)
    applied_day = DayField(label=_("Ansökt om vård, dag"), required=False)
    applied_time = TimeField(label=_("Ansökt om vård, klockslag"), required=False)


class SendForm(Form):
    """What is told to whoever does a task: its needs are ticked from the start, anything more must be chosen."""

    code = "plan_send"

    about = forms.CharField(widget=forms.HiddenInput, required=False)
    who = ChoicesRow(label=_("Om vilka barn"), choices=[], row=False)
    unit = forms.ChoiceField(label=_("Enhet här som får ett kuvert"), required=False)
    items = ChoicesRow(label=_("Det uppgiften kräver"), choices=[], row=False, required=False)
    more = ChoicesRow(
        label=_("Mer än uppgiften kräver"),
        help_text=_("Välj bara om mottagaren inte klarar uppgiften utan det. Det antecknas."),
        choices=[],
        row=False,
        required=False,
    )
    receiver_name = TextField(label=_("Mottagarens namn och roll"), max_length=200)
    purpose = TextField(
        label=_("Vad mottagaren ska göra"),
        help_text=_("Skriv inte varför familjen kommer hem."),
        max_length=2000,
        rows=2,
    )
    channel = ChoiceRow(label=_("Hur det lämnas"), choices=[], required=False)
    delegation = TextField(
        label=_("Beslutas enligt"),
        help_text=_("Punkten i delegationsordningen, eller vem som beslutade."),
        max_length=200,
    )
    informed = ChoiceRow(label=_("Har den som uppgifterna gäller fått veta?"), choices=Informed.choices, row=False)
    not_informed = TextField(label=_("Varför inte"), max_length=2000, rows=2, required=False)
    seen = VersionField()

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        offer: Callable[[Collection[str]], Mapping[str, Sequence[Item]]],
        needs: Sequence[str],
        tests: Sequence[str],
        units: Sequence[Unit],
        **facts: Any,
    ) -> None:
        """`offer` gives the items of each of some children, by their dossiers, told of together; the choices are of all
        of `children`."""
        super().__init__(*args, **facts)
        self.offer, self.tests, self.units = offer, tests, {str(unit.pk): unit for unit in units}
        self.offered = offer([key for key, _label in children])
        self.to_write = items.to_write(needs)
        self.fields["who"].choices = list(children)  # type: ignore[attr-defined]
        self.fields["who"].initial = [key for key, _label in children]
        self._offer_items(needs)
        self.fields["channel"].choices = BY_HAND  # type: ignore[attr-defined]
        if units:
            rows = [(key, f"{unit.name} ({unit.authority.name})") for key, unit in self.units.items()]
            none = ("", _("Ingen: det lämnas på annat sätt"))
            self.fields["unit"].choices = [none, *rows]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
            self.fields["channel"].required = True
        language = (get_language() or "sv")[:2]
        for code in self.to_write:
            self.fields[WRITTEN + code] = TextField(label=items.label(code), max_length=2000, rows=2, required=False)
        for code in tests:
            label = codes.codes().record[code].said_in(language)
            self.fields[TEST + code] = TextField(label=label, max_length=MOST_TEXT, rows=3)
        first = [
            "who",
            "unit",
            "items",
            *(WRITTEN + code for code in self.to_write),
            "more",
            "receiver_name",
            "purpose",
        ]
        self.order_fields([*first, *(TEST + code for code in tests)])

    def _offer_items(self, needs: Sequence[str]) -> None:
        """Offer the items, those that the task needs ticked. One that several children have shows what is said of
        each."""
        found: dict[str, list[Item]] = {}
        for items_of_child in self.offered.values():
            for item in items_of_child:
                found.setdefault(item.code, []).append(item)
        needed = [code for code, same in found.items() if items.is_needed(same[0], needs)]
        labels = {code: _label(same) for code, same in found.items()}
        self.fields["items"].choices = [(code, labels[code]) for code in needed]  # type: ignore[attr-defined]
        self.fields["items"].initial = needed
        rest = [(code, label) for code, label in labels.items() if code not in needed]
        self.fields["more"].choices = rest  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand something to tell, a way to tell it, and a reason when the person is not told."""
        data = super().clean() or self.cleaned_data
        if not self.chosen(data) and not any(data.get(WRITTEN + code) for code in self.to_write):
            self.add_error("items", _("Välj minst en uppgift att lämna."))
        if self.units and not data.get("unit") and not data.get("channel"):
            self.add_error("channel", _("Välj hur det lämnas."))
        if data.get("informed") == Informed.NOT and not data.get("not_informed"):
            self.add_error("not_informed", _("Skriv varför personen inte får veta."))
        return data

    @staticmethod
    def chosen(data: Mapping[str, Any]) -> list[str]:
        """Return the codes of the items that were ticked."""
        return [*data.get("items", []), *data.get("more", [])]

    @property
    def unit_chosen(self) -> Unit | None:
        """The unit here that gets an envelope."""
        return self.units.get(self.cleaned_data.get("unit", ""))

    def items_of(self, child: str) -> list[Item]:
        """Return what was chosen of one child, by its dossier."""
        data = self.cleaned_data
        told = [item for item in self.offer(data["who"]).get(child, ()) if item.code in self.chosen(data)]
        written = [(code, data[WRITTEN + code]) for code in self.to_write]
        return told + [items.written(code, text) for code, text in written if text]

    def telling(self) -> Telling:
        """Return how it is told, without the items of a child."""
        data = self.cleaned_data
        return Telling(
            receiver="",
            situation="",
            receiver_name=data["receiver_name"],
            purpose=data["purpose"],
            items=(),
            channel=Channel.ENVELOPE if self.unit_chosen else data["channel"],
            delegation=data["delegation"],
            informed=data["informed"],
            not_informed=data["not_informed"],
            tests={code: data[TEST + code] for code in self.tests},
        )


class AgreementForm(Form):
    """A guardian's agreement that a task's receiver may be told, read back before it is kept."""

    who = ChoicesRow(label=_("Om vilka barn"), choices=[], row=False)
    what = TextField(
        label=_("Vilka uppgifter får lämnas?"), help_text=_("Så smalt som det går."), max_length=2000, rows=3
    )
    purpose = TextField(label=_("Vad ska det användas till?"), max_length=1000, rows=2)
    given_by = ChoiceRow(label=_("Vem lämnar medgivandet?"), choices=[], row=False)
    given_by_name = TextField(label=_("Den personens namn"), max_length=200)
    last = DayField(label=_("Gäller till och med"), toward="future", help_text=_("Helst högst sex månader."))
    read_back_by = TextField(label=_("Uppläst och bekräftat för"), max_length=200)

    def __init__(self, *args: Any, children: Sequence[tuple[str, str]], at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["who"].choices = list(children)  # type: ignore[attr-defined]
        self.fields["who"].initial = [key for key, _label in children]
        givers = [(one.value, one.label) for one in (GivenBy.GUARDIAN, GivenBy.CHILD)]
        self.fields["given_by"].choices = givers  # type: ignore[attr-defined]
        self.fields["last"].initial = (clock.local(at).date() + dt.timedelta(days=180)).isoformat()


def _label(same: Sequence[Item]) -> str:
    """Return what a choice says: the item and, when it is short, what would leave of each child."""
    said = " / ".join(dict.fromkeys("; ".join(value for _name, value in item.rows) for item in same))
    return f"{same[0].label}: {said}" if len(said) <= 80 else same[0].label
