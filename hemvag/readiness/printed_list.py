"""The directory on paper and as a file, for when the rest is down: by need, with its day and how long it holds."""

import csv
import datetime as dt
import io
import os
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from hemvag.agencies.models import Municipality
from hemvag.lib import clock
from hemvag.lib.names import sort_key
from hemvag.readiness import entries, import_file
from hemvag.readiness.content import content
from hemvag.readiness.entries import Entry
from hemvag.web import typeset

TEMPLATE: Final = resources.files("hemvag.readiness") / "printed_list.typ"
HOLDS_AT_MOST: Final = dt.timedelta(days=31)
NAME: Final = "verksamheter"
"""What the files are called, without their endings."""


def of_town(municipality: Municipality, *, on: dt.date) -> list[Entry]:
    """Return what stands on the list, by name; never an entry that is not to be printed."""
    rows = [entry for entry in entries.of_town(municipality, on=on) if entry.is_printed]
    return sorted(rows, key=lambda entry: sort_key(entry.version.name))


def holds_until(listed: Iterable[Entry], *, on: dt.date) -> dt.date:
    """Return the last day the list may be used: a month, or less when an entry is to be checked or runs out before."""
    days = [
        day
        for entry in listed
        for day in (entry.version.next_check, entry.version.agreement_to, entry.version.ended_on)
        if day is not None and day >= on
    ]
    return min([on + HOLDS_AT_MOST, *days])


def pdf(municipality: Municipality, *, at: dt.datetime) -> bytes:
    """Return the list as a tagged PDF in Swedish."""
    with translation.override("sv"):
        return typeset.pdf(TEMPLATE.read_bytes(), facts=facts(municipality, at=at))


def facts(municipality: Municipality, *, at: dt.datetime) -> dict[str, Any]:
    """Return what stands on the paper."""
    on = clock.local(at).date()
    listed = of_town(municipality, on=on)
    return {
        "municipality": municipality.name,
        "printed": f"{clock.local(at):%Y-%m-%d kl. %H.%M}",
        "until": holds_until(listed, on=on).isoformat(),
        "number": len(listed),
        "needs": [
            {"name": need.name.sv, "rows": [_row(entry) for entry in listed if need.code in entry.version.needs]}
            for need in content().needs.values()
            if any(need.code in entry.version.needs for entry in listed)
        ],
    }


def _row(entry: Entry) -> dict[str, str]:
    said = entry.version
    return {
        "name": said.name,
        "owner": entry.owner,
        "contact": said.contact,
        "hours": said.hours,
        "out_of_hours": said.out_of_hours,
        "languages": entry.languages,
        "where": entry.where,
        "for_whom": entry.for_whom,
        "capacity": entry.capacity.words,
        "how": said.how,
        "ground": said.ground,
        "secrecy": entry.secrecy,
        "warning": entry.check.words if entry.is_overdue else "",
    }


def as_csv(municipality: Municipality, *, at: dt.datetime) -> bytes:
    """Return the list as a file that a spreadsheet opens, with the columns that the import reads."""
    rows = of_town(municipality, on=clock.local(at).date())
    return rows_as_csv([import_file.cells(entry) for entry in rows])


def rows_as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows with their heading: semicolons and a mark of UTF-8, and no cell that is taken for a formula."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(import_file.COLUMNS)
    for row in rows:
        table.writerow([_plain(row[name]) for name in import_file.COLUMNS])
    return ("\ufeff" + written.getvalue()).encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def lay(directory: Path, municipality: Municipality, *, at: dt.datetime) -> int:
    """Write both files in a directory, each whole or not at all, and return how many entries they hold.

    Raises OSError when the directory is not there or cannot be written; what lay there before then stays.
    """
    write(directory / f"{NAME}.pdf", pdf(municipality, at=at))
    write(directory / f"{NAME}.csv", as_csv(municipality, at=at))
    return len(of_town(municipality, on=clock.local(at).date()))


def write(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, so that nobody ever finds half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
