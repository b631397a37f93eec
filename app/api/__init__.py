"""HTTP in, JSON out; no SQL."""
