"""Long lists of this room in pages, the newest first: each page begins where the last one ended."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def page_of(found: QuerySet[Row], *, after: str, most: int) -> tuple[list[Row], str]:
    """Return at most `most` rows by `at`, the newest first, and where the next page begins; "" when none does.

    `after` is what the page before returned; the first page for anything else.
    """
    found = found.order_by("-at", "-id")
    last = found.model.objects.filter(id=after).first() if _is_key(after) else None  # type: ignore[attr-defined]
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(id__lt=last.id), at__lte=last.at)
    rows = list(found[: most + 1])
    return rows[:most], str(rows[most - 1].pk) if len(rows) > most else ""


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
