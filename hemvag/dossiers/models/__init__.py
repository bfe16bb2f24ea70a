"""The sealed record's tables: the dossier and what lies in it, agreements and what they open, and who sees what."""

from hemvag.dossiers.models.agreement import Agreement, GivenBy, Grant, Withdrawal
from hemvag.dossiers.models.dossier import Assignment, Dossier, DossierQuerySet, JournalEntry, Sealed, WrappedKey
from hemvag.dossiers.models.glass import BrokenGlass, GlassOutcome, GlassReview
from hemvag.dossiers.models.seeing import (
    KINDS_THAT_IDENTIFY,
    Compartment,
    Recusal,
    RestsOn,
    Returned,
    Sight,
)

__all__ = [
    "KINDS_THAT_IDENTIFY",
    "Agreement",
    "Assignment",
    "BrokenGlass",
    "Compartment",
    "Dossier",
    "DossierQuerySet",
    "GivenBy",
    "GlassOutcome",
    "GlassReview",
    "Grant",
    "JournalEntry",
    "Recusal",
    "RestsOn",
    "Returned",
    "Sealed",
    "Sight",
    "Withdrawal",
    "WrappedKey",
]
