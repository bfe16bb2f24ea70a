"""The coordinator's picture: how many there are, what is unknown, guessed and worked out. Never a name."""
