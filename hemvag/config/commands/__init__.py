"""One module a command; the command line lists this folder."""
