"""Step 10: how sure we are, from named features; the reasons are kept.

The weights are fitted on annotated articles by `make calibrate`, so that of the records with a confidence of
0.9 about nine in ten are right there; docs/quality.md says how far that holds.
"""

import math
from functools import cache

from app.parsing.patterns import read_lexicon

BASE = "base"
"""The name under which the weights keep how sure we are of a record with no feature at all, as a logit."""


@cache
def read_weights() -> dict[str, float]:
    """Return what each feature adds to the logit of the confidence."""
    return {row["feature"]: float(row["weight"]) for row in read_lexicon("confidence")}


def score(features: set[str]) -> tuple[float, tuple[str, ...]]:
    """Return a confidence between 0 and 1, and the features that hold, the weightiest first."""
    weights = read_weights()
    told = sorted(features, key=lambda name: (-weights[name], name))
    logit = weights[BASE] + sum(weights[name] for name in told)
    return round(1 / (1 + math.exp(-logit)), 2), tuple(told)
