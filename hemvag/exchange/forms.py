"""The forms by which something is told, received, answered and recalled. What was typed is kept."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.agencies.models import Unit
from hemvag.counsel import shown
from hemvag.exchange import answer, items
from hemvag.exchange.items import Item
from hemvag.exchange.models import AnswerKind, Channel, IncidentStep, Informed, OfferKind
from hemvag.exchange.tell import Telling
from hemvag.law import codes
from hemvag.lib import clock, dates
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form, TextField, TimeField

MOST_TEXT: Final = 10_000
TEST: Final = "test_"
BY_HAND: Final = [row for row in Channel.choices if row[0] not in {Channel.ENVELOPE, Channel.LOOK_UP}]
"""The ways in which a worker tells; the others are the program's own."""
NOT_AUTHORITIES: Final = frozenset({"social_services"})


class WhomForm(Form):
    """To whom, and in which situation: the question that the law is asked."""

    receiver = forms.ChoiceField(label=_("Vem ska få veta?"))
    situation = forms.ChoiceField(label=_("Vad gäller det?"))
    unit = forms.ChoiceField(
        label=_("Enhet här som ska få ett kuvert"),
        help_text=_("Bara när mottagaren är en annan enhet eller nämnd i kommunen som använder Hemväg."),
        required=False,
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **facts: Any) -> None:
        super().__init__(*args, **facts)
        receivers = [row for row in shown.choices("authority") if row[0] not in NOT_AUTHORITIES]
        self.fields["receiver"].choices = [("", _("Välj")), *receivers]  # type: ignore[attr-defined]
        self.fields["situation"].choices = [("", _("Välj")), *shown.choices("situation")]  # type: ignore[attr-defined]
        known = [(str(unit.pk), f"{unit.name} ({unit.authority.name})") for unit in units]
        self.fields["unit"].choices = [("", _("Ingen: det lämnas på annat sätt")), *known]  # type: ignore[attr-defined]


