"""Ask the views, through the connection whose role can read nothing else."""

from typing import Any, Final, LiteralString

from django.db import connections

NUMBERS: Final = "numbers"


def rows(
    query: LiteralString, params: dict[str, Any] | None = None, *, connection: str = NUMBERS
) -> list[tuple[Any, ...]]:
    """Return what a view answers."""
    with connections[connection].cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())
