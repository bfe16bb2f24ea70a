"""The codes that a question about sharing is asked in, with their words in Swedish and English (codes.toml)."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hemvag.law import packs, reading
from hemvag.law.reading import BrokenRules, Words

_FILE = "codes.toml"
_FEW = 40
_KINDS = ("authority", "subject", "situation", "verdict", "record")
_CODED: Mapping[str, reading.Check] = {"code": reading.text, "label": reading.words}
_CHECKS: Mapping[str, Mapping[str, reading.Check]] = {
    "authority": _CODED,
    "subject": _CODED,
    "situation": _CODED,
    "verdict": {**_CODED, "meaning": reading.words},
    "record": {**_CODED, "always": reading.flag},
}


class UnknownCode(LookupError):
    """A question asked with a code that nobody knows. Says which codes there are, or those most like it of many."""

    def __init__(self, kind: str, code: str, known: tuple[str, ...]) -> None:
        near = known if len(known) <= _FEW else difflib.get_close_matches(code, known) or known[:_FEW]
        super().__init__(f"{code!r} is no {kind}; write {'one of ' if len(near) > 1 else ''}{', '.join(near)}")
        self.kind, self.code, self.known = kind, code, known


@dataclass(frozen=True, slots=True)
class Codes:
    """Every code of a pack. Each mapping is in the order pages list them."""

    authority: Mapping[str, Words]
    subject: Mapping[str, Words]
    situation: Mapping[str, Words]
    verdict: Mapping[str, Words]
    record: Mapping[str, Words]
    meaning: Mapping[str, Words]
    always: tuple[str, ...]
    groups: Mapping[str, Mapping[str, frozenset[str]]]

    def check(self, kind: str, code: str) -> None:
        """Raise `UnknownCode` when there is no such authority, subject, situation, verdict or record."""
        known: Mapping[str, Words] = getattr(self, kind)
        if code not in known:
            raise UnknownCode(kind, code, tuple(known))

    def members(self, kind: str, codes: list[str]) -> frozenset[str]:
        """The codes, each group among them replaced by its members."""
        groups = self.groups.get(kind, {})
        return frozenset().union(*(groups.get(code, frozenset({code})) for code in codes))


@lru_cache(maxsize=16)
def codes(pack: str = packs.DEFAULT) -> Codes:
    """Every code of a pack. Raises `packs.UnknownPack` and `BrokenRules`."""
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS}
    groups: dict[str, dict[str, frozenset[str]]] = {}
    for folder in packs.folders(pack):
        path = folder / _FILE
        for table, rows in reading.tables(path).items() if path.exists() else ():
            for row in rows:
                _take(table, row, found, groups)
    labels = {kind: {code: Words(**row["label"]) for code, row in rows.items()} for kind, rows in found.items()}
    return Codes(
        **labels,
        meaning={code: Words(**row["meaning"]) for code, row in found["verdict"].items()},
        always=tuple(code for code, row in found["record"].items() if row.get("always")),
        groups=groups,
    )


def _take(
    table: str,
    row: dict[str, Any],
    found: dict[str, dict[str, dict[str, Any]]],
    groups: dict[str, dict[str, frozenset[str]]],
) -> None:
    kind = table.removesuffix("_group")
    if kind not in found:
        raise BrokenRules(_FILE, table, "", f"write one of {', '.join(_KINDS)}, or authority_group, situation_group")
    if kind == table:
        reading.check_row(_FILE, table, row, _CHECKS[kind])
        found[kind][row["code"]] = row
        return
    reading.check_row(_FILE, table, row, {"code": reading.text, "members": reading.some_of(found[kind])})
    groups.setdefault(kind, {})[row["code"]] = frozenset(row["members"])
