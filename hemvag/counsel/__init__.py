"""The law in pages: may I tell, every rule of a day, and the lawyer's positions on what is not known."""
