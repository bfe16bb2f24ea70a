"""What may be told of a number, in words."""

from django.utils.translation import gettext as _

from hemvag.disclosure import FEWEST, Exact, Held, Nought, Value


def say(value: Value) -> str:
    """Return a value for the cell of a table: a number, "färre än 5", "7–10", "visas inte", "ingen" or "okänt"."""
    match value:
        case Exact(number):
            return str(number)
        case Held():
            return _held(value)
        case Nought():
            return _("ingen")
    return _("okänt")


def _held(value: Held) -> str:
    """Return a number that is held back: that it is small, the range it is told to lie in, or nothing."""
    if value.is_small:
        return _("färre än %(fewest)d") % {"fewest": FEWEST}
    return _("visas inte") if value.high is None else f"{value.low}–{value.high}"
