"""The forms by which an administrator enters workers and gives and ends roles."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemvag.access.abilities import roles
from hemvag.agencies.models import Unit
from hemvag.web.forms import DayField, Form, TextField

DAY = _("Till exempel 14/5 eller 2026-05-14.")


def role_names() -> dict[str, str]:
    """Return the name of each role in the reader's language."""
    return {code: role.en if get_language() == "en" else role.sv for code, role in roles().items()}


class EnterForm(Form):
    """Who begins."""

    name = TextField(label=_("Namn"), max_length=200, help_text=_("Så som kollegorna säger det."))
    email = forms.EmailField(
        label=_("E-postadress"), max_length=254, help_text=_("Den som hon eller han loggar in med.")
    )


class RoleForm(Form):
    """Which role, in which unit, on which days."""

    unit = forms.ChoiceField(label=_("Enhet"))
    role = forms.ChoiceField(label=_("Roll"))
    valid_from = DayField(label=_("Från och med"), either=True, help_text=DAY)
    valid_to = DayField(
        label=_("Till och med"), toward="future", required=False, help_text=_("Lämna tomt om ingen dag är bestämd.")
    )

    def __init__(self, *args: Any, units: list[Unit], today: dt.date, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["valid_from"].initial = today.isoformat()
        self.fields["unit"].choices = [("", _("Välj")), *((str(unit.id), unit.name) for unit in units)]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Välj")), *role_names().items()]  # type: ignore[attr-defined]


class LastDayForm(Form):
    """The last day on which a role holds."""

    last = DayField(label=_("Sista dagen"), either=True, help_text=DAY)


class AwayForm(Form):
    """The days on which somebody is away."""

    first = DayField(label=_("Första dagen"), either=True, help_text=DAY)
    last = DayField(label=_("Sista dagen"), toward="future", help_text=DAY)
