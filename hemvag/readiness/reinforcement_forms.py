"""The forms of reinforcement: a proposal with what the town itself knows and sets, the decision, and how it went."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemvag.disclosure import FEWEST
from hemvag.lib import clock
from hemvag.readiness.basis import Basis, Place, Set
from hemvag.readiness.fields import WordsField
from hemvag.web.fields import REQUIRED
from hemvag.web.forms import DayField, Form

MOST_POSTS: Final = 99
WHOLE_NUMBER = _("Skriv ett helt tal från 0 till 9999.")
NUMBER = _("Skriv ett tal, till exempel 7,5.")
PERCENT = _("Skriv procent från 0 till 100.")
SET: Final = Set()
WEIGHTS: Final = {
    "preliminary_assessment": _("Poäng för en förhandsbedömning"),
    "investigation": _("Poäng för en utredning"),
    "placed": _("Poäng för ett placerat barn"),
}
NEED: Final = {
    "reports": _("Vikt för anmälningar, procent"),
    "late": _("Vikt för försenade, procent"),
    "estimate": _("Vikt för egen uppskattning, procent"),
}
OF_PLACE: Final = ("staff", "placed", "low", "high", "last", "split")
"""What is asked of each district."""
USUAL: Final = dt.timedelta(days=90)
"""How long after a decision it is usually followed up."""


def _whole(label: Any, *, low: int = 0, high: int = 9999, **facts: Any) -> forms.IntegerField:
    words = {"required": REQUIRED, "invalid": WHOLE_NUMBER, "min_value": WHOLE_NUMBER, "max_value": WHOLE_NUMBER}
    box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "width-short"})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, error_messages=words, widget=box, **({"required": False} | facts)
    )


def _number(label: Any, *, high: int = 9999, fault: Any = NUMBER, **facts: Any) -> forms.DecimalField:
    words = dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places", "max_digits"), fault)
    box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "width-short"})
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=high,
        decimal_places=2,
        localize=True,
        error_messages={"required": REQUIRED, **words},
        widget=box,
        **({"required": False} | facts),
    )


class ProposalForm(Form):
    """Posts to divide, the weights with who set them, what the town knows of each district, and a division."""

    posts = _whole(_("Nya tjänster att fördela"), low=1, high=MOST_POSTS, required=True)
    set_by = WordsField(label=_("Vem som har bestämt vikterna"), max_length=200)
    set_on = DayField(label=_("Vilken dag"))
    points = _number(_("Poäng som en tjänst klarar"), required=True)
    damping = _number(_("Hur mycket behovet väger mot förra fördelningen, procent"), high=100, fault=PERCENT)
    calls_an_hour = _number(_("Samtal i timmen"))
    minutes = _number(_("Minuter för ett samtal"))
    seats = _whole(_("Samtalsstödjare samtidigt"), low=1, high=50)

    def __init__(self, data: Any = None, *, places: Sequence[Place], initial: Mapping[str, Any] | None = None) -> None:
        self.places = places
        usual = {"posts": SET.posts, "points": SET.points, "damping": SET.damping * 100, "set_on": clock.today()}
        super().__init__(data, initial={**usual, **(initial or {})})
        for kind, label in WEIGHTS.items():
            self.fields[f"weight_{kind}"] = _number(label, required=True, initial=SET.weights[kind])
        for name, label in NEED.items():
            self.fields[f"need_{name}"] = _number(
                label, required=True, high=100, fault=PERCENT, initial=SET.need[name] * 100
            )
        for place in places:
            self._of_place(place)

    def _of_place(self, place: Place) -> None:
        key = place.key[:8]
        self.fields[f"staff_{key}"] = _number(_("Tjänster nu"), initial=place.staff)
        self.fields[f"placed_{key}"] = _whole(_("Placerade barn"))
        self.fields[f"low_{key}"] = _whole(_("Har rest härifrån, minst"))
        self.fields[f"high_{key}"] = _whole(_("Har rest härifrån, högst"))
        self.fields[f"last_{key}"] = _number(_("Del av förra fördelningen, procent"), high=100, fault=PERCENT)
        self.fields[f"split_{key}"] = _whole(_("Nya tjänster hit"), high=MOST_POSTS)

    def groups(self) -> list[tuple[Place, list[forms.BoundField]]]:
        """Return the fields of each district."""
        return [(place, [self[f"{name}_{place.key[:8]}"] for name in OF_PLACE]) for place in self.places]

    def weights(self) -> list[forms.BoundField]:
        """Return the fields of what somebody sets and signs for."""
        names = [*(f"weight_{kind}" for kind in WEIGHTS), "points", *(f"need_{name}" for name in NEED), "damping"]
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be reckoned with, each beside its field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for place in self.places:
            self._clean_place(place.key[:8], found)
        shares = [found.get(f"last_{place.key[:8]}") for place in self.places]
        known = [share for share in shares if share is not None]
        if known and (len(known) < len(shares) or not 99 <= sum(known) <= 101):
            self.add_error(
                f"last_{self.places[0].key[:8]}", _("Skriv alla delar så att de blir 100 procent, eller ingen.")
            )
        line = [found.get(name) for name in ("calls_an_hour", "minutes", "seats")]
        if any(line) and not all(line):
            self.add_error("calls_an_hour", _("Fyll i alla tre om stödtelefonen, eller ingen."))
        if sum(float(found.get(f"need_{name}") or 0) for name in NEED) <= 0:
            self.add_error("need_reports", _("Minst en vikt måste vara större än 0."))
        if found.get("points") == 0:
            self.add_error("points", _("Poängen måste vara större än 0."))
        self._clean_split(found)
        return found

    def _clean_place(self, key: str, found: Mapping[str, Any]) -> None:
        placed, low, high = (found.get(f"{name}_{key}") for name in ("placed", "low", "high"))
        if placed is not None and 0 < placed < FEWEST:
            self.add_error(f"placed_{key}", _("Skriv 0 eller ett tal från 5. Är de färre än 5 lämnar du fältet tomt."))
        if (low is None) != (high is None) or (low is not None and high is not None and low >= high):
            self.add_error(
                f"high_{key}", _("Skriv ett spann: det högsta ska vara större än det minsta. Tomt är okänt.")
            )

    def _clean_split(self, found: Mapping[str, Any]) -> None:
        given = [found.get(f"split_{place.key[:8]}") for place in self.places]
        posts = found.get("posts")
        if any(one is not None for one in given) and posts and sum(one or 0 for one in given) != posts:
            fault = _("Tjänsterna hit och till de andra stadsdelarna ska bli %(posts)d, och är %(sum)d.")
            facts = {"posts": posts, "sum": sum(one or 0 for one in given)}
            self.add_error(f"split_{self.places[0].key[:8]}", ValidationError(fault, params=facts))

    def basis(self, on: dt.date) -> Basis:
        """Return what a consequence is reckoned from; ask only when the form is valid."""
        found = self.cleaned_data
        places = [self._place(place, place.key[:8]) for place in self.places]
        chosen = Set(
            posts=found["posts"],
            weights={kind: float(found[f"weight_{kind}"]) for kind in WEIGHTS},
            points=float(found["points"]),
            need={name: float(found[f"need_{name}"]) / 100 for name in NEED},
            damping=1.0 if found["damping"] is None else float(found["damping"]) / 100,
            set_by=found["set_by"],
            set_on=found["set_on"].isoformat(),
            calls_an_hour=_float(found["calls_an_hour"]),
            minutes=_float(found["minutes"]),
            seats=found["seats"],
        )
        return Basis(on=on.isoformat(), places=places, set=chosen)

    def split(self) -> list[int] | None:
        """Return the division that was written, in the places' order, or None where none was."""
        given = [self.cleaned_data[f"split_{place.key[:8]}"] for place in self.places]
        return [one or 0 for one in given] if any(one is not None for one in given) else None

    def _place(self, place: Place, key: str) -> Place:
        found = self.cleaned_data
        low, high, last = found[f"low_{key}"], found[f"high_{key}"], _float(found[f"last_{key}"])
        return replace(
            place,
            staff=_float(found[f"staff_{key}"]),
            placed=found[f"placed_{key}"],
            band=None if low is None else (low, high),
            last=None if last is None else last / 100,
        )


