"""Print a signed decision: a tagged PDF in Swedish, made once and sealed in the dossier."""

import base64
import datetime as dt
from importlib import resources
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import translation

from hemvag.concerns import decision
from hemvag.concerns.models import Decision, DecisionKind, Print
from hemvag.dossiers.opened import Opened
from hemvag.lib import clock, date_words
from hemvag.people import identities
from hemvag.staff.models import Worker
from hemvag.web import typeset

KIND: Final = "print"
TEMPLATE: Final = resources.files("hemvag.concerns") / "decision.typ"


def printed(opened: Opened, made: Decision, *, by: Worker, at: dt.datetime) -> bytes:
    """Return the decision's PDF; the first time it is drawn and sealed, after that it is always the same.

    Raises decision.Tampered when the sealed text is not the one signed.
    """
    first = Print.objects.filter(decision=made).first()
    if first is not None:
        return _unpacked(opened, first)
    pdf = _draw(_words(opened, made, decision.text_of(opened, made).data))
    try:
        with transaction.atomic():
            content = opened.seal(KIND, {"pdf": base64.b64encode(pdf).decode()}, by=by, at=at)
            Print.objects.create(decision=made, content_id=content, at=at)
    except IntegrityError:
        return _unpacked(opened, Print.objects.get(decision=made))
    return pdf


def _unpacked(opened: Opened, first: Print) -> bytes:
    return base64.b64decode(opened.piece(first.content_id).data["pdf"])


def _draw(words: dict[str, Any]) -> bytes:
    """Return the PDF of a decision. Nothing of the machine's own is read: fonts and text come with Hemväg."""
    return typeset.pdf(TEMPLATE.read_bytes(), decision=words)


def _words(opened: Opened, made: Decision, text: dict[str, Any]) -> dict[str, Any]:
    """Return what stands on the page, in Swedish whatever language the reader uses."""
    child = identities.current(opened)
    authority = opened.dossier.authority
    with translation.override("sv"):
        until = text["until"]
        return {
            "municipality": authority.municipality.name,
            "authority": authority.name,
            "unit": opened.dossier.unit.name,
            "reference": opened.dossier.reference,
            "heading": str(DecisionKind(made.kind).label),
            "child": identities.full_name(child),
            "number": child.number.value,
            "provision": made.provision,
            "decided": _long(made.decided_at),
            "signed": _long(made.signed_at),
            "signer": text["signer"],
            "until": _day(dt.date.fromisoformat(until)) if until else "",
            "reasons": [part for part in text["reasons"].split("\n") if part.strip()],
        }


def _long(when: dt.datetime) -> str:
    local = clock.local(when)
    return f"{_day(local.date())} kl. {local:%H.%M}"


def _day(day: dt.date) -> str:
    """Return the day with its year: a decision is read in other years than its own."""
    return f"{day.day} {date_words.MONTHS['sv'][day.month - 1]} {day.year}"
