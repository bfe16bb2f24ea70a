"""The law as dated data: pure Python, no Django, no database."""
