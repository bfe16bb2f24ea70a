"""An exercise in a space of its own: database, key, pages, and how it is erased. Invented people only."""
