"""Multiple systems estimation: how many are there whom no list holds, and how sure is that?

Counts go in, by which combination of lists people stand on; never a name. numpy and scipy are all it needs.
"""

from hemvag.estimate import one_thread as one_thread  # before numpy
from hemvag.estimate.answers import Estimate, Hidden, Influence, Interval, Judgement, Note, Report, Verdict
from hemvag.estimate.asking import estimate
from hemvag.estimate.lists import Lists, Units

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
