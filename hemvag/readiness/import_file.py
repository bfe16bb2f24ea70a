"""Services as rows of a file: the columns, how an entry is written in them, and how a row is read back."""

from collections.abc import Mapping
from typing import Any, Final

from hemvag.readiness.entries import Entry
from hemvag.readiness.said import LISTS

COLUMNS: Final[Mapping[str, str]] = {
    "namn": "name",
    "enhet": "unit",
    "organisation": "organisation",
    "behov": "needs",
    "för_vem": "for_whom",
    "från_ålder": "from_age",
    "till_ålder": "to_age",
    "språk": "languages",
    "områden": "districts",
    "kontakt": "contact",
    "öppettider": "hours",
    "utanför_öppettid": "out_of_hours",
    "lediga": "free",
    "platser": "total",
    "sagt": "said_on",
    "väntetid_dagar": "lead_days",
    "hänvisning": "how",
    "grund": "ground",
    "sekretess": "secrecy",
    "syfte": "agreement_purpose",
    "överenskommet_område": "agreement_area",
    "gäller_från": "agreement_from",
    "gäller_till": "agreement_to",
    "grad": "grade",
    "skäl": "grade_reason",
    "utbildade": "trained",
    "övad": "exercised_on",
    "ersättare": "substitute",
    "utskrift": "paper",
    "nästa_kontroll": "next_check",
}
"""The columns as the file names them, and as this program does. Codes stand in lists with spaces between."""


def cells(entry: Entry) -> dict[str, str]:
    """Return an entry as the cells of a row; an empty cell is unknown."""
    return {column: _cell(entry, name) for column, name in COLUMNS.items()}


def _cell(entry: Entry, name: str) -> str:
    value: Any = getattr(entry.version, name)
    if name in LISTS:
        return " ".join(value)
    if name == "unit":
        return "" if value is None else str(value.code)
    return "" if value is None else str(value)
