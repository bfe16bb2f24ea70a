"""Abilities, deny by default."""
