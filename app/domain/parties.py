"""Parties and pairs of parties."""

from itertools import combinations

from app.domain.vocabulary import PartyRole


def dyad_id(a: str, b: str) -> str:
    """Return the id of an unordered pair: both codes in alphabetical order, `IRQ-PAK`."""
    first, second = sorted((a, b))
    return f"{first}-{second}"


def dyads_of(parties: list[tuple[str, PartyRole]]) -> list[str]:
    """Return the dyads of an event's (party, role) rows; convening alone makes no dyad."""
    acting = sorted({party for party, role in parties if role is not PartyRole.CONVENOR})
    return [dyad_id(a, b) for a, b in combinations(acting, 2)]
