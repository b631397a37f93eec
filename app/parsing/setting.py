"""What an article is about and where it was written, for the sentences that leave it open."""

from app.parsing.linking import Actor
from app.parsing.sentences import Dateline
from app.parsing.values import value


@value
class Setting:
    """What an article is about and where it was written: the two parties of its first lines, the dateline."""

    pair: tuple[Actor, ...] = ()
    dateline: Dateline | None = None
    countries: frozenset[str] | None = None
    """Those that it names, where the world meets apart; None if that is not known."""
