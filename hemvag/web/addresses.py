"""Addresses of pages about one thing, for lists that name hundreds of them."""

import functools
import uuid
from typing import Final

from django.urls import reverse

_ANY: Final = uuid.UUID(int=0)


def address(name: str, key: uuid.UUID) -> str:
    """Return what `reverse(name, args=[key])` would; the pattern is looked up once in a process, not once a row."""
    return _of_any(name).replace(str(_ANY), str(key))


@functools.cache
def _of_any(name: str) -> str:
    return reverse(name, args=[_ANY])
