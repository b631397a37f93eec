"""Jobs: many articles handed in at once, read by workers."""

from enum import StrEnum

BATCH = 100
"""Articles that a worker takes at once."""
MAX_AT_ONCE = 10
"""Most articles of a request that are read at once; more make a job."""
MAX_ATTEMPTS = 3
MAX_IDEMPOTENCY_KEY = 255


class ItemState(StrEnum):
    """What became of an article that was handed in."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


def job_state(total: int, waiting: int) -> JobState:
    """Return how far a job is, by how many of its articles wait."""
    if waiting == 0:
        return JobState.DONE
    return JobState.WAITING if waiting == total else JobState.RUNNING
