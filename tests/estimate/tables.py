"""The published tables, and what others have computed on them."""

from pathlib import Path

from hemvag.estimate import Lists, reading

DATA = Path(__file__).parent / "data"


def table(name: str) -> Lists:
    """Return a published table."""
    return reading.file(DATA / f"{name}.csv")
