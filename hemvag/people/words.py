"""What the codes of this room mean, in words for a page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemvag.people import forms
from hemvag.people.identities import Birth, Identity, Name, Number
from hemvag.people.likeness import Reason

REASONS = {
    Reason.SAME_NUMBER: gettext_lazy("samma nummer"),
    Reason.OTHER_NUMBER: gettext_lazy("olika nummer"),
    Reason.SAME_NAME: gettext_lazy("samma namn"),
    Reason.SAME_NAME_OTHER_SPELLING: gettext_lazy("samma namn i annan stavning"),
    Reason.SIMILAR_NAME: gettext_lazy("liknande namn"),
    Reason.PART_OF_NAME: gettext_lazy("ett av namnen är samma"),
    Reason.SAME_BIRTH_DATE: gettext_lazy("samma födelsedatum"),
    Reason.BIRTH_DATE_SWAPPED: gettext_lazy("dag och månad kan ha bytt plats"),
    Reason.SAME_BIRTH_YEAR: gettext_lazy("samma födelseår"),
    Reason.BIRTH_YEAR_CLOSE: gettext_lazy("födelseår nära"),
    Reason.BIRTH_OTHER: gettext_lazy("olika födelseår"),
    Reason.BIRTH_UNKNOWN: gettext_lazy("födelsedatum okänt"),
    Reason.SAME_GUARDIAN: gettext_lazy("samma vårdnadshavare"),
}


def reasons(codes: Sequence[Reason]) -> list[str]:
    """Return the reasons in words, strongest first."""
    return [str(REASONS[code]) for code in codes]


def name(one: Name) -> str:
    """Return a name as it is said."""
    return " ".join(part for part in (one.given, one.family) if part)


def birth(known: Birth) -> str:
    """Return a birth in words: the date, "about 2020", or that it is not known."""
    if known.kind == "exact":
        return known.date
    return _("omkring %(date)s") % {"date": known.date} if known.date else _("okänt")


def number(known: Number) -> str:
    """Return a number as people write it, or why there is none."""
    if known.kind == "reserve":
        return known.value
    if known.kind != "none":
        return f"{known.value[:8]}-{known.value[8:]}"
    why = dict(forms.REASON).get(known.reason) if known.reason else None
    return _("inget: %(why)s") % {"why": why} if why else _("inget")


def whereabouts(identity: Identity) -> str:
    """Return where the child is."""
    return str(dict(forms.WHEREABOUTS)[identity.whereabouts])


def protection(identity: Identity) -> str:
    """Return how the identity is protected, or nothing."""
    return str(dict(forms.PROTECTED)[identity.protected]) if identity.protected else ""
