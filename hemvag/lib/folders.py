"""A municipality's own folder of TOML files, each of which replaces the published one of the same name."""

from collections.abc import Collection, Mapping
from pathlib import Path

from hemvag.lib import rows, toml_lines
from hemvag.lib.rows import Complaint, Field, Row


def chosen(name: str, override: Path | None, published: Path) -> Path:
    """Return the file that counts: the folder's own where it has one, else the published one."""
    own = override / name if override else None
    return own if own and own.is_file() else published / name


def strangers(override: Path | None, known: Collection[str]) -> list[tuple[str, Complaint]]:
    """Return a complaint for a folder that is not there, and for each file in it that nobody would read."""
    if override is None:
        return []
    if not override.is_dir():
        return [(str(override), Complaint(1, "", "", "there is no such folder"))]
    return [
        (str(path), Complaint(1, "", "", f"no file that is read has this name{rows.guess(path.name, known)}"))
        for path in sorted(override.glob("*.toml"))
        if path.name not in known
    ]


def read(path: Path, described: Mapping[str, Mapping[str, Field]]) -> tuple[dict[str, list[Row]], list[Complaint]]:
    """Return the rows of each table of a file, and all that is wrong with it, by line."""
    try:
        document = toml_lines.read(path)
    except toml_lines.Unreadable as wrong:
        return {}, [Complaint(wrong.line, "", "", wrong.what)]
    complaints = rows.check_names(document, described)
    found: dict[str, list[Row]] = {}
    for table, fields in described.items():
        found[table], wrong_rows = rows.check_rows(document, table, fields, required=True)
        complaints += wrong_rows
    return found, sorted(complaints)
