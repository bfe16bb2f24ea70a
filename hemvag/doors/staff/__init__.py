"""The workers' door: which rooms' pages it opens, and Today."""