def is_of_proposal(name: str) -> bool:
    """Say whether a field's name is one of the proposal's, whichever districts there are."""
    first, _line, rest = name.partition("_")
    asked = {"weight": WEIGHTS, "need": NEED}
    return name in ProposalForm.base_fields or rest in asked.get(first, ()) or (first in OF_PLACE and len(rest) == 8)


class ReinforceForm(Form):
    """The decision. What was shown travels along as a mark, so that nobody decides on other numbers than she saw."""

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    reasons = WordsField(
        label=_("Skäl"), max_length=4000, rows=5, help_text=_("Vad som vägde, och varför inte en annan fördelning.")
    )
    decider = WordsField(
        label=_("Vem som har beslutat"), max_length=200, help_text=_("Befattning och namn, enligt er ordning.")
    )
    decided_on = DayField(label=_("Beslutad den"))
    follow_up_on = DayField(label=_("Följs upp den"), either=True, toward="future")

    def __init__(self, data: Any = None, *, seen: str) -> None:
        self.now = seen
        self.sent = None if data is None else data.get("seen", "")
        if data is not None:
            data = data.copy()
            data["seen"] = seen
        today = clock.today()
        super().__init__(data, initial={"seen": seen, "decided_on": today, "follow_up_on": today + USUAL})

    def clean_seen(self) -> str:
        """Refuse a decision on other numbers than those that were shown."""
        if self.sent != self.now:
            raise ValidationError(
                _("Talen eller förslaget har ändrats sedan sidan visades. Läs igenom och skriv under.")
            )
        return self.now

    def clean(self) -> dict[str, Any]:
        """Refuse a follow-up before the decision."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        decided, followed = found.get("decided_on"), found.get("follow_up_on")
        if decided and followed and followed <= decided:
            self.add_error("follow_up_on", _("Uppföljningen måste komma efter beslutet."))
        return found


class FollowUpForm(Form):
    """How it went."""

    words = WordsField(
        label=_("Hur det gick"),
        max_length=4000,
        rows=5,
        help_text=_("Kom tjänsterna på plats? Vad ändrades, och vad kan bero på annat? Inga namn."),
    )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
