"""Step 10: how sure we are, from named features with stated weights; the reasons are kept."""

import math

_BASE = -0.6
_WEIGHTS = {
    "told in the body of the article": 0.9,
    "told in more than one place": 0.7,
    "in the headline or the summary": 0.5,
    "a person is named for each of two parties": 0.9,
    "a person is named": 0.4,
    "the day is known": 0.7,
    "the month or year is known": 0.3,
    "the place is known": 0.4,
    "both parties stand beside the verb": 0.5,
}


def score(features: set[str]) -> tuple[float, tuple[str, ...]]:
    """Return a confidence between 0 and 1, and the features that raise it, the weightiest first."""
    told = sorted((name for name in _WEIGHTS if name in features), key=lambda name: -_WEIGHTS[name])
    logit = _BASE + sum(_WEIGHTS[name] for name in told)
    return round(1 / (1 + math.exp(-logit)), 2), tuple(told)
