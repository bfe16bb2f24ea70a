"""Multiple systems estimation: how many are there whom no list holds, and how sure is that?

Counts go in, by which combination of lists people stand on; never a name. numpy and scipy are all it needs.
"""

from typing import TYPE_CHECKING, Any

from hemvag.estimate import one_thread as one_thread  # before numpy
from hemvag.estimate.answers import Estimate, Hidden, Influence, Interval, Judgement, Note, Report, Verdict
from hemvag.estimate.lists import Lists, Units

if TYPE_CHECKING:
    from hemvag.estimate.asking import estimate

__all__ = [
    "Estimate",
    "Hidden",
    "Influence",
    "Interval",
    "Judgement",
    "Lists",
    "Note",
    "Report",
    "Units",
    "Verdict",
    "estimate",
]


def __getattr__(name: str) -> Any:
    """Load the methods, and scipy with them, when something is estimated: who only reads counts saves 80 MB."""
    if name == "estimate":
        from hemvag.estimate.asking import estimate

        return estimate
    raise AttributeError(name)
