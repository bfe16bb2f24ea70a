"""The installation's key-encryption secret in tests: the run's own, and others beside it."""

from typing import Any

import pytest

from hemvag.vault import keyfile
from hemvag.vault.installed import held_now
from hemvag.vault.keyfile import Secrets


class Installation:
    """Changes the secret as an operator does, by writing another value where it is read."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings

    def put(self, held: Secrets) -> None:
        """Let these be the secrets from now on."""
        self._settings.HEMVAG_KEY = keyfile.written(held)

    def with_new(self) -> None:
        """Put a new secret beside those held."""
        self.put(keyfile.with_new(held_now()))

    def only(self, generation: int) -> None:
        """Take every other secret away, and every key that was kept."""
        self.put(Secrets(secrets={generation: held_now().secrets[generation]}))


@pytest.fixture
def secret(settings: Any) -> Installation:
    """The secret of this run, put back after the test."""
    return Installation(settings)
