"""Interleaved repeats: each round asks every service the same, so that only what they differ in remains."""

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.processes import cpu_seconds

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What one service is asked in a round, and whose processor time counts."""

    ask: Callable[[str], object]
    paths: Sequence[str]
    pids: tuple[int, ...]
    requests: int


@dataclass(slots=True)
class Cost:
    """Processor seconds a request in each round, and each request's seconds by round."""

    cpu: list[float] = field(default_factory=list)
    rounds: list[list[float]] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        """Return the seconds of all requests."""
        return [one for seconds in self.rounds for one in seconds]

    def p99_ms(self) -> float:
        """Return the 99th percentile of the requests' milliseconds."""
        return _p99(self.seconds) * 1000

    def median_ms(self) -> float:
        """Return the median of the requests' milliseconds."""
        return statistics.median(self.seconds) * 1000


def ask_once(asked: Mapping[str, Asked]) -> dict[str, float]:
    """Ask each service all of its paths once, so that what is measured next waits for no disk.

    Return the median milliseconds of these first requests.
    """
    return {
        name: statistics.median(_timed(one, path) for path in one.paths) * 1000 for name, one in asked.items()
    }


def interleave(asked: Mapping[str, Asked], rounds: int = ROUNDS, seed: int = 7) -> dict[str, Cost]:
    """Measure services in turn, some rounds long, after one that does not count."""
    costs = {name: Cost() for name in asked}
    for number in range(rounds + 1):
        for name, one in asked.items():
            draw = random.Random(f"{seed} {number}")
            before = cpu_seconds(*one.pids)
            seconds = [_timed(one, draw.choice(one.paths)) for _ in range(one.requests)]
            spent = cpu_seconds(*one.pids) - before
            if number:
                costs[name].cpu.append(spent / one.requests)
                costs[name].rounds.append(seconds)
    return costs


def ratio(costs: Mapping[str, Cost], more: str, less: str) -> float:
    """Return how many times the processor time of one the other takes: the median of the rounds' ratios."""
    pairs = zip(costs[more].cpu, costs[less].cpu, strict=True)
    return statistics.median(a / b for a, b in pairs)


def p99_ratio(costs: Mapping[str, Cost], more: str, less: str) -> float:
    """Return how many times the 99th percentile of one the other's is: the median of the rounds' ratios."""
    pairs = zip(costs[more].rounds, costs[less].rounds, strict=True)
    return statistics.median(_p99(a) / _p99(b) for a, b in pairs)


def _p99(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


def _timed(one: Asked, path: str) -> float:
    start = time.perf_counter()
    one.ask(path)
    return time.perf_counter() - start
