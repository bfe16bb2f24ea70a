"""The database: the embedded server, its roles, what each role may, and what is told when something is wrong."""
