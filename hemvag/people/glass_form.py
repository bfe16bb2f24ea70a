"""What is asked of somebody who would break the glass: which case, and why."""

from django.utils.translation import gettext_lazy as _

from hemvag.dossiers import glass
from hemvag.web.forms import Form, TextField


class GlassForm(Form):
    """A case number or a person's number, and the reason."""

    text = TextField(
        label=_("Ärendenummer eller personnummer"),
        help_text=_("Till exempel B26-4K7M-2XQ9 eller 20200504-2383. Ett namn räcker inte."),
        max_length=40,
    )
    reason = TextField(
        label=_("Varför behöver du läsa ärendet nu?"),
        help_text=_("Den som leder enheten läser det du skriver. Det förseglas i barnets akt."),
        max_length=glass.MOST_REASON,
        rows=4,
    )
