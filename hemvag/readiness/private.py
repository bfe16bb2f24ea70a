"""What in a text looks as if it were about a private person. It finds the plain cases; a reader finds the rest."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from hemvag.lib import person_numbers

NUMBER: Final = "number"
_DIGITS = re.compile(r"(?<!\d)(?:(?:18|19|20)?\d{6})[\s\u2010-\u2015-]{0,3}\+?\d{4}(?!\d)", re.ASCII)
_DASHED = re.compile(r"(?<!\d)(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)[-+]\d{4}(?!\d)", re.ASCII)
_SIGNS: Final = {
    "phone": re.compile(r"(?<![\d/=])(?:\+46|0046|0)[\s-]?(?:\(0\)\s?)?[1-9]\d?(?:[\s-]?\d){6,9}(?!\d)", re.ASCII),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "social": re.compile(
        r"(?i)\b(?:facebook|fb|instagram|tiktok|snapchat|twitter|threads|linkedin|vk|youtube)\.com/"
        r"|\b(?:t\.me|x\.com|fb\.me|discord\.gg|telegram\.me)/|(?<![\w/.@])@[a-z0-9_.]{3,}"
    ),
    "address": re.compile(
        r"(?i)\b[a-zåäöé]{2,}(?:gatan|vägen|gränd|stigen|allén|torget|backen|väg)\s+\d{1,3}\s?[a-h]?\b"
        r"|\b\d{3}\s\d{2}\s+[A-ZÅÄÖ]"
    ),
    "name": re.compile(
        r"\b[Ff]amiljen\s+[A-ZÅÄÖÉ][\wåäöé-]+"
        r"|\b[A-ZÅÄÖÉ][a-zåäöéèüáø-]+\s+[A-ZÅÄÖÉ][a-zåäöéèüáø-]+,?\s+\(?\d{1,2}(?:\)|\s*år\b|,)"
        r"|\b\d{1,2}-årig[ae]?n?\s+(?:\w+\s+)?[A-ZÅÄÖÉ][a-zåäöéèüáø-]+\s+[A-ZÅÄÖÉ]"
    ),
}
"""What each sign is found by. A name alone is none: ministers, judges and authorities have names."""


def signs(text: str, *, today: dt.date) -> Sequence[str]:
    """Return the codes of what was found: NUMBER first, then phone, email, social, address and name."""
    found = [NUMBER] if holds_number(text, today=today) else []
    return [*found, *(code for code, pattern in _SIGNS.items() if pattern.search(text))]


def holds_number(text: str, *, today: dt.date) -> bool:
    """Say whether a personal or coordination number stands in the text, right or mistyped."""
    return bool(_DASHED.search(text)) or any(_is_number(match, today) for match in _DIGITS.findall(text))


def _is_number(digits: str, today: dt.date) -> bool:
    try:
        person_numbers.parse(digits, today=today)
    except person_numbers.NotANumber:
        return False
    return True
