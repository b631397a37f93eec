"""Whole lists as files: one file a format, each a stream of bytes made from a stream of rows."""
