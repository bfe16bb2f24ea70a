"""How new posts may be divided, and how many a telephone line needs: arithmetic, and what it takes for granted.

Pure: no Django and no database. A number that is only known as a range goes in as its two ends, and every answer is
tried at each corner of the ranges, so an answer says no more than the ranges do.
"""

from hemvag.readiness.methods.corners import Span, corners
from hemvag.readiness.methods.erlang import Line, line
from hemvag.readiness.methods.need_share import Need, largest_remainder, need_shares, splits_by_need
from hemvag.readiness.methods.weighted_load import Carried, give_posts, load_of, ratio, splits_by_load

__all__ = [
    "Carried",
    "Line",
    "Need",
    "Span",
    "corners",
    "give_posts",
    "largest_remainder",
    "line",
    "load_of",
    "need_shares",
    "ratio",
    "splits_by_load",
    "splits_by_need",
]
