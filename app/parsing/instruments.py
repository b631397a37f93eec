"""What was agreed: the form of an instrument, its printed title, its subject and its pledges."""

from dataclasses import dataclass
from typing import Final

from app.domain.vocabulary import AgreementKind, Pledge
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Sentence, Span
from app.parsing.topics import find_topics

_FORMS: Final = tuple(
    (form, compile_pattern(rf"\b(?:{words})\b", ignore_case=True))
    for form, words in (
        (AgreementKind.MEMORANDUM, r"memorand(?:um|a|ums)|MoUs?"),
        (AgreementKind.TREATY, r"treaty|treaties|convention"),
        (AgreementKind.PACT, r"pacts?"),
        (AgreementKind.PROTOCOL, r"protocols?"),
        (AgreementKind.JOINT_DECLARATION, r"declarations?|joint statement|communiqu[ée]"),
        (AgreementKind.EXCHANGE_OF_LETTERS, r"exchange of letters|letters? of intent"),
        (AgreementKind.CONTRACT, r"contracts?"),
        (AgreementKind.OTHER, r"agreements?|accords?|deals?"),
    )
)
_TITLE: Final = compile_pattern(
    r"\b((?:[A-Z][\w\-’]+ (?:(?:of|and|on|for|in|the) )*){1,8}"
    r"(?:Agreement|Pact|Treaty|Accord|Protocol|Declaration|Convention|Memorandum of Understanding)"
    r"(?: (?:on|of|for) (?:[A-Z][\w\-]+(?: (?:and|of|in) )? ?)+)?)"
)
_PLEDGES: Final = (
    (
        Pledge.MUTUAL_DEFENSE,
        compile_pattern(
            r"\bmutual[- ]defen[cs]e\b"
            r"|\b(?:aggression|attack)(?: \w+){0,3} (?:against|on) (?:one|either|any)\b[^.;]{0,80}"
            r"\b(?:against|on) (?:both|the other|all)",
            ignore_case=True,
        ),
    ),
    (Pledge.NON_AGGRESSION, compile_pattern(r"\bnon-?aggression\b", ignore_case=True)),
    (Pledge.CONSULTATION, compile_pattern(r"\bconsult each other\b|\bmutual consultation", ignore_case=True)),
)


@dataclass(unsafe_hash=True)
class Instrument:
    """An agreement as a sentence tells of it, each field with its words."""

    form: AgreementKind
    form_words: Span
    title: Span | None
    domain: tuple[str, Span] | None
    pledges: tuple[tuple[Pledge, Span], ...]


def find_instrument(text: str, sentence: Sentence, start: int, end: int) -> Instrument:
    """Return the instrument that the words from `start` to `end` name."""
    words = text[start:end]
    form, form_words = AgreementKind.OTHER, Span(start, end)
    for kind, pattern in _FORMS:
        if found := pattern.search(words):
            form, form_words = kind, Span(start + found.start(), start + found.end())
            break
    whole = text[sentence.start : sentence.end]
    title = _TITLE.search(whole)
    trigger = Sentence(start, end, sentence.section)
    topics = find_topics(text, [trigger], []) or find_topics(text, [sentence], [])
    pledges = tuple(
        (pledge, Span(sentence.start + found.start(), sentence.start + found.end()))
        for pledge, pattern in _PLEDGES
        if (found := pattern.search(whole))
    )
    return Instrument(
        form=form,
        form_words=form_words,
        title=Span(sentence.start + title.start(1), sentence.start + title.end(1)) if title else None,
        domain=next(iter(topics.items()), None),
        pledges=pledges,
    )
