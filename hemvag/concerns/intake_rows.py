"""Read the rows of an older system's file as reports, with the rules that hold for one that is typed."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemvag.agencies.models import District, Municipality
from hemvag.concerns import case
from hemvag.concerns.intake_file import Row, column
from hemvag.concerns.models import Channel
from hemvag.concerns.report import Child, Reporter
from hemvag.law import reporters
from hemvag.lib import clock, dates
from hemvag.lib.dates import NotADate, NotATime
from hemvag.lib.sheets import Fault
from hemvag.people import forms, typed
from hemvag.people.forms import ChildForm

YES = {"ja", "j", "yes", "1", "true"}
NO = {"nej", "n", "no", "0", "false", ""}
ABOUT = re.compile(r"^(?:ca|cirka|omkring|about|ungefär)\.?\s*", re.IGNORECASE)
PLACES = {"vet ej": "unknown", "okänt": "unknown", "här": "here", "utomlands": "abroad", "på väg": "on_the_way"}

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much is done and how much there is."""


@dataclass
class Incoming:
    """One report about one or several children, and the lines they stand on."""

    lines: list[int]
    children: list[Child]
    reporter: Reporter
    text: str
    channel: str
    received_at: dt.datetime
    feedback_asked_at: dt.datetime | None


def read(
    rows: Sequence[Row], *, municipality: Municipality, at: dt.datetime, faults: list[Fault], progress: Progress
) -> list[Incoming]:
    """Read each row, and put rows with the same report number together; find rows that stand twice."""
    districts = _Districts(municipality)
    together: dict[str, Incoming] = {}
    seen: dict[tuple[str, ...], int] = {}
    for count, row in enumerate(rows, start=1):
        progress(_("Läser"), count, len(rows))
        same = tuple(value.casefold() for name, value in sorted(row.cells.items()) if name != "report")
        if (first := seen.setdefault(same, row.line)) != row.line:
            faults.append(Fault(row.line, "", _("Raden är densamma som rad %(first)d.") % {"first": first}))
            continue
        one = _one(row, districts, at=at, faults=faults)
        if one is None:
            continue
        key = row.cells.get("report") or f"line {row.line}"
        if key in together:
            together[key].children += one.children
            together[key].lines += one.lines
        else:
            together[key] = one
    return list(together.values())


class _Districts:
    """The town's districts by code and by name, on any day."""

    def __init__(self, municipality: Municipality) -> None:
        self._by_name: dict[str, list[District]] = defaultdict(list)
        for row in District.objects.filter(municipality=municipality):
            for name in {row.code.casefold(), row.name.casefold()}:
                self._by_name[name].append(row)

    def on(self, day: dt.date) -> list[District]:
        """Return those in force on `day`."""
        rows = {row.id: row for found in self._by_name.values() for row in found}
        return [row for row in rows.values() if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)]

    def named(self, name: str, day: dt.date) -> District | None:
        """Return the one with this code or name on `day`."""
        rows = self._by_name.get(name.casefold(), [])
        return next((row for row in self.on(day) if row in rows), None)


