"""What a lead says of a broken glass."""

from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import glass
from hemvag.dossiers.models import GlassOutcome
from hemvag.web.forms import ChoiceRow, Form, TextField


class ReviewForm(Form):
    """Whether it was justified, and in words why not."""

    outcome = ChoiceRow(label=_("Var det befogat?"), choices=GlassOutcome.choices)
    words = TextField(
        label=_("Med egna ord"),
        max_length=glass.MOST_REASON,
        rows=4,
        required=False,
        help_text=_("Skriv varför, om det inte var befogat eller behöver utredas. Förseglas i barnets akt."),
    )
