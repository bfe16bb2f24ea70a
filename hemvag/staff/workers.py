"""Change what is known of a worker."""

from hemvag.staff.models import Worker


def choose_language(worker: Worker, language: str) -> None:
    """Remember the language that the worker reads."""
    worker.language = language
    worker.save(update_fields=["language"])
