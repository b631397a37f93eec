"""What an article is about and where it was written, for the sentences that leave it open."""

from dataclasses import dataclass

from app.parsing.linking import Actor
from app.parsing.sentences import Dateline


@dataclass(unsafe_hash=True)
class Setting:
    """What an article is about and where it was written: the two parties of its first lines, the dateline."""

    pair: tuple[Actor, ...] = ()
    dateline: Dateline | None = None
    countries: frozenset[str] | None = None
    """Those that it names, where the world meets apart; None if that is not known."""
    home: str | None = None
    """The country whose outlet tells it, for `the country` where no dateline says which."""
