"""The form of the line's content files: their tables and fields, and what must agree between them."""

from collections.abc import Iterable, Mapping
from datetime import date

from hemvag.lib.rows import (
    Complaint,
    Field,
    Row,
    code,
    day,
    flag,
    guess,
    many,
    one_of,
    pair,
    text,
    whole,
)

Tables = Mapping[str, Mapping[str, Field]]
Faults = Iterable[tuple[str, Complaint]]
Read = Mapping[str, list[Row]]

AUDIENCES = ("relative_or_public", "mandated_reporter")
ACTS = ("return_code", "gate", "resources")
FIELDS = (
    "channel", "caller", "language", "interpreter", "about", "age", "stage", "acute", "advice", "outcome", "theme",
)  # fmt: skip
"""The coded fields a contact has. Their choices may be changed, they themselves not."""
PHRASES = (
    "code_question", "code_reading", "code_lost", "gate_continue", "gate_receive", "never_hang_up",
)  # fmt: skip
HELPLINE_CATEGORIES = (
    "none", "missing_children", "mental_health", "violence", "family_relationships", "peer_relationships",
    "education_and_occupation", "accessibility", "non_counselling",
)  # fmt: skip

_CODE, _TEXT, _PAIR, _DAY = Field(code), Field(text), Field(pair), Field(day)
_MINUTE = Field(whole(0, 240), required=False)
_AGE = Field(whole(0, 120), required=False)

