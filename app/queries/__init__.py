"""The only reads: a filter in, rows out; no HTTP."""
