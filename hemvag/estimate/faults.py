"""What can be wrong with what was asked, each with its facts; the text is a sentence."""


class NotCountable(ValueError):
    """The base of all: what was given cannot be counted with. The text says what and where."""


class BadCell(NotCountable):
    """A cell of a table holds what cannot stand there.

    `line` counts from 1 with the heading as line 1, `column` is the heading of the column.
    """

    def __init__(self, line: int, column: str, wrong: str) -> None:
        super().__init__(f"line {line}, column {column}: {wrong}")
        self.line, self.column, self.wrong = line, column, wrong


class NotZeroOrOne(BadCell):
    """A list's column holds something else than 0 or 1."""


class NotACount(BadCell):
    """A count is negative, fractional, or no number."""


class UnknownCounted(BadCell):
    """Persons are counted on the history with no list. They are what is to be estimated, and cannot be known."""


class GivenTwice(BadCell):
    """A history has two counts. `first` is the line that gave it first."""

    def __init__(self, line: int, column: str, history: str, first: int) -> None:
        super().__init__(line, column, f"the history {history} was already given on line {first}")
        self.history, self.first = history, first


class BadTable(NotCountable):
    """The table as a whole cannot be read: no heading, no column `count`, a row of the wrong length.

    `line` says where.
    """

    def __init__(self, line: int, wrong: str) -> None:
        super().__init__(f"line {line}: {wrong}")
        self.line, self.wrong = line, wrong


class OneList(NotCountable):
    """Fewer than two lists, so nothing overlaps and nothing can be estimated."""


class TooManyLists(NotCountable):
    """More lists than a method takes. `most` is how many it takes."""

    def __init__(self, given: int, most: int) -> None:
        super().__init__(f"{given} lists were given, and the most is {most}")
        self.given, self.most = given, most


class SameName(NotCountable):
    """Two lists have one name."""


class NobodyCounted(NotCountable):
    """The lists hold nobody at all."""


class UnknownMethod(NotCountable):
    """No method has that name."""
