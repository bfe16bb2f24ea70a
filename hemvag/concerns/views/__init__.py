"""The pages of a child's case: each fetches through `dossiers`, and lets a verb do the rest."""
