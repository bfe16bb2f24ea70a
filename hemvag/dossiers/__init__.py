"""The sealed record: one dossier, one key, one way in."""
