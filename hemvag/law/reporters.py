"""Kinds of reporters, and which of them must report a child (anmälningsskyldiga) on a day."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hemvag.law import rules
from hemvag.law.rules import Words

_FILE = "reporters.toml"


class UnknownReporter(LookupError):
    """The law module knows no such kind of reporter."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reporter. `duty` names the table of reporting.toml, `number` the place in the statute's list.

    `authority` is the code by which `sharing` knows it, empty where it knows none.
    """

    code: str
    label: Words
    duty: str
    number: int | None
    authority: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What the law asks of a kind of reporter on a day."""

    mandated: bool
    provision: str
    text: Words
    note: Words | None
    confidence: str
    rule: str


def codes() -> tuple[str, ...]:
    """Every kind's code, in the order pages list them."""
    return tuple(_kinds())


def kind(code: str) -> Kind:
    """The kind of reporter with this code. Raises `UnknownReporter`."""
    try:
        return _kinds()[code]
    except KeyError:
        raise UnknownReporter(code) from None


@lru_cache(maxsize=4096)
def duty(code: str, on: dt.date) -> Duty:
    """What the law asked of this kind of reporter on the day. Raises `UnknownReporter` and `rules.NoRule`."""
    who = kind(code)
    rule = rules.in_force(duties()[who.duty], on)
    number = f", p. {who.number}" if who.number and rule.own.get("numbered") else ""
    return Duty(
        mandated=rule.own["duty"] == "mandated",
        provision=rule.provision + number,
        text=rule.text,
        note=rule.note,
        confidence=rule.confidence,
        rule=rule.id,
    )


def is_mandated(code: str, on: dt.date) -> bool:
    """Whether this kind of reporter had to report on the day."""
    return duty(code, on).mandated


@lru_cache(maxsize=16)
def duties(pack: str = rules.DEFAULT) -> rules.Tables:
    """Who must report and who may, by table. Raises `rules.BrokenRules`."""
    return rules.read("reporting.toml", pack, own={"duty": _duty_word, "numbered": rules.flag})


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Kind]:
    rows = tomllib.loads((rules.SWEDEN / _FILE).read_text(encoding="utf-8"))["reporter"]
    found: dict[str, Kind] = {}
    for row in rows:
        if wrong := rules.words(row.get("label")):
            raise rules.BrokenRules(_FILE, "reporter", "label", wrong)
        if row.get("duty") not in duties():
            raise rules.BrokenRules(_FILE, "reporter", "duty", "name a table of reporting.toml")
        if row["code"] in found:
            raise rules.BrokenRules(_FILE, "reporter", "code", f"{row['code']} is used twice")
        found[row["code"]] = Kind(
            row["code"], Words(**row["label"]), row["duty"], row.get("number"), row.get("authority", "")
        )
    return found


def _duty_word(value: object) -> str | None:
    return None if value in {"mandated", "private"} else 'write "mandated" or "private"'
