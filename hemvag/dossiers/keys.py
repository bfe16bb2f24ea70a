"""The installation's keyring, under the name by which the rooms of names ask for it."""

from hemvag.vault.installed import keyring

__all__ = ["keyring"]
