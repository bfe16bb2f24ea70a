"""The form of a town's file: its tables and their fields."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from hemvag.lib.rows import Check, Field, clock, code, day, flag, many, one_of, text, whole

AUTHORITY_KINDS = ("social", "other", "city_office")
UNIT_KINDS = ("line", "reception", "children", "adults", "protected_desk", "on_call", "coordination")
NEEDED_KINDS = ("reception", "protected_desk", "on_call")
"""Every day since routing began needs a unit of each."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CERTAINTIES = ("H", "M", "L", "design")
UNKNOWN_NUMBER = "unknown"
MIDNIGHT = dt.time(0)
"""As a closing time: the end of the day."""

_PHONE = re.compile(r"(?:\+46[ -]?[1-9]|0[1-9])[0-9]{0,3}(?:[ -][0-9]{2,4}){1,4}|[0-9]{3,6}")


def _phone(value: Any) -> str | None:
    if value == UNKNOWN_NUMBER or (isinstance(value, str) and _PHONE.fullmatch(value)):
        return None
    return f'{value!r} is not a telephone number; write it as "040-34 05 50", or "{UNKNOWN_NUMBER}"'


def _number(value: Any) -> str | None:
    fits = isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value)
    return None if fits else f'{value!r} is not a municipal code of four digits in quotation marks, such as "1280"'


_CODE, _TEXT = Field(code), Field(text)


def _dated(**fields: Check | Field) -> dict[str, Field]:
    described = {name: given if isinstance(given, Field) else Field(given) for name, given in fields.items()}
    return described | {
        "valid_from": Field(day),
        "valid_to": Field(day, required=False),
        "certainty": Field(one_of(CERTAINTIES)),
        "source": Field(text),
        "note": Field(text, required=False),
    }


TABLES: Mapping[str, Mapping[str, Field]] = {
    "municipality": {
        "code": _CODE,
        "name": _TEXT,
        "number": Field(_number),
        "county": _TEXT,
        "routing_from": Field(day),
    },
    "research_exceptions": _dated(
        keeps=one_of(("everyone", "born_on")), born_on=Field(many(whole(1, 31)), required=False)
    ),
    "authorities": _dated(code=code, name=text, kind=one_of(AUTHORITY_KINDS)),
    "units": _dated(code=code, name=text, authority=code, kind=one_of(UNIT_KINDS)),
    "districts": _dated(code=code, name=text, formed_from=Field(many(code), required=False)),
    "catchments": _dated(unit=code, district=code),
    "gaps": _dated(district=code) | {"note": Field(text)},
    "support_lines": _dated(unit=code, number=_phone),
    "opening_hours": _dated(unit=code, days=many(one_of(WEEKDAYS)), opens=clock, closes=clock, closed_on_holidays=flag),
}
REQUIRED = frozenset({"municipality", "research_exceptions", "authorities", "units", "districts", "catchments"})
