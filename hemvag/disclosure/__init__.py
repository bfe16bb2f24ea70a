"""Small numbers: the one rule for any number shown outside social services. Pure; neither Django nor a database.

**From 1 to 4 is held back** ("färre än 5"), and nothing that is shown beside it gives it away: `protect` takes a table
with its totals and holds back as much more as is needed, until whoever adds and subtracts what is shown is left with
a range at least as wide as "1 to 4" itself for every number held back. That is tried by an attacker, `attack.py`.

**A true nought is said.** It is its own value, `NOUGHT`, never a 0 among numbers: "no such report" is worth knowing,
and it names nobody, since there is nobody to name. Noughts shown beside held numbers do say something: that the held
ones are not nought. So a held number is said to begin at 1, the attacker reckons with that, and a total is not said
to be under 5 where its parts, each at least 1, would then be pinned. What is left is that a table may tell of a whole
group: if seven children were reported and no investigation was opened, none of the seven's was. That is what a true
nought means, and the price of saying it.

**Not known is its own value**, `UNKNOWN`, never a blank and never a nought.

What this rule does not see: two tables that count the same persons and are protected apart (give them to `protect` as
one, with what they have in common), and the same table on two days. Tables over time are therefore told when their
month has ended, and a sum over months is added to what was told, never the other way round (`after`).
"""

from hemvag.disclosure.protecting import DoesNotAddUp, Sum, protect, withheld
from hemvag.disclosure.values import (
    FEWEST,
    NOUGHT,
    UNKNOWN,
    Exact,
    Held,
    Nought,
    Unknown,
    Value,
    add,
    alone,
    exact,
    span,
)
from hemvag.disclosure.witness import TooEntangled

__all__ = [
    "FEWEST",
    "NOUGHT",
    "UNKNOWN",
    "DoesNotAddUp",
    "Exact",
    "Held",
    "Nought",
    "Sum",
    "TooEntangled",
    "Unknown",
    "Value",
    "add",
    "alone",
    "exact",
    "protect",
    "span",
    "withheld",
]
