"""What is wrong with a file of rows that somebody sends in: told by its line and column."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: the line (1 is the first), the column as the file names it, and what to do in a sentence."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.column}: {self.message}" if self.column else f"{self.line}: {self.message}"
