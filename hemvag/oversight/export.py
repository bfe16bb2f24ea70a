"""The log as a file: the same lines as on the page, with who, when, what, why and which reference. No content."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hemvag.lib import clock
from hemvag.oversight.search import Line


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Give the file row by row: semicolons and a mark of UTF-8, as spreadsheets in Sweden open it."""
    yield "\ufeff" + _row([_("tid"), _("medarbetare"), _("vad"), _("ändamål"), _("akter"), _("andra akter"), _("dörr")])
    for line in lines:
        entry = line.entry
        yield _row(
            [
                clock.local(entry.at).isoformat(timespec="seconds"),
                line.worker or _("maskin"),
                str(entry.get_act_display()),
                str(entry.get_purpose_display()),
                " ".join(line.references),
                str(line.others),
                entry.door,
            ]
        )


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow([_plain(cell) for cell in cells])
    return written.getvalue()


def _plain(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
