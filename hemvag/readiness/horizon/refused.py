"""Why a feed could not be fetched or read."""


class Refused(Exception):
    """Fetching or reading ended; `code` says why (`horizon.words` has the words), `number` the answer's own number."""

    def __init__(self, code: str, number: int | None = None) -> None:
        super().__init__(f"{code} {number or ''}".strip())
        self.code, self.number = code, number
