"""What was talked about: cue words in the sentences that tell of the talks, outside direct speech first."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

from app.parsing.kinds import CAPTION
from app.parsing.patterns import compile_pattern, compile_set, read_lexicon
from app.parsing.spans import Sentence, Span

_TALK: Final = compile_pattern(
    r"\b(?:discuss\w*|matters|talks|exchanged? views|reaffirm\w*|emphasi[sz]\w*|focus\w*|agenda|reviewed)\b",
    ignore_case=True,
)
_QUOTED: Final = compile_pattern(r"“[^”]*”?|\"[^\"]*\"?")
_WHOLE_QUOTE: Final = 40
"""Shorter quotations are single words in scare quotes, which the article says itself."""


@cache
def _cues() -> tuple[tuple[str, Any], ...]:
    words: dict[str, list[str]] = {}
    for row in read_lexicon("topics"):
        words.setdefault(row["topic"], []).append(row["cue"].replace(" ", r"\s+"))
    return tuple((topic, compile_pattern(rf"(?i:\b(?:{'|'.join(cues)})\b)")) for topic, cues in words.items())


@cache
def _which_cues() -> Callable[[str], list[int]]:
    return compile_set([pattern.pattern for _, pattern in _cues()])


def find_topics(
    text: str, own: Sequence[Sentence], others: Sequence[Sentence], names: Sequence[Span] = ()
) -> dict[str, Span]:
    """Return topics with the words that show them, from an event's own sentences and those about talks.

    Words inside `names`, such as that of a university, say nothing of the talks.
    """
    about = [
        *own,
        *(
            sentence
            for sentence in others
            if sentence.section is not CAPTION and _TALK.search(text[sentence.start : sentence.end])
        ),
    ]
    for name in names:
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    return _in_sentences(text, about, quoted=False) or _in_sentences(text, about, quoted=True)


def _in_sentences(text: str, sentences: Iterable[Sentence], quoted: bool) -> dict[str, Span]:
    words = {one.start: text[one.start : one.end] for one in sentences}
    if not quoted:
        words = {start: _QUOTED.sub(_blank_speech, said) for start, said in words.items()}
    possible = [_cues()[index] for index in _which_cues()("\n".join(words.values()))]
    found: dict[str, Span] = {}
    for start, said in words.items():
        for topic, pattern in possible:
            if topic not in found and (cue := pattern.search(said)):
                found[topic] = Span(start + cue.start(), start + cue.end())
    return found


def _blank_speech(found: Any) -> str:
    speech = str(found.group(0))
    return " " * len(speech) if len(speech) > _WHOLE_QUOTE else speech
