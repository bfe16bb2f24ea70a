"""Template filters of the line: content in the reader's language, and numbers that can be rung."""

from django import template
from django.utils.translation import get_language

from hemvag.line.content import Text

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """Return a text of the line's content in the language of the page."""
    return text.in_language(get_language() or "sv")


@register.filter
def dialled(number: str) -> str:
    """Return a telephone number as a link dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
