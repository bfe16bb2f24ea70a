"""The pages: tell, what was told, the unit's envelopes, incidents, the ledger."""
