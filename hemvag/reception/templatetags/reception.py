"""Words for a plan's pages."""

from django import template

from hemvag.reception.known import Sure

register = template.Library()


@register.filter
def sure(code: str) -> str:
    """Return how sure something is, in words."""
    return str(Sure(code).label).lower()
