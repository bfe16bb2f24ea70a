"""The pages of an adult's case: each fetches through `dossiers`, and lets a verb do the rest."""
