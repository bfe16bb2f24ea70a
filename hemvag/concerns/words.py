"""What the codes of a case are called on its pages and in its journal, and its days in words."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemvag.concerns.meeting import Outcome as MeetingOutcome
from hemvag.concerns.models import DecisionKind, LateReason
from hemvag.concerns.notes import About
from hemvag.concerns.protection_assessment import Outcome as ProtectionOutcome
from hemvag.law.deadlines import Due
from hemvag.lib import clock, date_words


def language() -> str:
    """Return the reader's language, "sv" or "en"."""
    return (get_language() or "sv")[:2]


def day(when: dt.date, at: dt.datetime) -> str:
    """Return a day in words ("torsdag 14 maj")."""
    return date_words.day(when, today=clock.local(at).date(), language=language())


def moment(when: dt.datetime, at: dt.datetime) -> str:
    """Return a moment in words ("torsdag 14 maj kl. 14.30")."""
    return date_words.moment(clock.local(when), today=clock.local(at).date(), language=language())


def by_when(due: Due, at: dt.datetime) -> str:
    """Return by when a step is to be done ("i dag", "3 dagar sen", "senast torsdag 14 maj")."""
    today = clock.local(at).date()
    if due.strict is None or due.target is None:
        return _("lagen anger ingen dag")
    shown = due.strict if due.is_late(at) else due.target
    return date_words.relative(shown, today=today, language=language())


def days_of(due: Due, at: dt.datetime) -> str:
    """Return the strict day and, where the 1930 act may give one, the later day, as information."""
    if due.strict is None:
        return ""
    strict = _("Sista dag enligt lagen: %(day)s.") % {"day": day(due.strict, at)}
    if due.latest is None or due.latest == due.strict:
        return strict
    later = _("Lagen om beräkning av lagstadgad tid (1930:173) kan ge till %(day)s; det är inte prövat.")
    return f"{strict} {later % {'day': day(due.latest, at)}}"


def happening(step: str) -> str:
    """Return what a line of the journal says happened. A step without words of its own is shown by its code."""
    known = {
        "report_received": _("Orosanmälan kom in"),
        "report_added": _("En ny anmälan lades till; barnet var känt här"),
        "feedback_asked": _("Anmälaren bad om återkoppling"),
        "feedback_given": _("Återkoppling lämnad till anmälaren"),
        "feedback_unsuitable": _("Återkoppling är olämplig"),
        "attached": _("Bilaga lades till"),
        "voice_heard": _("Barnet har hörts"),
        "voice_not_heard": _("Barnet har inte hörts"),
        "assigned": _("Ärendet tilldelades"),
        "moved": _("Ärendet gick över till en annan enhet"),
        "stepped_off": _("Handläggare klev av ärendet"),
        "glass_broken": _("Nödöppnat av någon utanför ärendet"),
        "glass_justified": _("Nödöppningen granskad: befogad"),
        "glass_unfounded": _("Nödöppningen granskad: inte befogad"),
        "glass_look_into": _("Nödöppningen granskad: behöver utredas"),
        "agreed": _("Medgivande lämnat"),
        "agreement_withdrawn": _("Medgivande återkallat"),
        "merged": _("Akten fördes samman med en annan om samma barn"),
        "merged_here": _("En annan akt om samma barn fördes hit"),
        "parted": _("Akterna delades igen: det är två barn"),
        "looked_up": _("En annan nämnd frågade och fick veta att barnet är känt"),
        "pass_on_sent": _("Anmälan lämnades till en annan kommun"),
        "pass_on_received": _("Den andra kommunen har kvitterat"),
    }
    return known.get(step) or _composed(step)


def _composed(step: str) -> str:
    kind, _underscore, code = step.partition("_")
    sources = {
        "protection": (_("Skyddsbedömning"), ProtectionOutcome),
        "decided": (_("Beslut"), DecisionKind),
        "meeting": (_("Anmälarmöte"), MeetingOutcome),
        "note": (_("Anteckning"), About),
        "late": (_("Försenat"), LateReason.Code),
    }
    if kind not in sources or code not in sources[kind][1].values:
        return step
    word, codes = sources[kind]
    return f"{word}: {str(codes(code).label).lower()}"


JOURNAL_FILTERS = {
    "reports": ("report_", "feedback_", "meeting_", "pass_on_"),
    "assessments": ("protection_", "late_"),
    "decisions": ("decided_",),
    "voice": ("voice_",),
    "notes": ("note_", "attached"),
    "assignment": ("assigned", "moved", "stepped_off", "glass_"),
}
"""Which steps each choice of the journal's filter shows."""


def filter_labels() -> dict[str, str]:
    """Return the choices of the journal's filter, in order."""
    return {
        "reports": _("Anmälningar"),
        "assessments": _("Bedömningar"),
        "decisions": _("Beslut"),
        "voice": _("Barnets röst"),
        "notes": _("Anteckningar"),
        "assignment": _("Tilldelning"),
    }
