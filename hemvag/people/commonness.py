"""How many of a million children a combination of names fits: how far its tokens must be spread to tell nothing."""

import functools
import math
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from hemvag.people import spelling

CROWD: Final = 1_000_000
_TEN_THOUSAND: Final = 10_000


@dataclass(frozen=True)
class Common:
    """The shares of `common.toml`: of each group, and of each name's key within the groups."""

    groups: Sequence[float]
    of_key: Mapping[str, Sequence[float]]
    other: Sequence[float]


@functools.cache
def common() -> Common:
    """Return what is shipped, by key: all spellings that fall together count together."""
    read = tomllib.loads((resources.files("hemvag.people") / "common.toml").read_text(encoding="utf-8"))
    groups = [row["share"] / 100 for row in read["group"]]
    other = read["else"] / _TEN_THOUSAND
    of_key: dict[str, list[float]] = defaultdict(lambda: [other] * len(groups))
    for place, row in enumerate(read["group"]):
        for share, names in row["names"]:
            for key in _keys(names):
                of_key[key][place] += share / _TEN_THOUSAND
    return Common(groups, dict(of_key), [other] * len(groups))


@functools.lru_cache(maxsize=50_000)
def bearers(*keys: str) -> float:
    """Return how many of a million bear names with all of these keys; rather too many than too few."""
    known = common()
    shares = [known.of_key.get(key, known.other) for key in keys]
    parts = (share * math.prod(one[place] for one in shares) for place, share in enumerate(known.groups))
    return CROWD * sum(parts)


def _keys(names: str) -> list[str]:
    """Return the keys of names, each read by itself: two that stand beside each other are not one."""
    return [key for name in names.split() for word in spelling.words(name) for key in word.keys]
