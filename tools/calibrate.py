"""Fit the weights of the parser's confidence on corpora: `make calibrate CORPUS="folder folder"`.

A record is right if the corpus's scorer matches it with an event of the gold (same kind, parties and day) and
if it has the gold's status. The weights are those of a logistic regression, kept from going below zero, so
that a reason never lowers what it is a reason for. The error is measured on articles that the weights were
not fitted on; accounts of one event stay together.
"""

import argparse
import csv
import importlib.util
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.corpus import ReadArticle, as_gold, find_articles, parse_articles
from app.parsing.confidence import BASE, read_weights

_WEIGHTS_FILE = Path(__file__).parents[1] / "app" / "parsing" / "lexicons" / "confidence.csv"
_FOLDS = 5
_THRESHOLDS = (0.5, 0.6, 0.7, 0.8)
_BINS = 5
_STEPS = 2_000
_RATE = 0.5
_SHRINKING = 1.0
"""Strength of the pull of each weight to zero (ridge): few records of a corpus are wrong."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A record's features, whether it is right, and what must not be told apart from it."""

    features: frozenset[str]
    right: bool
    group: str


def main() -> None:
    """Print the fit and its error; write the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="folders with articles/, gold/ and score.py")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {_WEIGHTS_FILE.name}")
    asked = parser.parse_args()
    judged = [one for corpus in asked.corpora for one in judge_corpus(corpus)]
    weights = fit(judged)
    wrong = sum(not one.right for one in judged)
    print(f"{len(judged)} records, {wrong} wrong; weights:")
    for name, weight in weights.items():
        print(f"  {weight:5.2f}  {name}")
    show_error([(predict(weights, one), one.right) for one in judged], "fitted")
    show_error(predict_unseen(judged), "unseen")
    if asked.write:
        write_weights(weights)


def show_error(told: Sequence[tuple[float, bool]], how: str) -> None:
    """Print how far probabilities are from what is right, and what thresholds would leave out."""
    print(f"expected calibration error, {how}: {calibration_error(told):.3f}")
    for part in bins_of(told):
        said, right = (_mean(values) for values in zip(*part, strict=True))
        print(f"  {len(part):3} records, said {said:.2f}, right {right:.2f}")
    for threshold in _THRESHOLDS:
        low = [right for confidence, right in told if confidence < threshold]
        print(f"  under {threshold}: {len(low)} records, {low.count(False)} of them wrong")


def judge_corpus(corpus: Path) -> list[Judged]:
    """Return the records that the parser reads in a corpus, but for those that count nowhere."""
    scorer = _load_scorer(corpus / "score.py")
    judged = []
    for one in parse_articles(find_articles(corpus / "articles")):
        if isinstance(one, ReadArticle):
            gold = json.loads((corpus / "gold" / f"{one.id}.json").read_text(encoding="utf-8"))
            judged.extend(_judge(scorer, one, gold))
    return judged


def _judge(scorer: Any, one: ReadArticle, gold: dict[str, Any]) -> list[Judged]:
    told = json.loads(json.dumps([as_gold(record) for record in one.records], default=str))
    matched = {ours: gold["events"][theirs] for theirs, ours in scorer.match(gold["events"], told)}
    group = gold.get("group") or gold.get("related") or one.id
    return [
        Judged(
            frozenset(record.confidence_reasons),
            matched.get(index, {}).get("status") == told[index]["status"],
            group,
        )
        for index, record in enumerate(one.records)
        if not matched.get(index, {}).get("optional")
    ]


def _load_scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the weights, from a logistic regression by projected gradient descent."""
    weights = dict.fromkeys(read_weights(), 0.0)
    for _ in range(_STEPS):
        slopes = {name: 0.0 if name == BASE else _SHRINKING * weight for name, weight in weights.items()}
        for one in judged:
            error = predict(weights, one) - one.right
            for name in (BASE, *one.features):
                slopes[name] += error
        for name, slope in slopes.items():
            moved = weights[name] - _RATE * slope / len(judged)
            weights[name] = moved if name == BASE else max(0.0, moved)
    return {name: round(weight, 2) for name, weight in weights.items()}


def predict(weights: dict[str, float], one: Judged) -> float:
    """Return the probability that a record is right."""
    return 1 / (1 + math.exp(-weights[BASE] - sum(weights[name] for name in one.features)))


def predict_unseen(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Return each record's probability by weights fitted without its group, and whether it is right."""
    groups = sorted({one.group for one in judged})
    told = []
    for fold in range(_FOLDS):
        apart = set(groups[fold::_FOLDS])
        weights = fit([one for one in judged if one.group not in apart])
        told += [(predict(weights, one), one.right) for one in judged if one.group in apart]
    return told


def bins_of(told: Sequence[tuple[float, bool]]) -> list[Sequence[tuple[float, bool]]]:
    """Return the probabilities in bins of equal size, the lowest first."""
    ranked = sorted(told)
    return [ranked[len(ranked) * n // _BINS : len(ranked) * (n + 1) // _BINS] for n in range(_BINS)]


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Return the mean distance, over bins, of what was said from what was right."""
    off = 0.0
    for part in bins_of(told):
        said, right = (_mean(values) for values in zip(*part, strict=True))
        off += len(part) * abs(said - right)
    return off / len(told)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def write_weights(weights: dict[str, float]) -> None:
    """Write the file that the parser reads."""
    with _WEIGHTS_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows(weights.items())


if __name__ == "__main__":
    main()
