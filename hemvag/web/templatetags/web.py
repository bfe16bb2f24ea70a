"""Template tags and filters of the frame: icons, status, panels, clocks, journal, dates in words."""

import datetime as dt
import functools
import uuid
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hemvag.lib import clock, date_words
from hemvag.web.components import Clock, Fact, Happening
from hemvag.web.icons import PATHS

register = template.Library()


@register.simple_tag
@functools.cache
def icon(name: str) -> SafeString:
    """Return the inline drawing `name`, hidden from readers: the word beside it speaks."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', PATHS[name]
    )


@register.simple_tag
def is_exercise() -> bool:
    """Say whether this is an exercise's space, on every page: also one that knows nothing else."""
    return settings.HEMVAG_KIND == "exercise"


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """Return a status tag: kind done, now, soon, late, info or protected, and the word that says it."""
    return format_html('<span class="status status-{}">{}<span>{}</span></span>', kind, icon(kind), word)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str, icon: str = "", anchor: str = "", kind: str = "") -> str:
    """Return a panel with a heading; kind "broken-glass" draws the red frame."""
    return render_to_string(
        "web/panel.html", {"content": content, "title": title, "icon": icon, "anchor": anchor, "kind": kind}
    )


@register.simple_block_tag(end_name="endcallout")
def callout(content: str, kind: str, title: str) -> str:
    """Return a callout: kind info, done, soon, late or protected."""
    return render_to_string("web/callout.html", {"content": content, "kind": kind, "title": title})


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: str, icon: str = "leaf") -> str:
    """Return what a list says when nothing is in it."""
    return render_to_string("web/empty.html", {"content": content, "title": title, "icon": icon})


@register.inclusion_tag("web/clocks.html")
def clocks(steps: Iterable[Clock], label: str = "") -> dict[str, Any]:
    """Show the statutory clocks as a stepped line."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("web/journal.html")
def journal(happenings: Iterable[Happening]) -> dict[str, Any]:
    """Show what happened, in the order given (newest first)."""
    return {"happenings": happenings}


@register.inclusion_tag("web/facts.html")
def facts(items: Iterable[Fact]) -> dict[str, Any]:
    """Show words and what they stand for."""
    return {"items": items}


@register.inclusion_tag("web/progress.html")
def progress(done: int, total: int, label: str, left: str = "") -> dict[str, Any]:
    """Show how far a long piece of work has come, what is being done, and the time left in words."""
    return {"done": done, "total": total, "label": label, "left": left}


@register.simple_tag
def once() -> SafeString:
    """Return the hidden field that lets `hemvag.web.once.once` answer a double click with one act."""
    return format_html('<input type="hidden" name="once" value="{}" autocomplete="off">', uuid.uuid4())


@register.filter
def isolate(text: object) -> SafeString:
    """Return a person's own text or name in its own writing direction, whatever stands around it."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def day(value: dt.date) -> SafeString:
    """Return a day in words ("torsdag 14 maj"); a moment's day is the one it is in Sweden."""
    whole = _whole_day(value)
    words = date_words.day(whole, today=clock.today(), language=_language())
    return format_html('<time datetime="{}">{}</time>', whole.isoformat(), words)


@register.filter
def moment(value: dt.datetime) -> SafeString:
    """Return a time of day in words ("kl. 14.30")."""
    words = date_words.time(clock.local(value), language=_language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def relative(value: dt.date) -> SafeString:
    """Return how far off a date is in words ("i dag", "om 3 dagar")."""
    whole = _whole_day(value)
    words = date_words.relative(whole, today=clock.today(), language=_language())
    return format_html('<time datetime="{}">{}</time>', whole.isoformat(), words)


@register.filter
def in_words(field: BoundField) -> str:
    """Return what a field understood of what was typed ("torsdag 14 maj 2026"), or nothing."""
    say = getattr(field.field, "in_words", None)
    return str(say(field.value())) if say and field.form.is_bound and not field.errors else ""


def _whole_day(value: dt.date) -> dt.date:
    return clock.local(value).date() if isinstance(value, dt.datetime) else value


def _language() -> str:
    return get_language() or "sv"
