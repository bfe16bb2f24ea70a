"""The answer of the law beside a button in another room's page."""

import datetime as dt
from typing import Any

from django import template

from hemvag.counsel import shown
from hemvag.lib import clock

register = template.Library()


@register.inclusion_tag("counsel/beside.html")
def may_tell(sender: str, receiver: str, subject: str, situation: str, on: dt.date | None = None) -> dict[str, Any]:
    """Show whether `sender` may tell `receiver` of `subject` in `situation`: verdict, provision, what to write down.

    Codes as on the page May I tell?; `on` is today when left out. Raises `codes.UnknownCode`: a code in a template is
    written by a person who builds the page.
    """
    return {"answer": shown.ask(sender, receiver, subject, situation, on or clock.today())}
