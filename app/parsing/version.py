"""The version of the parser, for those who do not load it."""

from typing import Final

PARSER_VERSION: Final = "23"
"""Raised with every change that lets an article give other records."""
