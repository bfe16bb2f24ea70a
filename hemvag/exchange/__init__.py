"""What leaves a dossier, on which ground, to whom, and what became of it: offers, envelopes and the ledger."""
