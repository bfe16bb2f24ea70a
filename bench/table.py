"""What was measured, as a table for the terminal that is Markdown for docs/bench.md too."""

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import Measured

GOAL, MOST_MEGABYTES = 0.10, 250
HEAD = ("measure", "a second", "p50 ms", "p95 ms", "queries", "floor a second", "floor p50", "floor p95", "ratio")


@dataclass
class Line:
    """One measure's result."""

    name: str
    queries: int
    hemvag: Measured = field(default_factory=Measured)
    floor: Measured = field(default_factory=Measured)

    @property
    def ratio(self) -> float:
        """Hemväg's answers a second as a part of the floor's."""
        return self.hemvag.per_second / self.floor.per_second if self.floor.per_second else 0.0

    @property
    def is_right(self) -> bool:
        """Whether every answer was the one wanted, and there were any."""
        return bool(self.hemvag.times and self.floor.times) and not (self.hemvag.wrong or self.floor.wrong)

    def cells(self) -> list[str]:
        """Return the cells of the table."""
        numbers = [
            f"{part:.1f}"
            for measured in (self.hemvag, self.floor)
            for part in (measured.per_second, measured.percentile(50), measured.percentile(95))
        ]
        return [self.name, *numbers[:3], str(self.queries), *numbers[3:], f"{self.ratio:.2f}"]


def markdown(lines: list[Line]) -> str:
    """Return the table, with columns of even width."""
    rows = [list(HEAD), *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    rows.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join(
        "| "
        + " | ".join(
            _padded(cell, width, first=not at) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    )


def machine(postgres: str) -> str:
    """Return what the figures were measured on."""
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, {_memory()} GB; Python {platform.python_version()}, PostgreSQL {postgres}"


def busy() -> str:
    """Return how much else the machine did, as it was when the measure began."""
    return f"{os.getloadavg()[0]:.1f}"


def _padded(cell: str, width: int, *, first: bool) -> str:
    return cell.ljust(width) if first else cell.rjust(width)


def _processor() -> str:
    found = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return found[0].split(":", 1)[1].strip() if found else platform.machine()


def _memory() -> int:
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    return round(kilobytes / 1024 / 1024)
