"""Numbers, never names: views of counts, read through the `numbers` connection."""
