"""Identities in dossiers, the numbers and names they are found by, and who may be known here already."""
