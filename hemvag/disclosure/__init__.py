"""Small numbers: what may be shown of a count, so that nobody is recognised in it. Pure; knows no database."""
