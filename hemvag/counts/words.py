"""What may be told of a number, in words."""

from django.utils.translation import gettext as _

from hemvag.disclosure import FEWEST, Exact, Held, Nought, Value


def say(value: Value) -> str:
    """Return a value for the cell of a table: a number, "färre än 5", "visas inte", "ingen" or "okänt"."""
    match value:
        case Exact(number):
            return str(number)
        case Held():
            return _("färre än %(fewest)d") % {"fewest": FEWEST} if value.is_small else _("visas inte")
        case Nought():
            return _("ingen")
    return _("okänt")
