"""The forms of the horizon: follow a feed, enter an item, and judge a week of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemvag.lib import clock
from hemvag.readiness import private
from hemvag.readiness.fields import WordsField
from hemvag.readiness.horizon import addresses, shown, words
from hemvag.readiness.horizon.refused import Refused
from hemvag.readiness.models import HorizonItem, Outcome
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form, TextField

NOT_HTTPS = _("Skriv en hel adress som börjar med https://.")


class FollowForm(Form):
    """A feed to follow."""

    name = WordsField(label=_("Vems flöde"), max_length=200, help_text=_("En myndighet, en redaktion eller ett organ."))
    url = TextField(label=_("Flödets adress"), max_length=500, help_text=_("RSS eller Atom, och https."))

    def clean_url(self) -> str:
        """Refuse what may never be fetched."""
        url: str = self.cleaned_data["url"].strip()
        try:
            addresses.place(url)
        except Refused as why:
            raise ValidationError(words.failure(why.code, why.number)) from None
        return url


class EnterForm(Form):
    """An item that was read or heard elsewhere. What looks like a person must be answered for."""

    kind = ChoiceRow(
        label=_("Vad det är"),
        choices=[(kind.value, kind.label) for kind in (HorizonItem.Kind.OFFICIAL, HorizonItem.Kind.ENTERED)],
        help_text=_("Ett officiellt besked kommer från en myndighet, ett departement eller en domstol."),
    )
    source = WordsField(label=_("Varifrån"), max_length=200)
    day = DayField(label=_("Vilken dag"))
    title = WordsField(label=_("I en mening"), max_length=300)
    summary = WordsField(
        label=_("Mer"), max_length=600, rows=4, required=False, help_text=_("Aldrig om en enskild. Inga namn.")
    )
    link = TextField(label=_("Länk"), max_length=1000, required=False)
    answered = ChoicesRow(
        label=_("Det rör ingen enskild person, fast det står"),
        choices=[(code, word) for code, word in words.SIGNS.items() if code != private.NUMBER],
        required=False,
        row=False,
    )

    def clean_link(self) -> str:
        """Refuse a link that is not https."""
        link: str = self.cleaned_data["link"].strip()
        try:
            if link:
                addresses.place(link)
        except Refused:
            raise ValidationError(NOT_HTTPS) from None
        return link

    def clean(self) -> dict[str, Any]:
        """Warn of what looks like a person, until it is answered for."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        texts = " \n".join(found.get(name, "") for name in ("source", "title", "summary", "link"))
        self.signs = private.signs(texts, today=clock.today())
        if private.NUMBER in self.signs:
            self.add_error("link", _("Det står ett personnummer i texten eller länken. Ta bort det."))
        shown_words: ChoicesRow = self.fields["answered"]  # type: ignore[assignment]
        shown_words.choices = [(code, words.SIGNS[code]) for code in self.signs if code != private.NUMBER]
        left = [code for code in self.signs if code not in {private.NUMBER, *found.get("answered", ())}]
        if left:
            warning = gettext(
                "Det ser ut att stå %(signs)s. Ta bort det, eller kryssa för att det inte rör en enskild."
            )
            self.add_error("answered", warning % {"signs": words.signs(left)})
        return found

    def warned_of(self) -> bool:
        """Say whether the text looks as if it were about a person, so that the page asks her to answer for it."""
        return bool(getattr(self, "signs", ()))

    def facts(self) -> dict[str, Any]:
        """Return what the verb takes; ask only when the form is valid."""
        found = dict(self.cleaned_data)
        is_official = found.pop("kind") == HorizonItem.Kind.OFFICIAL
        return {**found, "is_official": is_official}


@dataclass(frozen=True)
class Row:
    """One item with its two fields, and what in it looks like a person."""

    item: HorizonItem
    outcome: BoundField
    reason: BoundField
    signs: str


class WeekForm(Form):
    """What each item of a week is worth. Items that nobody chooses for are left as they are."""

    def __init__(self, items: Sequence[HorizonItem], data: Any = None) -> None:
        super().__init__(data)
        self.items = items
        for item in items:
            outcome = ChoiceRow(label=item.title, choices=Outcome.choices, required=False, initial=_of(item, "outcome"))
            reason = WordsField(
                label=_("Varför det kräver något"), max_length=2000, rows=2, required=False, initial=_of(item, "reason")
            )
            self.fields |= {f"outcome-{item.pk}": outcome, f"reason-{item.pk}": reason}

    def rows(self) -> Iterator[Row]:
        """Give each item with its fields."""
        today = clock.today()
        for item in self.items:
            outcome, reason = self[f"outcome-{item.pk}"], self[f"reason-{item.pk}"]
            yield Row(item, outcome, reason, shown.signs(item, today))

    def clean(self) -> dict[str, Any]:
        """Refuse an act without a reason."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            reason = f"reason-{item.pk}"
            is_act = found.get(f"outcome-{item.pk}") == Outcome.ACT
            if is_act and not found.get(reason) and reason not in self.errors:
                self.add_error(reason, _("Skriv varför det kräver något."))
        return found

    def chosen(self) -> Iterator[tuple[UUID, str, str]]:
        """Give (item, outcome, reason) of each item that somebody has chosen for; ask only when the form is valid."""
        for item in self.items:
            outcome = self.cleaned_data[f"outcome-{item.pk}"]
            if outcome:
                yield item.pk, outcome, self.cleaned_data[f"reason-{item.pk}"]


def _of(item: HorizonItem, name: str) -> str:
    return getattr(item, name, None) or ""
