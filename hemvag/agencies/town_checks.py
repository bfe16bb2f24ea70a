"""What must agree between the rows of a town's file: references, days that meet, and nobody left without a unit."""

import datetime as dt
from collections.abc import Iterable, Mapping

from hemvag.agencies.town_form import MIDNIGHT, NEEDED_KINDS
from hemvag.lib.rows import Complaint, Row, guess

Tables = Mapping[str, list[Row]]
Span = tuple[dt.date, dt.date]

_REFERENCES = (
    ("units", "authority", "authorities"),
    ("catchments", "unit", "units"),
    ("catchments", "district", "districts"),
    ("gaps", "district", "districts"),
    ("support_lines", "unit", "units"),
    ("opening_hours", "unit", "units"),
)
"""A field of a table that names a row of another, within whose days the naming row must lie."""


def faults_between(tables: Tables) -> list[Complaint]:
    """Every disagreement between rows that hold one by one."""
    found: list[Complaint] = []
    for check in (_doubles, _days, _references, _formed_from, _own_terms, _overlaps):
        found += check(tables)
    if not found and tables["municipality"]:
        found += _left_out(tables)
    return found


def _fault(row: Row, field: str, message: str) -> Complaint:
    return Complaint(row.line, row.table, field, message)


def _span(row: Row) -> Span:
    return row.values["valid_from"], row.values.get("valid_to", dt.date.max)


def _by_code(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.values["code"]: row for row in rows}


def _doubles(tables: Tables) -> Iterable[Complaint]:
    for table in ("authorities", "units", "districts"):
        seen: dict[str, Row] = {}
        for row in tables[table]:
            first = seen.setdefault(row.values["code"], row)
            if first is not row:
                yield _fault(row, "code", f"{row.values['code']!r} stands already on line {first.line}")


def _days(tables: Tables) -> Iterable[Complaint]:
    for rows in tables.values():
        for row in rows:
            if "valid_to" in row.values and row.values["valid_to"] <= row.values["valid_from"]:
                yield _fault(row, "valid_to", "is not after valid_from; it is the first day the row no longer holds")


def _references(tables: Tables) -> Iterable[Complaint]:
    for table, field, target in _REFERENCES:
        known = _by_code(tables[target])
        for row in tables[table]:
            named = row.values[field]
            if named not in known:
                yield _fault(row, field, f"there is no {named} among {target}{guess(named, known)}")
                continue
            begins, ends = _span(known[named])
            if row.values["valid_from"] < begins:
                yield _fault(row, "valid_from", f"begins before {named} does, {begins}")
            if _span(row)[1] > ends:
                yield _fault(row, "valid_to", f"lasts longer than {named} does, to {ends}")


def _formed_from(tables: Tables) -> Iterable[Complaint]:
    known = _by_code(tables["districts"])
    for row in tables["districts"]:
        for named in row.values.get("formed_from", ()):
            if named not in known:
                yield _fault(row, "formed_from", f"there is no {named} among districts{guess(named, known)}")
            elif _span(known[named])[1] != row.values["valid_from"]:
                yield _fault(row, "formed_from", f"{named} does not end on the day this district begins")


def _own_terms(tables: Tables) -> Iterable[Complaint]:
    for row in tables["opening_hours"]:
        if row.values["closes"] != MIDNIGHT and row.values["closes"] <= row.values["opens"]:
            yield _fault(
                row, "closes", "is not after opens; end the day at 00:00:00 and go on in a row for the next day"
            )
    for row in tables["research_exceptions"]:
        if (row.values["keeps"] == "born_on") != ("born_on" in row.values):
            yield _fault(row, "born_on", 'belongs to keeps = "born_on", and only to that')


def _overlaps(tables: Tables) -> Iterable[Complaint]:
    kinds = {code: row.values["kind"] for code, row in _by_code(tables["units"]).items()}
    earlier: list[Row] = []
    for row in sorted(tables["catchments"], key=_span):
        for other in earlier:
            if _same_ground(row, other, kinds) and row.values["valid_from"] < _span(other)[1]:
                named = other.values["unit"]
                yield _fault(row, "district", f"{row.values['district']} belongs to {named} too, on line {other.line}")
        earlier.append(row)


def _same_ground(row: Row, other: Row, kinds: Mapping[str, str]) -> bool:
    mine, theirs = kinds.get(row.values["unit"]), kinds.get(other.values["unit"])
    return row.values["district"] == other.values["district"] and mine == theirs


def _left_out(tables: Tables) -> Iterable[Complaint]:
    start: dt.date = tables["municipality"][0].values["routing_from"]
    for kind in NEEDED_KINDS:
        spans = [_span(row) for row in tables["units"] if row.values["kind"] == kind]
        for begins, ends in _uncovered((start, dt.date.max), spans):
            yield Complaint(_first_line(tables, "units"), "units", "kind", f"no {kind} {_days_in_words(begins, ends)}")
    yield from _districts_left_out(tables, start)


def _districts_left_out(tables: Tables, start: dt.date) -> Iterable[Complaint]:
    children = {code for code, row in _by_code(tables["units"]).items() if row.values["kind"] == "children"}
    served = [row for row in tables["catchments"] if row.values["unit"] in children] + tables["gaps"]
    for row in tables["districts"]:
        begins, ends = _span(row)
        spans = [_span(serving) for serving in served if serving.values["district"] == row.values["code"]]
        for left, until in _uncovered((max(begins, start), ends), spans):
            days = _days_in_words(left, until)
            yield _fault(
                row, "code", f"no catchment of a children's unit {days}; add one, or a row in gaps that says why"
            )


def _first_line(tables: Tables, table: str) -> int:
    return min((row.line for row in tables[table]), default=1)


def _uncovered(whole: Span, spans: Iterable[Span]) -> Iterable[Span]:
    begins, ends = whole
    for first, last in sorted(spans):
        if begins >= ends:
            return
        if first > begins:
            yield begins, min(first, ends)
        begins = max(begins, last)
    if begins < ends:
        yield begins, ends


def _days_in_words(begins: dt.date, ends: dt.date) -> str:
    return f"from {begins}" if ends == dt.date.max else f"from {begins} to {ends}"
