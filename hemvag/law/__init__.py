"""The law as dated data: pure Python, no Django, no database."""

from hemvag.law.listing import diff, rules_on

__all__ = ["diff", "rules_on"]
