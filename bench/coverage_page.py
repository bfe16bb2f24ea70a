"""Write the tables of docs/estimate/coverage.md from what the towns taught."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from bench.towns import PERSONS, SCENARIOS

BEGIN, END = "<!-- tables: bench.coverage -->", "<!-- end of tables -->"
Row = Mapping[str, Any]


def write(page: Path, rows: Sequence[Row]) -> None:
    """Put the tables between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{tables(rows)}\n\n{END}{after}", encoding="utf-8")


def tables(rows: Sequence[Row]) -> str:
    """Return both tables: by method, and of the range and the verdict."""
    cheap = [row for row in rows if not row["costly"]]
    names = sorted({name for row in rows for name in row["methods"]})
    names += sorted({name for row in cheap for name in row["given"]})
    kinds = [(scenario, k) for scenario in SCENARIOS for k in (3, 4)]
    towns = {sum(1 for row in _of(cheap, *kind)) for kind in kinds}
    lines = [f"Towns of each kind: {min(towns)} to {max(towns)}, {len(cheap)} in all.", ""]
    lines += ["| limits | " + " | ".join(f"{scenario} {k}" for scenario, k in kinds) + " | all |"]
    lines += ["|---|" + "--:|" * (len(kinds) + 1)]
    for name in names:
        cells = [_covered(_limits(_of(rows, *kind), name)) for kind in kinds]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {_covered(_limits(rows, name))} |")
    lines += ["", "| said | " + " | ".join(f"{scenario} {k}" for scenario, k in kinds) + " | all |"]
    lines += ["|---|" + "--:|" * (len(kinds) + 1)]
    for verdict in ("usable", "only a range over methods", "no estimate should be given"):
        cells = [_share(_of(cheap, *kind), verdict) for kind in [*kinds, (None, None)]]
        lines.append(f"| *{verdict}*, share | " + " | ".join(cells) + " |")
    for verdict in ("usable", "only a range over methods"):
        cells = [_covered(_ranges(_of(cheap, *kind), verdict)) for kind in [*kinds, (None, None)]]
        lines.append(f"| the range holds the truth, *{verdict}* | " + " | ".join(cells) + " |")
    widths = [_width(_of(cheap, *kind)) for kind in [*kinds, (None, None)]]
    lines.append("| middle range, *usable* | " + " | ".join(widths) + " |")
    return "\n".join(lines)


def _of(rows: Sequence[Row], scenario: str | None, k: int | None) -> list[Row]:
    return [row for row in rows if scenario is None or (row["scenario"], row["k"]) == (scenario, k)]


def _limits(rows: Iterable[Row], name: str) -> list[tuple[float, float | None]]:
    """Return the limits of a method where it gave any; none above counts as a limit that holds."""
    found = [{**row["methods"], **row.get("given", {})}.get(name) for row in rows]
    return [(one[1] or 0.0, one[2]) for one in found if one is not None and one[0] is not None]


def _ranges(rows: Iterable[Row], verdict: str) -> list[tuple[float, float | None]]:
    return [(row["range"][0], row["range"][1]) for row in rows if row["verdict"] == verdict and row["range"]]


def _covered(limits: list[tuple[float, float | None]]) -> str:
    """Return the share that holds the truth, with its Monte Carlo standard error."""
    if not limits:
        return "-"
    share = sum(low <= PERSONS and (high is None or high >= PERSONS) for low, high in limits) / len(limits)
    return f"{share:.2f} ± {sqrt(share * (1 - share) / len(limits)):.2f}"


def _share(rows: list[Row], verdict: str) -> str:
    return f"{sum(row['verdict'] == verdict for row in rows) / len(rows):.2f}" if rows else "-"


def _width(rows: list[Row]) -> str:
    ranges = sorted(_ranges(rows, "usable"), key=lambda ends: (ends[1] or 0) - ends[0])
    return f"{ranges[len(ranges) // 2][0]:.0f} to {ranges[len(ranges) // 2][1]:.0f}" if ranges else "-"
