"""How a review ended, what a worker answers, and what of the log is looked for."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hemvag.audit.models import Act, Purpose
from hemvag.lib import clock, references
from hemvag.oversight import search
from hemvag.oversight.models import Remark
from hemvag.staff.models import Worker
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField


class SignForm(Form):
    """How a review ended."""

    outcome = ChoiceRow(label=_("Hur slutade granskningen?"), choices=Remark.Outcome.choices, row=False)


class AnswerForm(Form):
    """What the worker says of her own opening."""

    answer = ChoiceRow(label=_("Varför öppnade du akten?"), choices=Remark.Answer.choices, row=False)


class LogForm(Form):
    """What of the log is looked for: no name of anybody a dossier is about, and no free text."""

    worker = forms.ChoiceField(label=_("Medarbetare"), required=False)
    act = forms.ChoiceField(label=_("Vad som gjordes"), choices=[("", _("Allt")), *Act.choices], required=False)
    purpose = forms.ChoiceField(label=_("Ändamål"), choices=[("", _("Alla")), *Purpose.choices], required=False)
    reference = TextField(label=_("Aktens nummer"), max_length=30, required=False)
    since = DayField(label=_("Från och med"), required=False, help_text=_("Lämna tomt för de senaste 30 dagarna."))
    until = DayField(label=_("Till och med"), required=False)

    def __init__(self, data: Any = None, *, workers: Iterable[Worker]) -> None:
        super().__init__(data)
        known: forms.ChoiceField = self.fields["worker"]  # type: ignore[assignment]
        known.choices = [("", _("Alla")), *((str(worker.id), worker.name) for worker in workers)]

    def clean_reference(self) -> str:
        """Return the reference as it is stored, or say that it is none."""
        typed: str = self.cleaned_data["reference"]
        read = references.read(typed)
        if typed and read is None:
            raise ValidationError(_("Det är inget aktnummer. Skriv det så här: B26-4K7M-2XQ9."))
        return read or ""

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and spans that are too long."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("Den dagen är före den första. Byt plats på dem."))
        elif since and (until or clock.today()) - since > search.LONGEST:
            self.add_error("since", _("Välj högst ett år åt gången."))
        return found

    def wanted(self, today: dt.date) -> search.Wanted:
        """Return what is looked for; ask only when the form is valid."""
        found = self.cleaned_data
        until = found["until"] or today
        return search.Wanted(
            since=found["since"] or until - search.SPAN,
            until=until,
            worker=uuid.UUID(found["worker"]) if found["worker"] else None,
            reference=found["reference"],
            act=found["act"],
            purpose=found["purpose"],
        )
