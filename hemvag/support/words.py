"""What the codes of an adult's case are called on its pages and in its journal."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.dossiers.opened import Content
from hemvag.lib import clock, date_words
from hemvag.support import conference, knowledge, notes, offer, plan


def language() -> str:
    """Return the reader's language, "sv" or "en"."""
    return (get_language() or "sv")[:2]


def relative(when: dt.date, at: dt.datetime) -> str:
    """Return by when ("i dag", "3 dagar sen", "senast torsdag 14 maj")."""
    return date_words.relative(when, today=clock.local(at).date(), language=language())


def day(when: dt.date, at: dt.datetime) -> str:
    """Return a day in words ("torsdag 14 maj")."""
    return date_words.day(when, today=clock.local(at).date(), language=language())


def happening(step: str) -> str:
    """Return what a line of the journal says happened. A step without words of its own is shown by its code."""
    return {
        "known": _("Det kom till vår kännedom"),
        "offer_begun": _("Kontakt ska erbjudas"),
        "attempt": _("Försök till kontakt"),
        "came_back": _("Personen hörde av sig"),
        "support_begun": _("Stödet började"),
        "support_ended": _("Stödet avslutades"),
        "agreed": _("Medgivande lämnat"),
        "agreement_withdrawn": _("Medgivande återkallat"),
        "plan_written": _("Planen skrevs"),
        "followed_up": _("Uppföljning"),
        "conference_held": _("Möte med flera parter"),
        "note": _("Anteckning"),
        "authority_contact": _("Från eller till Polisen eller Säkerhetspolisen"),
        "assigned": _("Ärendet tilldelades"),
        "moved": _("Ärendet gick över till en annan enhet"),
        "stepped_off": _("Handläggare klev av ärendet"),
    }.get(step, step)


def body(content: Content | None) -> str:
    """Return the words that a step left, as the journal shows them."""
    if content is None:
        return ""
    said = content.data
    shown = BODIES.get(content.kind)
    return shown(said) if shown else "\n".join(str(said[part]) for part in ("text", "reasons") if said.get(part))


def _knowledge(said: Mapping[str, Any]) -> str:
    law = ", ".join(said.get("provisions", ()))
    return "\n".join(part for part in (str(knowledge.Source(said["source"]).label), said["ground"], law) if part)


def _offer(said: Mapping[str, Any]) -> str:
    return _("%(how)s, av %(by_whom)s. Högst %(most)s försök, sista dag %(last)s.") % said


def _attempt(said: Mapping[str, Any]) -> str:
    return f"{offer.Answer(said['answer']).label}\n{said['text']}"


def _conference(said: Mapping[str, Any]) -> str:
    told = [f"{conference.called(row['receiver'], language())}, {row['who']}: {row['told']}" for row in said["parties"]]
    return "\n".join(part for part in (str(conference.Table(said["table"]).label), *told, said["text"]) if part)


def _police(said: Mapping[str, Any]) -> str:
    return f"{notes.Direction(said['direction']).label}, {said['on']}\n{said['ground']}"


def _plan(said: Mapping[str, Any]) -> str:
    return str(said["goals"])


def _followed(said: Mapping[str, Any]) -> str:
    helped = _("Det som har hjälpt: %s") % said["helped"] if said["helped"] else ""
    return "\n".join(part for part in (said["text"], helped) if part)


BODIES = {
    knowledge.KIND: _knowledge,
    "offer": _offer,
    offer.KIND: _attempt,
    conference.KIND: _conference,
    notes.POLICE: _police,
    plan.KIND: _plan,
    plan.FOLLOW_UP: _followed,
}
