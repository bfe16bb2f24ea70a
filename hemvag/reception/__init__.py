"""A family comes home: one plan, tasks across units, each told only what its task needs."""
