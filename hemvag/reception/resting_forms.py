"""The forms by which a plan rests, is taken up, or ends."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from hemvag.reception.resting import Outcome
from hemvag.web.forms import ChoiceRow, DayField, Form, TextField

MOST: Final = 10_000


class RestForm(Form):
    """Why the plan rests, and the day on which it is looked at again."""

    text = TextField(label=_("Varför vilar planen?"), max_length=MOST, rows=4)
    review = DayField(
        label=_("Nästa genomgång"),
        toward="future",
        help_text=_("Om tre månader, om inget annat bestäms. Den kommer upp på I dag."),
    )


class WakeForm(Form):
    """Why the plan is taken up again."""

    text = TextField(label=_("Vad har hänt?"), max_length=MOST, rows=4)


class EndForm(Form):
    """What became of the plan."""

    outcome = ChoiceRow(label=_("Hur gick det?"), choices=Outcome.choices, row=False)
    text = TextField(label=_("Skriv kort hur det blev"), max_length=MOST, rows=4)
