"""Benchmarks: a seeded generator, the peers on the same data, and the goals; `make bench` runs them."""
