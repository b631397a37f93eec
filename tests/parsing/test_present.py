"""Whether a sentence says of people that they were present."""

import pytest

from app.parsing.present import lists_present


def _is_listed(words: str) -> bool:
    people = [
        (words.index(name), words.index(name) + len(name))
        for name in ("Ana Solis", "Jan Novak")
        if name in words
    ]
    return lists_present(words, people)


@pytest.mark.parametrize(
    "words",
    [
        "Secretary Ana Solis and Counsellor Jan Novak also attended the meeting.",
        "Secretary Ana Solis and Jan Novak, the envoy, were present.",
        "Also present at the meeting were Secretary Ana Solis and Jan Novak.",
        "The meeting was attended by Secretary Ana Solis and Jan Novak.",
        "He was joined by Secretary Ana Solis.",
        "Secretary Ana Solis joined the talks.",
    ],
)
def test_those_listed_were_present(words: str) -> None:
    assert _is_listed(words)


@pytest.mark.parametrize(
    "words",
    [
        "Secretary Ana Solis is at present in charge.",
        "Secretary Ana Solis joined the ministry in 2001.",
        "He attended the meeting and thanked Secretary Ana Solis.",
        "He thanked Secretary Ana Solis, whose aides were present.",
    ],
)
def test_those_at_work_elsewhere_were_not(words: str) -> None:
    assert not _is_listed(words)
