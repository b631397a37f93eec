"""Bilateral: who met whom, when, where and about what, read from articles and served over a REST API."""