class HappenedForm(Form):
    """A form that asks when it happened; now, when nothing else is said."""

    day = DayField(label=_("Dag"), help_text=_("Till exempel i dag, igår eller 14/5."))
    time = TimeField(label=_("Klockslag"))

    def __init__(self, *args: Any, at: dt.datetime, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.at = at
        self.fields["day"].initial = clock.local(at).date().isoformat()
        self.fields["time"].initial = f"{clock.local(at):%H.%M}"
        self.order_fields([name for name in self.fields if name not in {"day", "time"}] + ["day", "time"])

    @property
    def when(self) -> dt.datetime:
        """The moment that was written; an offer to a unit here is made now."""
        return min(dates.moment(self.cleaned_data["day"], self.cleaned_data["time"]), self.at)

    def clean(self) -> dict[str, Any]:
        """Refuse a moment that has not been yet, or that the clock skipped."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("time"):
            try:
                late = dates.moment(data["day"], data["time"]) > self.at
            except dates.NotATime:
                self.add_error("time", _("Det klockslaget fanns inte den dagen: klockan ställdes fram."))
            else:
                if late:
                    self.add_error("time", _("Tidpunkten har inte varit än. Skriv när det hände."))
        return data


class TellForm(HappenedForm):
    """What is told, item by item, the smallest first, and everything that the ledger holds beside it."""

    items = ChoicesRow(
        label=_("Uppgifter som lämnas"),
        help_text=_("Minst först. Välj inte fler än mottagaren behöver."),
        choices=[],
        row=False,
        required=False,
    )
    own_words = TextField(label=_("Något mer, med egna ord"), max_length=MOST_TEXT, rows=3, required=False)
    receiver_name = TextField(label=_("Mottagarens namn och roll"), max_length=200)
    purpose = TextField(label=_("Ändamål: vad mottagaren ska använda det till"), max_length=2000, rows=2)
    kind = ChoiceRow(label=_("Vad du ber om"), choices=OfferKind.choices, row=False, required=False)
    channel = ChoiceRow(label=_("Hur det lämnas"), choices=[])
    requested_by = TextField(label=_("Vem som bad om det"), max_length=200, required=False)
    delegation = TextField(
        label=_("Beslutas enligt"),
        help_text=_("Punkten i delegationsordningen, eller vem som beslutade."),
        max_length=200,
    )
    informed = ChoiceRow(label=_("Har personen fått veta?"), choices=Informed.choices, row=False)
    not_informed = TextField(label=_("Varför inte"), max_length=2000, rows=2, required=False)

    def __init__(self, *args: Any, offered: Sequence[Item], tests: Sequence[str], envelope: bool, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.offered, self.tests, self.envelope = offered, tests, envelope
        self.fields["items"].choices = [(item.code, _item_label(item)) for item in offered]  # type: ignore[attr-defined]
        self.fields["channel"].choices = BY_HAND  # type: ignore[attr-defined]
        if envelope:
            for name in ("channel", "day", "time"):
                del self.fields[name]
            self.fields["kind"].required = True
        known = codes.codes().record
        for code in tests:
            label = known[code].said_in((get_language() or "sv")[:2])
            self.fields[TEST + code] = TextField(label=label, max_length=MOST_TEXT, rows=3)
        first = ["items", "own_words", "receiver_name", "purpose", *(TEST + code for code in tests)]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    def clean(self) -> dict[str, Any]:
        """Demand something to tell, and a reason when the person is not told."""
        data = super().clean() if not self.envelope else self.cleaned_data
        if not data.get("items") and not data.get("own_words"):
            self.add_error("items", _("Välj minst en uppgift att lämna."))
        if data.get("informed") == Informed.NOT and not data.get("not_informed"):
            self.add_error("not_informed", _("Skriv varför personen inte får veta."))
        return data

    def telling(self, *, receiver: str, situation: str) -> Telling:
        """Return what was chosen, as the verb takes it."""
        data = self.cleaned_data
        told = [item for item in self.offered if item.code in data["items"]]
        if data["own_words"]:
            told.append(items.written(str(_("Med egna ord")), data["own_words"]))
        return Telling(
            receiver=receiver,
            situation=situation,
            receiver_name=data["receiver_name"],
            purpose=data["purpose"],
            items=told,
            channel=Channel.ENVELOPE if self.envelope else data["channel"],
            delegation=data["delegation"],
            informed=data["informed"],
            not_informed=data["not_informed"],
            requested_by=data["requested_by"],
            tests={code: data[TEST + code] for code in self.tests},
        )


class ReceivedForm(HappenedForm):
    """Who told us, in which situation, and what is asked of us."""

    sender = forms.ChoiceField(label=_("Från vem?"))
    situation = forms.ChoiceField(label=_("Vad gäller det?"))
    asks = TextField(
        label=_("Vad vi ombeds göra"),
        help_text=_("Skriv inte av någon bedömning av hot: den hör hemma hos den som gjort den."),
        max_length=MOST_TEXT,
        rows=6,
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["sender"].choices = [("", _("Välj")), *shown.choices("authority")]  # type: ignore[attr-defined]
        self.fields["situation"].choices = [("", _("Välj")), *shown.choices("situation")]  # type: ignore[attr-defined]


class ConsultForm(HappenedForm):
    """Whom one asked for advice without telling about whom."""

    receiver = forms.ChoiceField(label=_("Vem rådfrågade du?"))
    channel = ChoiceRow(label=_("Hur"), choices=BY_HAND)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["receiver"].choices = [("", _("Välj")), *shown.choices("authority")]  # type: ignore[attr-defined]


class AnswerForm(Form):
    """What the receiving unit answers, or what a receiver outside answered."""

    kind = ChoiceRow(label=_("Svar"), choices=[], row=False)
    reason = forms.ChoiceField(label=_("Skäl, om svaret är nej"), required=False)
    text = TextField(label=_("Ord till avsändaren"), max_length=MOST_TEXT, rows=4, required=False)

    def __init__(self, *args: Any, allowed: Sequence[str], **facts: Any) -> None:
        super().__init__(*args, **facts)
        said = [(code, AnswerKind(code).label) for code in allowed]
        self.fields["kind"].choices = said  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", _("Inget")), *answer.Reason.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Demand a reason for a no, and words where the code says nothing."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == AnswerKind.REJECTED and not data.get("reason"):
            self.add_error("reason", _("Välj ett skäl, så att avsändaren vet."))
        other = data.get("reason") == answer.Reason.OTHER
        if (data.get("kind") == AnswerKind.NEED_MORE or other) and not data.get("text"):
            self.add_error("text", _("Skriv vad, så att avsändaren vet."))
        return data


class RecallForm(HappenedForm):
    """Something went to the wrong one: what happened, and who may be harmed."""

    text = TextField(label=_("Vad hände, och vem kan lida skada?"), max_length=MOST_TEXT, rows=6)


class IncidentForm(HappenedForm):
    """What was done about an incident."""

    kind = ChoiceRow(label=_("Vad är gjort?"), choices=IncidentStep.Kind.choices, row=False)
    text = TextField(label=_("Anteckning"), max_length=MOST_TEXT, rows=3, required=False)


class LedgerForm(Form):
    """Which lines of the ledger to read: by day, rule, receiver and answer of the law, and never by a person."""

    since = DayField(label=_("Från och med"), required=False)
    until = DayField(label=_("Till och med"), required=False)
    receiver = forms.ChoiceField(label=_("Mottagare"), required=False)
    verdict = forms.ChoiceField(label=_("Lagens svar"), required=False)
    rule = TextField(label=_("Regel"), max_length=20, required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["receiver"].choices = [("", _("Alla")), *shown.choices("authority")]  # type: ignore[attr-defined]
        verdicts = [
            (code, words.said_in((get_language() or "sv")[:2])) for code, words in codes.codes().verdict.items()
        ]
        self.fields["verdict"].choices = [("", _("Alla")), *verdicts]  # type: ignore[attr-defined]


def _item_label(item: Item) -> str:
    """Return what the choice says: the item and, when it is short, what would leave."""
    said = "; ".join(value for _name, value in item.rows)
    return f"{item.label}: {said}" if len(said) <= 80 else f"{item.label} ({len(said)} tecken)"
