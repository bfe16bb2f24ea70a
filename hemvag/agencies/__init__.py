"""Authorities, units and districts in time, and which unit a child's district leads to."""
