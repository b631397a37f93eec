"""Rows, and the only writes."""
