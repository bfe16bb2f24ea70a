"""Text that people typed or pasted, made safe to keep and to show, with every letter and emoji left as it was."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_CLOSES = frozenset(_OPENS.values())
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class NotText(ValueError):
    """A sign that is no part of any text: a NUL byte or half of a character. `place` counts from 0."""

    def __init__(self, place: int) -> None:
        super().__init__(f"not text at place {place}")
        self.place = place


def clean(typed: str) -> str:
    """The same text as it is kept: one form of each letter (NFC), line breaks as one sign, no control characters.

    Names written from right to left and emoji stay as they are. Signs that turn the direction of writing are
    closed on the line where they were opened, so that they turn nothing after it. Raises `NotText` for a NUL byte
    or a lone half of a character, which no honest keyboard makes.
    """
    for place, sign in enumerate(typed):
        if sign == "\0" or "\ud800" <= sign <= "\udfff":
            raise NotText(place)
    lines = _CONTROL.sub("", _LINE_BREAK.sub("\n", typed)).split("\n")
    return unicodedata.normalize("NFC", "\n".join(map(_closed, lines)))


def isolated(shown: str) -> str:
    """The text fenced (U+2068, U+2069) so that its direction of writing moves nothing around it in a sentence."""
    return f"{_FIRST_STRONG_ISOLATE}{shown}{_POP_ISOLATE}"


def too_long(typed: str, limit: int) -> int:
    """How many signs the text has above `limit`; 0 when it fits. A line break counts as one sign."""
    return max(0, len(_LINE_BREAK.sub("\n", typed)) - limit)


def _closed(line: str) -> str:
    if not any(sign in _OPENS or sign in _CLOSES for sign in line):
        return line
    kept: list[str] = []
    waiting: list[str] = []
    for sign in line:
        if sign in _CLOSES:
            if sign not in waiting:
                continue
            while (closing := waiting.pop()) != sign:
                kept.append(closing)
        elif sign in _OPENS:
            waiting.append(_OPENS[sign])
        kept.append(sign)
    return "".join([*kept, *reversed(waiting)])
