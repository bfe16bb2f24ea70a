"""An agreement in plain words, in each language that agreement_texts.toml holds: read back, and printed."""

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from hemvag.dossiers.agreement import Words
from hemvag.law import codes
from hemvag.lib import clock, date_words

BINDING: Final = "sv"
DAY_LONG: Final = dt.timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an agreement says, whatever the language. `opens` is a unit here and the kinds it may read, or empty."""

    words: Words
    name: str
    unit: str
    first: dt.datetime
    until: dt.datetime
    opens: str = ""
    kinds: Sequence[str] = ()


@functools.cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return the texts by language, the binding one first."""
    read = tomllib.loads((resources.files("hemvag.support") / "agreement_texts.toml").read_text(encoding="utf-8"))
    return {BINDING: read[BINDING], **read}


def lines(said: Said, language: str) -> list[tuple[str, str]]:
    """Return the agreement as terms and what stands for them, in one language; what the person said stays as it is."""
    text = texts()[language]
    days = text["from_to"].format(first=day(said.first, language), last=day(said.until - DAY_LONG, language))
    known = codes.codes().authority
    receivers = ", ".join(known[code].said_in(language) for code in said.words.receivers if code in known)
    rows = [
        (text["what"], said.words.what),
        (text["to_whom"], f"{said.words.to_whom} ({receivers})" if receivers else said.words.to_whom),
        (text["opens"], f"{said.opens}: {', '.join(text[kind] for kind in said.kinds)}" if said.opens else ""),
        (text["purpose"], said.words.purpose),
        (days, ""),
        (text["how"], text[said.words.how]),
        (text["interpreter"], said.words.interpreter),
    ]
    return [(term, value) for term, value in rows if value or term == days]


def sentence(key: str, said: Said, language: str, **more: str) -> str:
    """Return one of the texts with what it says filled in."""
    return texts()[language][key].format(name=said.name, unit=said.unit, who=said.words.read_back_by, **more)


def day(when: dt.datetime, language: str) -> str:
    """Return a day with its year: an agreement is read in other years than its own."""
    local = clock.local(when)
    months = date_words.MONTHS.get(language, date_words.MONTHS["en"])
    return f"{local.day} {months[local.month - 1]} {local.year}"


def moment(when: dt.datetime, language: str) -> str:
    """Return a day with its year and the time of day."""
    return f"{day(when, language)} {clock.local(when):%H.%M}"