FILES: Mapping[str, Tables] = {
    "phases.toml": {
        "phases": {
            "code": _CODE, "name": _PAIR, "do": _PAIR, "screen": _PAIR, "from_minute": _MINUTE, "to_minute": _MINUTE,
        },
    },
    "keys.toml": {
        "keys": {
            "letter": Field(one_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
            "name": _PAIR,
            "field": Field(code, required=False),
            "act": Field(one_of(ACTS), required=False),
        },
    },
    "fields.toml": {
        "unknown": {"name": _PAIR},
        "fields": {"code": Field(one_of(FIELDS)), "name": _PAIR, "most": Field(whole(1, 9))},
        "choices": {
            "field": Field(one_of(FIELDS)),
            "code": _CODE,
            "name": _PAIR,
            "from_age": _AGE,
            "to_age": _AGE,
            "helpline_category": Field(one_of(HELPLINE_CATEGORIES), required=False),
            "reported_by": Field(one_of(("self", "about_child")), required=False),
            "offered": Field(flag, required=False),
            "iso": Field(many(text), required=False),
        },
    },
    "cards.toml": {
        "cards": {"code": _CODE, "name": _PAIR, "callers": Field(many(code, empty=True)), "lines": Field(many(pair))},
    },
    "acute.toml": {
        "branches": {
            "code": _CODE, "name": _PAIR, "steps": Field(many(pair)), "numbers": Field(many(code, empty=True)),
        },
        "numbers": {
            "code": _CODE,
            "number": _TEXT,
            "name": _PAIR,
            "always_open": Field(flag),
            "checked": _DAY,
            "certainty": Field(one_of(("H", "M", "L", "design"))),
            "source": _TEXT,
        },
    },
    "gate.toml": {
        "gate": {
            "audience": Field(one_of(AUDIENCES)),
            "version": Field(whole(1, 999)),
            "text": _PAIR,
            "valid_from": _DAY,
            "valid_to": Field(day, required=False),
            "source": _TEXT,
        },
        "limits": {"code": _CODE, "text": _PAIR, "provision": Field(text, required=False)},
        "phrases": {"code": Field(one_of(PHRASES)), "text": _PAIR, "provision": Field(text, required=False)},
    },
    "digits.toml": {"digits": {"digit": Field(whole(0, 9)), "read": _PAIR, "heard": Field(many(text))}},
}  # fmt: skip


def faults_between(tables: Read) -> Faults:
    """What does not agree between rows that hold one by one: the file's name, and the complaint."""
    yield from _doubles(tables)
    yield from _lacking(tables)
    yield from _wrong_references(tables)
    yield from (("gate.toml", wrong) for wrong in _gate_faults(tables["gate"]))
    yield from (("digits.toml", wrong) for wrong in _digit_faults(tables["digits"]))


def _fault(row: Row, field: str, message: str) -> Complaint:
    return Complaint(row.line, row.table, field, message)


def _doubles(tables: Read) -> Faults:
    for name, described in FILES.items():
        for table, fields in described.items():
            keys = _identity(fields)
            seen: dict[tuple[str, ...], Row] = {}
            for row in tables[table] if keys else []:
                identity = tuple(str(row.values[key]) for key in keys)
                if identity in seen:
                    first = seen[identity].line
                    yield name, _fault(row, keys[-1], f"{' '.join(identity)!r} stands already on line {first}")
                seen.setdefault(identity, row)


def _identity(fields: Mapping[str, Field]) -> tuple[str, ...]:
    for keys in (("field", "code"), ("code",), ("letter",), ("digit",), ("audience", "version")):
        if all(key in fields for key in keys):
            return keys
    return ()


def _lacking(tables: Read) -> Faults:
    wanted = (
        ("fields.toml", "fields", "code", FIELDS),
        ("fields.toml", "choices", "field", FIELDS),
        ("gate.toml", "phrases", "code", PHRASES),
        ("gate.toml", "gate", "audience", AUDIENCES),
        ("digits.toml", "digits", "digit", range(10)),
    )
    for name, table, field, values in wanted:
        held = {row.values[field] for row in tables[table]}
        for value in values:
            if value not in held:
                yield name, Complaint(1, table, field, f"no row for {value}")


def _wrong_references(tables: Read) -> Faults:
    callers = {row.values["code"] for row in tables["choices"] if row.values["field"] == "caller"}
    numbers = {row.values["code"] for row in tables["numbers"]}
    branches = {row.values["code"] for row in tables["branches"]}
    for row in tables["cards"]:
        yield from (("cards.toml", wrong) for wrong in _strangers(row, "callers", callers))
    for row in tables["branches"]:
        yield from (("acute.toml", wrong) for wrong in _strangers(row, "numbers", numbers))
    for row in tables["choices"]:
        yield from (("fields.toml", wrong) for wrong in _choice_faults(row, branches))
    for row in tables["keys"]:
        yield from (("keys.toml", wrong) for wrong in _key_faults(row))


def _strangers(row: Row, field: str, known: set[str]) -> Iterable[Complaint]:
    for named in row.values[field]:
        if named not in known:
            yield _fault(row, field, f"there is no {named}{guess(named, known)}")


def _choice_faults(row: Row, branches: set[str]) -> Iterable[Complaint]:
    own = row.values["code"]
    if own == "unknown":
        yield _fault(row, "code", "every field has this choice already, from the table unknown")
    if row.values["field"] == "acute" and own not in {"no", *branches}:
        yield _fault(row, "code", f"acute.toml has no branch {own}{guess(own, branches)}")
    if row.values.get("from_age", 0) > row.values.get("to_age", 120):
        yield _fault(row, "to_age", "is lower than from_age")


def _key_faults(row: Row) -> Iterable[Complaint]:
    field = row.values.get("field")
    if (field is None) == ("act" not in row.values):
        yield _fault(row, "field", "write either field or act")
    elif field is not None and field not in FIELDS:
        yield _fault(row, "field", f"no such field {field}{guess(field, FIELDS)}")


def _gate_faults(rows: list[Row]) -> Iterable[Complaint]:
    for audience in AUDIENCES:
        until: date | None = date.min
        for row in sorted((row for row in rows if row.values["audience"] == audience), key=_begins):
            begins, ends = _begins(row), row.values.get("valid_to")
            if ends is not None and ends <= begins:
                yield _fault(row, "valid_to", "is not after valid_from")
            if until is None or begins < until:
                yield _fault(row, "valid_from", "begins before the text before it has ended")
            elif until not in {date.min, begins}:
                yield _fault(row, "valid_from", f"leaves days without a text from {until}")
            until = ends
        if until not in {None, date.min}:
            yield Complaint(1, "gate", "valid_to", f"no text for {audience} from {until}")


def _begins(row: Row) -> date:
    begins: date = row.values["valid_from"]
    return begins


def _digit_faults(rows: list[Row]) -> Iterable[Complaint]:
    seen: dict[str, int] = {}
    for row in rows:
        for word in row.values["heard"]:
            other = seen.setdefault(word.casefold(), row.values["digit"])
            if other != row.values["digit"]:
                yield _fault(row, "heard", f"{word!r} is understood as {other} already")
