"""The support line (stödtelefon): contact, gate, call-back and return code."""
