"""Two keepers changed one service at once: what each alone changed is kept, and where both did, both are shown."""

import dataclasses
from typing import Any, Final

from django import forms

from hemvag.readiness import said as saying
from hemvag.readiness.content import content
from hemvag.readiness.said import Said
from hemvag.web import changed
from hemvag.web.changed import Difference

LONG: Final = frozenset({"how", "ground", "agreement_purpose", "grade_reason"})


def merged(*, seen: Said, kept: Said, mine: Said) -> Said:
    """Return what stands with what I changed upon it; a long text that both changed holds both."""
    facts: dict[str, Any] = {}
    for name in saying.FIELDS:
        before, theirs, own = (getattr(one, name) for one in (seen, kept, mine))
        if own == before:
            facts[name] = theirs
        elif theirs in (before, own):
            facts[name] = own
        else:
            facts[name] = changed.both(theirs, own) if name in LONG else own
    return dataclasses.replace(mine, **facts)


def differences(form: forms.Form, *, seen: Said, kept: Said, mine: Said) -> list[Difference]:
    """Return each field that a colleague changed, with hers and mine in words; capacity is among them."""
    found = []
    for name in saying.FIELDS:
        before, theirs, own = (getattr(one, name) for one in (seen, kept, mine))
        if theirs not in (before, own):
            label = str(form.fields[name].label) if name in form.fields else name
            found.append(Difference(label, _words(form, name, theirs), _words(form, name, own)))
    return found


def _words(form: forms.Form, name: str, value: Any) -> str:
    if name == "needs":
        return ", ".join(content().need(code) for code in value)
    if name == "languages":
        return ", ".join(content().language(code) for code in value)
    offered: dict[Any, Any] = dict(getattr(form.fields.get(name), "choices", ()))
    if isinstance(value, tuple):
        return ", ".join(str(offered.get(one, one)) for one in value)
    return str(offered.get(value, "–" if value in {None, ""} else value))
