"""One door an audience: each lists which rooms' pages it opens, and nothing else."""
