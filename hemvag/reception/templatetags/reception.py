"""Words for a plan's pages."""

from django import template

from hemvag.reception import words
from hemvag.reception.known import Sure
from hemvag.reception.template import Task, Template

register = template.Library()


@register.filter
def sure(code: str) -> str:
    """Return how sure something is, in words."""
    return str(Sure(code).label).lower()


@register.simple_tag
def proposal() -> str:
    """Return what stands beside what is only this program's own proposal."""
    return words.proposal()


@register.filter
def read_where(task: Task) -> str:
    """Return where a task of the template was read, and how surely."""
    return words.read_where(task)


@register.filter
def about(made: Template) -> str:
    """Return what a template is about, and what it differs by."""
    return made.about.said_in(words.language())