def _one(row: Row, districts: _Districts, *, at: dt.datetime, faults: list[Fault]) -> Incoming | None:
    """Return the report of one row, or None after adding what is wrong with it."""
    found = len(faults)
    received_at = _moment(row, at=at, faults=faults)
    source = _code(row, "source", _sources(), faults)
    channel = _code(row, "channel", _channels(), faults, empty=Channel.WRITTEN)
    feedback = _code(row, "feedback", dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no"), faults, empty="no")
    text = row.cells.get("text", "")
    if not text:
        faults.append(Fault(row.line, "text", _("Skriv vad anmälan säger.")))
    if len(text) > case.MOST_TEXT:
        said = _("Texten är %(length)d tecken. Högst %(most)d får plats.")
        faults.append(Fault(row.line, "text", said % {"length": len(text), "most": case.MOST_TEXT}))
    if received_at is None:
        return None
    day = clock.local(received_at).date()
    if feedback == "yes" and source and not reporters.is_mandated(source, day):
        faults.append(Fault(row.line, column("feedback"), _("En privatperson får ingen återkoppling. Skriv nej.")))
    child = _child(row, districts, day=day, today=clock.local(at).date(), faults=faults)
    if child is None or len(faults) > found:
        return None
    return Incoming(
        lines=[row.line],
        children=[child],
        reporter=Reporter(
            kind=source,
            name=row.cells.get("reporter_name", ""),
            organisation=row.cells.get("organisation", ""),
            title=row.cells.get("title", ""),
            contact=row.cells.get("contact", ""),
        ),
        text=text,
        channel=channel,
        received_at=received_at,
        feedback_asked_at=received_at if feedback == "yes" else None,
    )


def _moment(row: Row, *, at: dt.datetime, faults: list[Fault]) -> dt.datetime | None:
    """Return when the report arrived; the beginning of the day when the file does not say the hour."""
    text, hour = row.cells.get("day", ""), row.cells.get("time", "")
    try:
        if not re.search(r"\d{4}", text):
            raise NotADate("not_understood")  # noqa: TRY301
        day = dates.parse_date(text, today=clock.local(at).date())
    except NotADate as wrong:
        faults.append(Fault(row.line, column("day"), typed.date_fault(wrong)))
        return None
    try:
        received_at = dates.moment(day, dates.parse_time(hour) if hour else dt.time(0, 0))
    except NotATime:
        faults.append(Fault(row.line, column("time"), _("Skriv klockslaget så här: 14.30.")))
        return None
    if received_at > at:
        faults.append(Fault(row.line, column("day"), _("Anmälan kan inte ha kommit in senare än nu.")))
        return None
    return received_at


def _code(row: Row, name: str, known: Mapping[str, str], faults: list[Fault], empty: str = "") -> str:
    """Return the code that a cell names, by code or by Swedish word."""
    said = row.cells.get(name, "").casefold()
    if not said and empty:
        return empty
    if said not in known:
        choices = ", ".join(sorted({word for word in known if word and not word.isdigit()}))
        faults.append(Fault(row.line, column(name), _("Okänt ord. Välj ett av: %(choices)s.") % {"choices": choices}))
        return ""
    return known[said]


def _sources() -> dict[str, str]:
    codes = reporters.codes()
    return {reporters.kind(code).label.sv.casefold(): code for code in codes} | {code: code for code in codes}


def _channels() -> dict[str, str]:
    labels = {"telefon": "phone", "brev": "written", "blankett": "written", "webb": "web", "sdk": "message"}
    return labels | {str(code): str(code) for code in Channel.values}


def _child(row: Row, districts: _Districts, *, day: dt.date, today: dt.date, faults: list[Fault]) -> Child | None:
    """Read the child of a row with the form that a registrar types in, so that the same rules hold."""
    place = row.cells.get("district", "")
    district = districts.named(place, day) if place else None
    if place and district is None:
        faults.append(Fault(row.line, column("district"), _("Området finns inte i kommunen den dagen.")))
    form = ChildForm(_typed(row, today), day=day, districts=districts.on(day))
    if not form.is_valid():
        shown = {"birth_date": "born", "number_kind": "number", "birth_kind": "born"}
        for name, errors in form.errors.items():
            faults.extend(Fault(row.line, column(shown.get(name, name)), str(error)) for error in errors)
        return None
    identity = form.child()
    return Child(
        identity=identity,
        district=None if identity.protected else district,
        other_municipality=form.other_municipality,
    )


def _typed(row: Row, today: dt.date) -> dict[str, str]:
    """Return the cells as a registrar would have typed them."""
    cells = row.cells
    born, number = cells.get("born", ""), cells.get("number", "")
    about = ABOUT.sub("", born)
    read = typed.any_number(number, today=today) if number else None
    kind = typed.kind_of(read) if read else "personal"
    place = cells.get("whereabouts", "").casefold()
    protection = {str(label).casefold(): code for code, label in forms.PROTECTED if code}
    shield = cells.get("protected", "")
    return {
        "given": cells.get("given", ""),
        "family": cells.get("family", ""),
        "spellings": cells.get("spellings", "").replace("|", "\n"),
        "birth_kind": "unknown" if not born else ("approximate" if about != born or len(born) < 8 else "exact"),
        "birth_date": about,
        "number_kind": kind if number else "none",
        "number": number,
        "number_reason": "" if number else "not_known",
        "whereabouts": PLACES.get(place, place) or "unknown",
        "guardians": cells.get("guardians", "").replace("|", "\n"),
        "protected": protection.get(shield.casefold(), "" if shield.casefold() in NO else shield),
        "elsewhere": cells.get("elsewhere", ""),
    }
