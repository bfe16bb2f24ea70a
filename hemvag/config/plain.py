"""Errors whose message is all that whoever runs a command needs to read."""


class Told(RuntimeError):
    """Something outside the program is not as it must be. The message, shown alone, says what, and what to do."""
