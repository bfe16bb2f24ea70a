"""The tables of readiness, one file a part."""
