"""Hemväg, the way home: from a worried call to the right help."""
