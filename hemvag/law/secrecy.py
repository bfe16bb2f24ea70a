"""Secrecy and data protection: the rules behind the answers, and what changed when."""

from functools import lru_cache

from hemvag.law import rules


@lru_cache(maxsize=16)
def tables(pack: str = rules.DEFAULT) -> rules.Tables:
    """The rules of secrecy (sekretess), by table. Raises `rules.BrokenRules`."""
    return rules.read("secrecy.toml", pack)


@lru_cache(maxsize=16)
def data_protection(pack: str = rules.DEFAULT) -> rules.Tables:
    """The rules of data protection (dataskydd), by table. Raises `rules.BrokenRules`."""
    return rules.read("data_protection.toml", pack)
