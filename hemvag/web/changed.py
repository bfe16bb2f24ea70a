"""Two people wrote in the same place: show both, keep both."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a colleague changed meanwhile: what is kept now (`theirs`) and what was sent (`yours`)."""

    label: str
    theirs: str
    yours: str


def both(kept: str, sent: str) -> str:
    """Return one text that holds all of two versions: the longer if it holds the other, else both in turn."""
    if sent.strip() in kept:
        return kept
    if kept.strip() in sent:
        return sent
    return f"{kept.rstrip()}\n\n{sent.lstrip()}"


def differences(form: forms.Form, kept: Mapping[str, str]) -> list[Difference]:
    """Return the fields of a sent form whose text is another than what is kept now, in the form's order."""
    found = []
    for bound in form:
        sent, now = str(bound.value() or ""), kept.get(bound.name, "")
        if bound.name in kept and sent.strip() != now.strip():
            found.append(Difference(str(bound.label), now, sent))
    return found


def merged(form: forms.Form, kept: Mapping[str, str], version: int) -> dict[str, str]:
    """Return what to fill the form with anew: each changed text with both versions in it, and the kept version.

    A field that is no free text takes what was sent: the page shows the kept choice beside it.
    """
    data = {bound.name: str(bound.value() or "") for bound in form}
    for name, now in kept.items():
        if isinstance(form.fields[name].widget, forms.Textarea):
            data[name] = both(now, data[name])
    return data | {"version": str(version)}


def context(form: forms.Form, kept: Mapping[str, str], *, at: dt.datetime) -> dict[str, object]:
    """Return what `web/changed.html` shows: when a colleague changed the page, and both texts side by side."""
    return {"changed_at": at, "differences": differences(form, kept)}
