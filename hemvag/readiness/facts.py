"""Why a verb of readiness would not do what it was asked."""

from typing import Any


class NotYours(PermissionError):
    """The worker does not keep this entry, or not this unit's checklist."""


class Changed(Exception):
    """A colleague saved meanwhile; nothing was overwritten. `kept` is what stands now."""

    def __init__(self, kept: Any) -> None:
        super().__init__()
        self.kept = kept


class Wrong(ValueError):
    """A fact that cannot be so. `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AlreadyClosed(Exception):
    """A colleague closed the gap meanwhile."""
