"""The forms of a plan: what is known of a return, who comes, and another template. What was typed is kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.lib import dates
from hemvag.reception.known import FACTS, Fact, Known, Sure
from hemvag.reception.template import Template
from hemvag.web.forms import ChoiceRow, ChoicesRow, DayField, Form, TextField, TimeField, VersionField

MOST_TEXT: Final = 10_000


class KnownForm(Form):
    """What is known of the return, each with how sure it is. Nothing is demanded: what is not known is unknown."""

    day = DayField(
        label=_("Dag för ankomst"), toward="future", either=True, required=False, help_text=_("Till exempel i morgon.")
    )
    time = TimeField(label=_("Klockslag för ankomst"), required=False)
    sure = ChoiceRow(label=_("Hur säker är ankomsten?"), choices=Sure.choices, initial=Sure.LIKELY)
    place = TextField(label=_("Plats för ankomst, och flyg"), max_length=200, required=False)
    place_sure = ChoiceRow(label=_("Hur säker är platsen?"), choices=Sure.choices, initial=Sure.LIKELY)
    origin = TextField(label=_("Varifrån de kommer"), max_length=200, required=False)
    origin_sure = ChoiceRow(label=_("Hur säkert är det varifrån?"), choices=Sure.choices, initial=Sure.LIKELY)
    meets = TextField(label=_("Vem som möter"), max_length=200, required=False)
    meets_sure = ChoiceRow(label=_("Hur säkert är det vem som möter?"), choices=Sure.choices, initial=Sure.LIKELY)
    first_night = TextField(label=_("Första natten"), max_length=500, required=False)
    first_night_sure = ChoiceRow(label=_("Hur säker är första natten?"), choices=Sure.choices, initial=Sure.LIKELY)
    adults = TextField(
        label=_("Vuxna som kommer"),
        help_text=_("En rad för var och en. Till exempel: mamma, 34 år. Deras egna ärenden hålls isär."),
        max_length=2000,
        rows=3,
        required=False,
    )
    district = TextField(label=_("Område där barnen ska bo"), max_length=200, required=False)
    from_day = DayField(label=_("Plats i skola eller förskola från"), toward="future", either=True, required=False)
    text = TextField(
        label=_("Annat som är känt"),
        help_text=_("Stannar i planen. Skriv inget om misstankar."),
        max_length=MOST_TEXT,
        rows=4,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a clock without a day, and a moment that the clock skipped."""
        data = super().clean() or self.cleaned_data
        if data.get("time") and not data.get("day"):
            self.add_error("day", _("Skriv också dagen."))
        if data.get("time") and data.get("day"):
            try:
                dates.moment(data["day"], data["time"])
            except dates.NotATime:
                self.add_error("time", _("Det klockslaget fanns inte den dagen: klockan ställdes fram."))
        return data

    @property
    def known(self) -> Known:
        """What was written; what was left empty is unknown."""
        data = self.cleaned_data
        return Known(
            day=data["day"],
            time=data["time"],
            sure=data["sure"] if data["day"] else Sure.UNKNOWN,
            adults=[line.strip() for line in data["adults"].splitlines() if line.strip()],
            district=data["district"],
            from_day=data["from_day"],
            text=data["text"],
            **{name: _fact(data, name) for name in FACTS},
        )


class OpenForm(KnownForm):
    """A new plan: which template, and which of the children that were reported together."""

    code = "plan_open"

    about = forms.CharField(widget=forms.HiddenInput, required=False)
    template = ChoiceRow(label=_("Vem kommer hem?"), choices=[], row=False)
    children = ChoicesRow(label=_("Barn i planen"), choices=[], row=False)

    def __init__(
        self, *args: Any, templates: Mapping[str, Template], children: Sequence[tuple[str, str]], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        offer_templates(self, templates)
        self.fields["children"].choices = list(children)  # type: ignore[attr-defined]
        self.fields["children"].initial = [key for key, _label in children]
        self.order_fields(["template", "children"])


class ChangeKnownForm(KnownForm):
    """The same for a plan that is open; `version` is what the page showed."""

    code = "plan_known"

    version = VersionField()


class TemplateForm(Form):
    """Which template holds from now on, and why."""

    template = ChoiceRow(label=_("Mall"), choices=[], row=False)
    text = TextField(label=_("Skäl"), max_length=MOST_TEXT, rows=3)

    def __init__(self, *args: Any, templates: Mapping[str, Template], **facts: Any) -> None:
        super().__init__(*args, **facts)
        offer_templates(self, templates)


class FamilyForm(Form):
    """Which child does not come, or does after all, and why."""

    child = ChoiceRow(label=_("Barn"), choices=[], row=False)
    coming = ChoiceRow(label=_("Kommer barnet?"), choices=[("yes", _("Ja")), ("no", _("Nej"))])
    text = TextField(label=_("Skäl"), max_length=MOST_TEXT, rows=3)
    version = VersionField()

    def __init__(self, *args: Any, children: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["child"].choices = list(children)  # type: ignore[attr-defined]


class AddForm(Form):
    """Which child comes too."""

    child = ChoiceRow(label=_("Barn"), choices=[], row=False)
    version = VersionField()

    def __init__(self, *args: Any, children: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["child"].choices = list(children)  # type: ignore[attr-defined]


def kept(known: Known) -> dict[str, Any]:
    """Return what a form shows of what is known."""
    shown: dict[str, Any] = {
        "day": known.day.isoformat() if known.day else "",
        "time": f"{known.time:%H.%M}" if known.time else "",
        "sure": known.sure,
        "adults": "\n".join(known.adults),
        "district": known.district,
        "from_day": known.from_day.isoformat() if known.from_day else "",
        "text": known.text,
    }
    for name in FACTS:
        fact: Fact = getattr(known, name)
        shown |= {name: fact.text, f"{name}_sure": fact.sure}
    return shown


def offer_templates(form: Form, templates: Mapping[str, Template]) -> None:
    """Let a form offer the templates by name, each with what it is about."""
    language = (get_language() or "sv")[:2]
    rows = [(code, one.name.said_in(language)) for code, one in templates.items()]
    form.fields["template"].choices = rows  # type: ignore[attr-defined]


def _fact(data: Mapping[str, Any], name: str) -> Fact:
    text: str = data[name]
    return Fact(text=text, sure=data[f"{name}_sure"] if text else Sure.UNKNOWN)


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day in Sweden: an agreement holds until then."""
    return dates.moment(day + dt.timedelta(days=1), dt.time(0))
