def mark(c, *, kind, municipality): pass
