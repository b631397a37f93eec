"""Step 10: how sure we are, from named features; the reasons are kept.

The weights are fitted on annotated articles by `make calibrate`, so that of the records with a confidence of
0.9 about nine in ten are right there; docs/quality.md says how far that holds.
"""

import math
from functools import cache
from typing import Final

from app.parsing.candidates import Candidate
from app.parsing.patterns import read_lexicon
from app.parsing.sightings import Sighting

BASE: Final = "base"
"""The name under which the weights keep how sure we are of a record with no feature at all, as a logit."""


@cache
def read_weights() -> dict[str, float]:
    """Return what each feature adds to the logit of the confidence."""
    return {row["feature"]: float(row["weight"]) for row in read_lexicon("confidence")}


@cache
def _weightiest_first() -> tuple[tuple[str, float], ...]:
    return tuple(sorted(read_weights().items(), key=lambda item: (-item[1], item[0])))


def score(features: set[str]) -> tuple[float, tuple[str, ...]]:
    """Return a confidence between 0 and 1, and the features that hold, the weightiest first."""
    told = [item for item in _weightiest_first() if item[0] in features]
    logit = read_weights()[BASE] + sum([weight for _, weight in told])
    return round(1 / (1 + math.exp(-logit)), 2), tuple([name for name, _ in told])


def names_each(sighting: Sighting) -> bool:
    """Tell whether no party is one that other sentences, the outlet or the headline name."""
    return sighting.roles.keys() <= {actor.party for actor in sighting.candidate.analysis.actors}


def describe_sides(candidate: Candidate) -> dict[str, bool]:
    """Return which features hold of those who stand before and behind the words of an event."""
    subjects, objects = candidate.subjects, candidate.objects
    sentence = candidate.analysis.sentence
    return {
        "both parties stand beside the verb": bool(subjects and objects),
        "who acts stands in the sentence": any(
            sentence.start <= actor.start < sentence.end for actor in subjects
        ),
        "people stand on both sides of the verb": all(
            any(actor.person is not None for actor in side) for side in (subjects, objects)
        ),
    }
