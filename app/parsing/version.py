"""The version of the parser, for those who do not load it."""

PARSER_VERSION = "19"
"""Raised with every change that lets an article give other records."""
