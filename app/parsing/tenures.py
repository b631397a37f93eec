"""For whom somebody acts by the article's day: who heads an organization was a state's minister before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from app.parsing.knowledge import Label, fold, names_of, organization_ids
from app.parsing.patterns import read_lexicon
from app.parsing.tokens import Token

_NOT_YET_OVER: Final = "9999"


@dataclass(unsafe_hash=True)
class _Tenure:
    """An office that somebody holds for a party, from a year to another, both of them included."""

    party: str
    first_year: int
    last_year: int


@cache
def _tenures() -> dict[str, tuple[_Tenure, ...]]:
    """Return, by their folded names, the tenures of those who act for an organization at some time."""
    held: dict[str, list[_Tenure]] = defaultdict(list)
    for row in read_lexicon("office_holders"):
        tenure = _Tenure(row["party"], int(row["from"][:4] or 0), int((row["to"] or _NOT_YET_OVER)[:4]))
        for name in names_of(row):
            held[fold(name)].append(tenure)
    organizations = organization_ids()
    return {
        name: tuple(tenures)
        for name, tenures in held.items()
        if any(tenure.party in organizations for tenure in tenures)
    }


def settle_tenures(
    text: str, sentences: Sequence[list[Token]], labels: Sequence[str], day: date
) -> list[list[Token]]:
    """Let known people act for the party whose office they held on a day; without any they are mere names."""
    return [
        [_on(text, token, day) if token.label is Label.PERSON else token for token in tokens]
        if Label.PERSON in joined
        else tokens
        for tokens, joined in zip(sentences, labels, strict=True)
    ]


def _on(text: str, token: Token, day: date) -> Token:
    tenures = _tenures().get(fold(text[token.start : token.end]))
    if tenures is None:
        return token
    held = tuple(one.party for one in tenures if one.first_year <= day.year <= one.last_year)
    return replace(token, parties=held) if held else Token(token.start, token.end, Label.NAME)
