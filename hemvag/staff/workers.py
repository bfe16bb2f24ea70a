"""Change what is known of a worker."""

from hemvag.staff.models import Worker


def choose_shortcuts(worker: Worker, *, on: bool) -> None:
    """Remember whether single letters act as keys for this worker (WCAG 2.1.4)."""
    worker.shortcuts = on
    worker.save(update_fields=["shortcuts"])


def choose_language(worker: Worker, language: str) -> None:
    """Remember the language that the worker reads."""
    worker.language = language
    worker.save(update_fields=["language"])
